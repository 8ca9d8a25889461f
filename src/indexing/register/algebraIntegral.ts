import { ponder } from "ponder:registry";
import config from "../../../ponder.config.ts";
import * as algebra from "../../protocols/algebraIntegral.ts";
import * as uniswap from "../../protocols/uniswapV3.ts";
import { recordDecrease, recordNftCollect } from "../payNft.ts";
import { forgetExcess, loadPluginPool, savePluginPool } from "../pluginPool.ts";
import { recordCollect } from "../recordCollect.ts";
import { recordBurn, recordMint } from "../recordLiquidity.ts";
import { recordIncrease } from "../recordNft.ts";
import { recordNftTransfer } from "../recordNftTransfer.ts";
import {
  recordCommunityFee,
  recordCommunityFlash,
  recordExcess,
  recordFee,
  recordPluginSwap,
  recordTickSpacing,
} from "../recordPluginPool.ts";
import { recordInitialize, recordPoolCreated } from "../recordPool.ts";
import { entryOf } from "./entry.ts";

const { enter, pass } = entryOf(algebra.protocol);

/** For what moves liquidity or tokens: whatever the call before found in the pool, no swap of this one's found it. */
async function enterAnew(
  handler: Parameters<typeof enter>[0] & { event: { log: { address: `0x${string}` } } },
) {
  const scope = await enter(handler);
  await forgetExcess(scope, uniswap.poolOf(handler.event));
  return scope;
}

// A custom pool has a Pool log besides its CustomPool.
if ("AlgebraFactory" in config.contracts) {
  ponder.on("AlgebraFactory:Pool", async (handler) =>
    recordPoolCreated(await enter(handler), algebra.poolTerms(handler.event)),
  );
}

if ("AlgebraPool" in config.contracts) {
  ponder.on("AlgebraPool:Initialize", async (handler) =>
    recordInitialize(await enter(handler), uniswap.poolOf(handler.event), algebra.firstPrice(handler.event)),
  );
  ponder.on("AlgebraPool:Fee", async (handler) =>
    recordFee(await enter(handler), uniswap.poolOf(handler.event), handler.event.args.fee),
  );
  ponder.on("AlgebraPool:TickSpacing", async (handler) =>
    recordTickSpacing(await enter(handler), uniswap.poolOf(handler.event), handler.event.args.newTickSpacing),
  );
  ponder.on("AlgebraPool:CommunityFee", async (handler) =>
    recordCommunityFee(
      await enter(handler),
      uniswap.poolOf(handler.event),
      handler.event.args.communityFeeNew,
    ),
  );
  ponder.on("AlgebraPool:ExcessTokens", async (handler) =>
    recordExcess(await enter(handler), uniswap.poolOf(handler.event), algebra.excessTokens(handler.event)),
  );
  // The logs before a Swap and a Burn, which they belong to.
  ponder.on("AlgebraPool:SwapFee", async (handler) => {
    const { overrideFee, pluginFee } = handler.event.args;
    await savePluginPool(pass(handler), uniswap.poolOf(handler.event), { overrideFee, pluginFee });
  });
  ponder.on("AlgebraPool:BurnFee", async (handler) => {
    const { pluginFee: burnFee } = handler.event.args;
    await savePluginPool(pass(handler), uniswap.poolOf(handler.event), { burnFee });
  });
  ponder.on("AlgebraPool:Swap", async (handler) =>
    recordPluginSwap(await enter(handler), algebra.swap(handler.event)),
  );
  ponder.on("AlgebraPool:Mint", async (handler) =>
    recordMint(await enterAnew(handler), algebra.mint(handler.event)),
  );
  ponder.on("AlgebraPool:Burn", async (handler) => {
    const scope = await enterAnew(handler);
    const { burnFee } = await loadPluginPool(scope, uniswap.poolOf(handler.event));
    await recordBurn(scope, algebra.burn(handler.event), burnFee);
  });
  ponder.on("AlgebraPool:Collect", async (handler) =>
    recordCollect(await enterAnew(handler), algebra.collect(handler.event)),
  );
  ponder.on("AlgebraPool:Flash", async (handler) =>
    recordCommunityFlash(
      await enterAnew(handler),
      uniswap.poolOf(handler.event),
      uniswap.flash(handler.event),
    ),
  );
}

if ("AlgebraPositionManager" in config.contracts) {
  ponder.on("AlgebraPositionManager:IncreaseLiquidity", async (handler) =>
    recordIncrease(pass(handler), algebra.nftIncrease(handler.event)),
  );
  ponder.on("AlgebraPositionManager:DecreaseLiquidity", async (handler) =>
    recordDecrease(pass(handler), uniswap.nftChange(handler.event)),
  );
  ponder.on("AlgebraPositionManager:Collect", async (handler) =>
    recordNftCollect(pass(handler), uniswap.nftCollect(handler.event)),
  );
  ponder.on("AlgebraPositionManager:Transfer", async (handler) =>
    recordNftTransfer(pass(handler), uniswap.nftTransfer(handler.event)),
  );
}
