/**
 * The part of its open time (with liquidity) that a position spent in range, 0 to 1, by the pool's tick after each
 * block (metrics.md 8); null before any has passed. Sums stand at `settledTimestamp`; `inside` is the growth of
 * seconds inside the range now, and not needed without liquidity.
 * Example: 60 of 100 seconds, then 100 more of which 20 in range, is 0.4.
 */
export function timeInRange(
  position: {
    liquidity: bigint;
    secondsOpen: number;
    secondsInRange: number;
    secondsInsideLast: number;
    settledTimestamp: number;
  },
  inside: { secondsInside: number } | null,
  timestamp: number,
): number | null {
  let { secondsOpen: open, secondsInRange: inRange } = position;
  if (position.liquidity > 0n && inside !== null) {
    open += timestamp - position.settledTimestamp;
    inRange += inside.secondsInside - position.secondsInsideLast;
  }
  return open === 0 ? null : inRange / open;
}
