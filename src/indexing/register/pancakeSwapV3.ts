import { ponder } from "ponder:registry";
import config from "../../../ponder.config.ts";
import * as pancake from "../../protocols/pancakeSwapV3.ts";
import * as uniswap from "../../protocols/uniswapV3.ts";
import { recordDecrease, recordNftCollect } from "../payNft.ts";
import { recordCollect } from "../recordCollect.ts";
import { recordBurn, recordMint } from "../recordLiquidity.ts";
import { recordIncrease } from "../recordNft.ts";
import { recordNftTransfer } from "../recordNftTransfer.ts";
import { recordInitialize, recordPoolCreated } from "../recordPool.ts";
import { recordCollectProtocol, recordFlash, recordProtocolFee } from "../recordPoolFees.ts";
import { recordSwap } from "../recordSwap.ts";
import { entryOf } from "./entry.ts";

const { enter, pass } = entryOf(pancake.protocol);

if ("PancakeV3Factory" in config.contracts) {
  ponder.on("PancakeV3Factory:PoolCreated", async (handler) =>
    recordPoolCreated(await enter(handler), uniswap.poolTerms(handler.event)),
  );
}

if ("PancakeV3Pool" in config.contracts) {
  ponder.on("PancakeV3Pool:Initialize", async (handler) =>
    recordInitialize(
      await enter(handler),
      uniswap.poolOf(handler.event),
      handler.event.args,
      pancake.initialFeeProtocol,
    ),
  );
  ponder.on("PancakeV3Pool:Swap", async (handler) =>
    recordSwap(await enter(handler), pancake.swap(handler.event)),
  );
  ponder.on("PancakeV3Pool:Mint", async (handler) =>
    recordMint(await enter(handler), uniswap.mint(handler.event)),
  );
  ponder.on("PancakeV3Pool:Burn", async (handler) =>
    recordBurn(await enter(handler), uniswap.burn(handler.event)),
  );
  ponder.on("PancakeV3Pool:Collect", async (handler) =>
    recordCollect(await enter(handler), uniswap.collect(handler.event)),
  );
  ponder.on("PancakeV3Pool:Flash", async (handler) =>
    recordFlash(
      await enter(handler),
      uniswap.poolOf(handler.event),
      uniswap.flash(handler.event),
      pancake.flashFeeProtocol,
    ),
  );
  ponder.on("PancakeV3Pool:SetFeeProtocol", async (handler) =>
    recordProtocolFee(
      await enter(handler),
      uniswap.poolOf(handler.event),
      uniswap.protocolFee(handler.event),
    ),
  );
  ponder.on("PancakeV3Pool:CollectProtocol", async (handler) =>
    recordCollectProtocol(
      await enter(handler),
      uniswap.poolOf(handler.event),
      uniswap.protocolCollect(handler.event),
    ),
  );
}

// Most of a manager's NFTs may belong to pools that are not indexed: their events write nothing, no block either.
if ("PancakeV3PositionManager" in config.contracts) {
  ponder.on("PancakeV3PositionManager:IncreaseLiquidity", async (handler) =>
    recordIncrease(pass(handler), uniswap.nftChange(handler.event)),
  );
  ponder.on("PancakeV3PositionManager:DecreaseLiquidity", async (handler) =>
    recordDecrease(pass(handler), uniswap.nftChange(handler.event)),
  );
  ponder.on("PancakeV3PositionManager:Collect", async (handler) =>
    recordNftCollect(pass(handler), uniswap.nftCollect(handler.event)),
  );
  ponder.on("PancakeV3PositionManager:Transfer", async (handler) =>
    recordNftTransfer(pass(handler), uniswap.nftTransfer(handler.event)),
  );
}
