import { NegativeLiquidityError } from "./pool.ts";

/** What the contract keeps of a tick's liquidity: the sum of both sides, and what crossing it upwards adds. */
export type TickState = { liquidityGross: bigint; liquidityNet: bigint };

export const emptyTick: TickState = { liquidityGross: 0n, liquidityNet: 0n };

/**
 * One bound of a range after its liquidity changed. Mirrors Tick.update: `liquidityNet` rises at a lower
 * bound and falls at an upper one. `flipped`: the tick became initialised or ceased to be.
 */
export function updateTick(
  tick: TickState,
  change: { liquidityDelta: bigint; upper: boolean },
): { tick: TickState; flipped: boolean } {
  const liquidityGross = tick.liquidityGross + change.liquidityDelta;
  if (liquidityGross < 0n) throw new NegativeLiquidityError(tick.liquidityGross, change.liquidityDelta);
  return {
    tick: {
      liquidityGross,
      liquidityNet: tick.liquidityNet + (change.upper ? -change.liquidityDelta : change.liquidityDelta),
    },
    flipped: (liquidityGross === 0n) !== (tick.liquidityGross === 0n),
  };
}
