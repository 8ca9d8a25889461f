import { ponder } from "ponder:registry";
import config from "../../../ponder.config.ts";
import * as adapter from "../../protocols/uniswapV3.ts";
import { recordDecrease, recordNftCollect } from "../payNft.ts";
import { recordCollect } from "../recordCollect.ts";
import { recordBurn, recordMint } from "../recordLiquidity.ts";
import { recordIncrease } from "../recordNft.ts";
import { recordNftTransfer } from "../recordNftTransfer.ts";
import { recordInitialize, recordPoolCreated } from "../recordPool.ts";
import { recordCollectProtocol, recordFlash, recordProtocolFee } from "../recordPoolFees.ts";
import { recordSwap } from "../recordSwap.ts";
import { entryOf } from "./entry.ts";

const { enter, pass } = entryOf("UNISWAP_V3");

if ("UniswapV3Factory" in config.contracts) {
  ponder.on("UniswapV3Factory:PoolCreated", async (handler) =>
    recordPoolCreated(await enter(handler), adapter.poolTerms(handler.event)),
  );
}

if ("UniswapV3Pool" in config.contracts) {
  ponder.on("UniswapV3Pool:Initialize", async (handler) =>
    recordInitialize(await enter(handler), adapter.poolOf(handler.event), handler.event.args),
  );
  ponder.on("UniswapV3Pool:Swap", async (handler) =>
    recordSwap(await enter(handler), adapter.swap(handler.event)),
  );
  ponder.on("UniswapV3Pool:Mint", async (handler) =>
    recordMint(await enter(handler), adapter.mint(handler.event)),
  );
  ponder.on("UniswapV3Pool:Burn", async (handler) =>
    recordBurn(await enter(handler), adapter.burn(handler.event)),
  );
  ponder.on("UniswapV3Pool:Collect", async (handler) =>
    recordCollect(await enter(handler), adapter.collect(handler.event)),
  );
  ponder.on("UniswapV3Pool:Flash", async (handler) =>
    recordFlash(await enter(handler), adapter.poolOf(handler.event), adapter.flash(handler.event)),
  );
  ponder.on("UniswapV3Pool:SetFeeProtocol", async (handler) =>
    recordProtocolFee(
      await enter(handler),
      adapter.poolOf(handler.event),
      adapter.protocolFee(handler.event),
    ),
  );
  ponder.on("UniswapV3Pool:CollectProtocol", async (handler) =>
    recordCollectProtocol(
      await enter(handler),
      adapter.poolOf(handler.event),
      adapter.protocolCollect(handler.event),
    ),
  );
}

// Most of a manager's NFTs may belong to pools that are not indexed: their events write nothing, no block either.
if ("UniswapV3PositionManager" in config.contracts) {
  ponder.on("UniswapV3PositionManager:IncreaseLiquidity", async (handler) =>
    recordIncrease(pass(handler), adapter.nftChange(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:DecreaseLiquidity", async (handler) =>
    recordDecrease(pass(handler), adapter.nftChange(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:Collect", async (handler) =>
    recordNftCollect(pass(handler), adapter.nftCollect(handler.event)),
  );
  ponder.on("UniswapV3PositionManager:Transfer", async (handler) =>
    recordNftTransfer(pass(handler), adapter.nftTransfer(handler.event)),
  );
}
