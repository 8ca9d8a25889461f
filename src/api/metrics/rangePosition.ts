/**
 * Where the pool's tick stands in a range: 0 at tickLower, 1 at tickUpper, clamped, linear in the logarithm
 * of the price (metrics.md 2.2). Example: tick 0 in [-60, 180) is 0.25.
 */
export function rangePosition({
  tick,
  tickLower,
  tickUpper,
}: {
  tick: number;
  tickLower: number;
  tickUpper: number;
}): number {
  return Math.min(1, Math.max(0, (tick - tickLower) / (tickUpper - tickLower)));
}
