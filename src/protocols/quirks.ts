/** Whether a pool settles an owner's fees without a log of it: Algebra's Burn of no liquidity emits none. */
export function pokesSilently(protocol: string): boolean {
  return protocol === "ALGEBRA_INTEGRAL";
}

/** Whether an NFT's holder is known before its pool: on v4 its first Transfer comes before its first liquidity. */
export function namesHolderFirst(protocol: string): boolean {
  return protocol === "UNISWAP_V4";
}

/** Whether a pool logs its fee and tick spacing after its first price, and changes them: they are none of its fixed terms. */
export function logsItsTerms(protocol: string): boolean {
  return protocol === "ALGEBRA_INTEGRAL";
}

/**
 * The spacing of the bitmap that a pool's ticks are kept in. Algebra's own may change, and spaces new positions alone.
 * Example: `bitmapSpacing("UNISWAP_V3", 60)` is `60`.
 */
export function bitmapSpacing(protocol: string, tickSpacing: number | null): number {
  return logsItsTerms(protocol) ? 1 : (tickSpacing ?? 1);
}
