type Range = { tickLower: number; tickUpper: number; liquidity: bigint };

/**
 * From the pool's tick down to the nearest lower bound of ranges with liquidity, and up to the nearest upper one; below 0
 * past it. Null without any. Example: tick 10 in [-60, 60) is 70 and 50.
 */
export function ticksToBounds(
  ranges: readonly Range[],
  tick: number,
): { lower: number | null; upper: number | null } {
  const open = ranges.filter(({ liquidity }) => liquidity > 0n);
  if (open.length === 0) return { lower: null, upper: null };
  return {
    lower: open.reduce((least, { tickLower }) => Math.min(least, tick - tickLower), Number.POSITIVE_INFINITY),
    upper: open.reduce((least, { tickUpper }) => Math.min(least, tickUpper - tick), Number.POSITIVE_INFINITY),
  };
}
