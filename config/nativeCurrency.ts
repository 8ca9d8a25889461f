import * as chains from "viem/chains";

/** The currency that a chain's gas is paid in. */
export type NativeCurrency = { symbol: string | null; name: string | null; decimals: 18 };

/**
 * The currency that a chain's gas is paid in, which Uniswap v4 calls address 0: 18 decimals wherever v4 is. Its names
 * are null where viem does not know the chain id, or knows chains of that id whose currencies differ.
 *
 * @example nativeCurrency(56) // { symbol: "BNB", name: "BNB", decimals: 18 }
 */
export function nativeCurrency(chainId: number): NativeCurrency {
  const known = Object.values(chains)
    .filter(({ id }) => id === chainId)
    .map((chain) => chain.nativeCurrency);
  const [first] = known;
  const isCertain = known.every(({ symbol, decimals }) => symbol === first?.symbol && decimals === 18);
  if (first === undefined || !isCertain) return { symbol: null, name: null, decimals: 18 };
  return { symbol: first.symbol, name: first.name, decimals: 18 };
}
