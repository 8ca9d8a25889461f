/** Square roots of the raw price. */
export type CandlePrices = { openX96: bigint; highX96: bigint; lowX96: bigint; closeX96: bigint };

export type Extremes = { highX96: bigint; lowX96: bigint };

/**
 * The prices of an interval: it opens where the one before closed, and what it opened and closed at counts among its
 * extremes. `within`: the greatest and the least that its events left, none where nothing happened.
 * Example: opened at 5, closed at 7, within 6 to 9: high 9, low 5.
 */
export function candlePrices(openX96: bigint, closeX96: bigint, within: readonly Extremes[]): CandlePrices {
  let [highX96, lowX96] = openX96 > closeX96 ? [openX96, closeX96] : [closeX96, openX96];
  for (const extremes of within) {
    if (extremes.highX96 > highX96) highX96 = extremes.highX96;
    if (extremes.lowX96 < lowX96) lowX96 = extremes.lowX96;
  }
  return { openX96, highX96, lowX96, closeX96 };
}
