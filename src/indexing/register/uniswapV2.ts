import { ponder } from "ponder:registry";
import config from "../../../ponder.config.ts";
import * as adapter from "../../protocols/uniswapV2.ts";
import { recordPairBurn } from "../recordPairBurn.ts";
import { recordPairMint } from "../recordPairMint.ts";
import { recordPairSwap } from "../recordPairSwap.ts";
import { recordPairSync } from "../recordPairSync.ts";
import { recordPairTransfer } from "../recordPairTransfer.ts";
import { recordPoolCreated } from "../recordPool.ts";
import { entryOf } from "./entry.ts";

const { enter } = entryOf("UNISWAP_V2");

if ("UniswapV2Factory" in config.contracts) {
  ponder.on("UniswapV2Factory:PairCreated", async (handler) =>
    recordPoolCreated(await enter(handler), adapter.pairTerms(handler.event)),
  );
}

if ("UniswapV2Pair" in config.contracts) {
  ponder.on("UniswapV2Pair:Transfer", async (handler) =>
    recordPairTransfer(await enter(handler), adapter.transfer(handler.event)),
  );
  ponder.on("UniswapV2Pair:Sync", async (handler) =>
    recordPairSync(await enter(handler), adapter.sync(handler.event)),
  );
  ponder.on("UniswapV2Pair:Mint", async (handler) =>
    recordPairMint(await enter(handler), adapter.change(handler.event)),
  );
  ponder.on("UniswapV2Pair:Burn", async (handler) =>
    recordPairBurn(await enter(handler), adapter.change(handler.event)),
  );
  ponder.on("UniswapV2Pair:Swap", async (handler) =>
    recordPairSwap(await enter(handler), adapter.swap(handler.event)),
  );
}
