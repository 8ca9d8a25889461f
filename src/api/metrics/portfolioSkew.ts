/** What a book holds of one asset, valued in the quote token. */
export type AssetValue = { value: number; isQuote: boolean };

/**
 * The value of all other assets less that of the quote token, over the value of all, -1 to 1: +1 holds no quote token,
 * -1 nothing else; null with nothing held (metrics.md 2.3). `value`: 0 or more. Assets without a price are left out.
 * Example: 3 in other assets and 1 in the quote token is 0.5.
 */
export function portfolioSkew(assets: readonly AssetValue[]): number | null {
  let others = 0;
  let quote = 0;
  for (const { value, isQuote } of assets) {
    if (isQuote) quote += value;
    else others += value;
  }
  const all = others + quote;
  return all === 0 ? null : (others - quote) / all;
}
