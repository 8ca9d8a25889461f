import { ponder } from "ponder:registry";
import config from "../../../ponder.config.ts";
import * as adapter from "../../protocols/uniswapV4.ts";
import { recordDonation, recordInputFee, recordManagedPool } from "../recordManagedPool.ts";
import { recordModification } from "../recordModification.ts";
import { recordNftTransfer } from "../recordNftTransfer.ts";
import { recordSwap } from "../recordSwap.ts";
import { entryOf } from "./entry.ts";

const { enter, pass } = entryOf("UNISWAP_V4");

if ("UniswapV4PoolManager" in config.contracts) {
  ponder.on("UniswapV4PoolManager:Initialize", async (handler) =>
    recordManagedPool(await enter(handler), adapter.poolTerms(handler.event)),
  );
  ponder.on("UniswapV4PoolManager:ModifyLiquidity", async (handler) =>
    recordModification(await enter(handler), adapter.modification(handler.event)),
  );
  ponder.on("UniswapV4PoolManager:Swap", async (handler) =>
    recordSwap(await enter(handler), adapter.swap(handler.event)),
  );
  ponder.on("UniswapV4PoolManager:Donate", async (handler) =>
    recordDonation(await enter(handler), adapter.donation(handler.event)),
  );
  ponder.on("UniswapV4PoolManager:ProtocolFeeUpdated", async (handler) =>
    recordInputFee(await enter(handler), adapter.protocolFee(handler.event)),
  );
}

// NFTs of pools that are not indexed have no position: only their holder is kept.
if ("UniswapV4PositionManager" in config.contracts) {
  ponder.on("UniswapV4PositionManager:Transfer", async (handler) =>
    recordNftTransfer(pass(handler), adapter.nftTransfer(handler.event)),
  );
}
