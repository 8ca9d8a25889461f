type Hex = `0x${string}`;

/** A pool on the way from a token to the quote token, with the levels of the root of its price, token0's in token1. */
export type RouteStep = { token0: Hex; token1: Hex; root: Float64Array };

/**
 * A token's price in the quote token at each of `marks` marks, over a constant: the product of the prices of the pools on
 * its way, each taken from the token that the way has come to. Example: through one pool as its token1, the inverse of its
 * price.
 */
export function routeLevels(token: Hex, route: readonly RouteStep[], marks: number): Float64Array {
  const levels = new Float64Array(marks).fill(1);
  let at = token;
  for (const { token0, token1, root } of route) {
    const up = at === token0;
    for (let i = 0; i < marks; i += 1) {
      const price = (root[i] ?? 1) ** 2;
      levels[i] = up ? (levels[i] ?? 1) * price : (levels[i] ?? 1) / price;
    }
    at = up ? token1 : token0;
  }
  return levels;
}
