/** Lower-case addresses of a chain: what counts as cash, best first is not needed, and its wrapped native token. */
export type CashTokens = { stablecoins: ReadonlySet<string>; wrappedNative: string | null };

/** A chain's own currency, on v4. */
const NATIVE = "0x0000000000000000000000000000000000000000";

/**
 * The side of a pool that is the risk, 0 or 1: the token that stands lower in stablecoins > native, wrapped or not >
 * others. Equals: token0, since figures are in token1. Example: USDC/WETH with USDC as token0 gives 1.
 */
export function riskToken(token0: string, token1: string, cash: CashTokens): 0 | 1 {
  return cashRank(token0, cash) > cashRank(token1, cash) ? 1 : 0;
}

function cashRank(token: string, cash: CashTokens): number {
  if (cash.stablecoins.has(token)) return 2;
  return token === cash.wrappedNative || token === NATIVE ? 1 : 0;
}
