/** A price of a pool from the end of a block on. Unix seconds. */
export type StandingPrice = { sqrtPriceX96: bigint; timestamp: number };

/**
 * The median of a pool's block-end prices over the seconds `from` to `to`: of every block in them, also of those in
 * which nothing happened to the pool, so each price counts for the seconds that it stood. `prices`: oldest first, the
 * price that stood at `from` before those that came after it. Where two prices share the middle, the lower. Null where
 * prices stood for less than half of the time: a pool that is made in one block sets no price in the next.
 *
 * What stood for less than half of the time cannot be it, unless it lies between prices that did.
 * Example: 2 for 900 seconds, then 4 for 300, then 3 for 600 is 2; one more second of 4 instead of 2 makes it 3.
 */
export function medianPrice(prices: readonly StandingPrice[], from: number, to: number): bigint | null {
  const stood = prices
    .map(({ sqrtPriceX96, timestamp }, i) => {
      const until = Math.min(prices[i + 1]?.timestamp ?? to, to);
      return { sqrtPriceX96, seconds: Math.max(0, until - Math.max(timestamp, from)) };
    })
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => (a.sqrtPriceX96 < b.sqrtPriceX96 ? -1 : a.sqrtPriceX96 > b.sqrtPriceX96 ? 1 : 0));
  const all = stood.reduce((sum, { seconds }) => sum + seconds, 0);
  if (2 * all < to - from) return null;
  const half = all / 2;
  let below = 0;
  for (const { sqrtPriceX96, seconds } of stood) {
    below += seconds;
    if (below >= half) return sqrtPriceX96;
  }
  return null;
}
