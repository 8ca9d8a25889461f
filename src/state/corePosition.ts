import { type CoreFees, owePrincipal, settleCoreFees, type TokenAmounts } from "./feeLedger.ts";
import type { GrowthInside } from "./growthInside.ts";
import { NegativeLiquidityError } from "./tick.ts";

/** What the pool keeps for a position manager: all NFTs of a range together. Columns: ponder.schema.ts. */
export type CorePosition = CoreFees & { secondsInsideLast: number; lvrInsideLastX128: bigint };

export const emptyCorePosition: CorePosition = {
  liquidity: 0n,
  feeGrowthInside0LastX128: 0n,
  feeGrowthInside1LastX128: 0n,
  tokensOwed0: 0n,
  tokensOwed1: 0n,
  secondsInsideLast: 0,
  lvrInsideLastX128: 0n,
};

/**
 * A Mint (`liquidityDelta` > 0), a Burn or a poke (0). The manager reads growth for its NFTs from what is stored
 * here, and never anew: the burn may just have cleared the ticks.
 */
export function touchCorePosition(
  core: CorePosition,
  change: { liquidityDelta: bigint } & TokenAmounts,
  inside: GrowthInside,
): CorePosition {
  const liquidity = core.liquidity + change.liquidityDelta;
  if (liquidity < 0n) throw new NegativeLiquidityError(core.liquidity, change.liquidityDelta);
  const settled = {
    ...settleCoreFees(core, inside),
    liquidity,
    secondsInsideLast: inside.secondsInside,
    lvrInsideLastX128: inside.lvrInsideX128,
  };
  return change.liquidityDelta < 0n ? owePrincipal(settled, change) : settled;
}

/** Growth inside as the manager reads it for an NFT. */
export function insideOf(core: CorePosition): GrowthInside {
  return {
    feeGrowthInside0X128: core.feeGrowthInside0LastX128,
    feeGrowthInside1X128: core.feeGrowthInside1LastX128,
    secondsInside: core.secondsInsideLast,
    lvrInsideX128: core.lvrInsideLastX128,
  };
}
