import type { GrowthGlobal, TickState } from "./tick.ts";

export type GrowthInside = {
  /** Modulo 2^256: only differences for one range mean anything. */
  feeGrowthInside0X128: bigint;
  feeGrowthInside1X128: bigint;
  /** Signed: a tick that was never crossed says where time before it would have been spent. */
  secondsInside: number;
  /** Signed, up to the last sample. */
  lvrInsideX128: bigint;
};

/**
 * What a unit of liquidity in a range has gained of each growth, but for what it had before its ticks were
 * initialised: take two of them and subtract. Mirrors Tick.getFeeGrowthInside.
 *
 * Fees and seconds ask on which side of the bounds the pool's tick is, loss versus rebalancing the tick of its last
 * sample (`lvrTick`). `global.seconds` is the timestamp of "now".
 * Example: with the tick in range, nothing outside the bounds and 100 seconds, 100 seconds inside.
 */
export function growthInside(
  lower: TickState,
  upper: TickState,
  range: { tickLower: number; tickUpper: number },
  global: GrowthGlobal & { tick: number; lvrTick: number },
): GrowthInside {
  const { tickLower, tickUpper } = range;
  const aboveLower = global.tick >= tickLower;
  const belowUpper = global.tick < tickUpper;
  const inside = (all: bigint, outLower: bigint, outUpper: bigint) =>
    all - (aboveLower ? outLower : all - outLower) - (belowUpper ? outUpper : all - outUpper);
  const secondsBelow = aboveLower ? lower.secondsOutside : global.seconds - lower.secondsOutside;
  const secondsAbove = belowUpper ? upper.secondsOutside : global.seconds - upper.secondsOutside;
  const lvr = global.lvrGrowthGlobalX128;
  const lvrBelow = global.lvrTick >= tickLower ? lower.lvrOutsideX128 : lvr - lower.lvrOutsideX128;
  const lvrAbove = global.lvrTick < tickUpper ? upper.lvrOutsideX128 : lvr - upper.lvrOutsideX128;
  return {
    feeGrowthInside0X128: BigInt.asUintN(
      256,
      inside(global.feeGrowthGlobal0X128, lower.feeGrowthOutside0X128, upper.feeGrowthOutside0X128),
    ),
    feeGrowthInside1X128: BigInt.asUintN(
      256,
      inside(global.feeGrowthGlobal1X128, lower.feeGrowthOutside1X128, upper.feeGrowthOutside1X128),
    ),
    secondsInside: global.seconds - secondsBelow - secondsAbove,
    lvrInsideX128: lvr - lvrBelow - lvrAbove,
  };
}

/**
 * How far a fee growth has come: it is kept modulo 2^256 and may have gone round.
 * Example: `growthSince(1n, 2n ** 256n - 2n)` is `3n`.
 */
export function growthSince(nowX128: bigint, lastX128: bigint): bigint {
  return BigInt.asUintN(256, nowX128 - lastX128);
}
