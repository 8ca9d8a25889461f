/** What a book holds of one token, raw, and its value in the quote token; null where it has no price. */
export type TokenValue = { amount: bigint; value: number | null };

/**
 * The value of all that a book holds, in the quote token: of the tokens with a price, null where it holds others alone
 * (metrics.md 2.3). An empty book is worth 0. Example: 2 of a token worth 5 and 1 of an unpriced one is 5.
 */
export function bookValue(tokens: readonly TokenValue[]): number | null {
  const held = tokens.filter(({ amount }) => amount > 0n);
  const priced = held.flatMap(({ value }) => (value === null ? [] : [value]));
  if (held.length > 0 && priced.length === 0) return null;
  return priced.reduce((sum, value) => sum + value, 0);
}
