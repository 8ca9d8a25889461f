type Hex = `0x${string}`;

/** What a book holds of a token in one place, raw, and how much of it is more than was put in. */
export type TokenHolding = {
  token: Hex;
  amount: bigint;
  netInventory: bigint;
  /** Fees are in it: false where they are not known. */
  whole: boolean;
};

/**
 * Holdings of one book by token: amounts are summed before anything is valued (metrics.md 2.3). Whole where all parts are.
 * Example: 3 of a token in one pool and 4 in another are 7 of it.
 */
export function netTokens(holdings: readonly TokenHolding[]): TokenHolding[] {
  const tokens = new Map<Hex, TokenHolding>();
  for (const holding of holdings) {
    const { token, amount, netInventory, whole } = holding;
    const sum = tokens.get(token);
    if (sum === undefined) tokens.set(token, { token, amount, netInventory, whole });
    else {
      tokens.set(token, {
        token,
        amount: sum.amount + amount,
        netInventory: sum.netInventory + netInventory,
        whole: sum.whole && whole,
      });
    }
  }
  return [...tokens.values()];
}
