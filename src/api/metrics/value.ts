import { toDouble } from "../../math/toDouble.ts";
import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";

/** Two raw amounts of a pool and the price to value them at. */
export type PricedAmounts = { amount0: bigint; amount1: bigint; sqrtPriceX96: bigint };

/** A pool's two tokens' decimals, 0 to 255; null where a token does not tell them. */
export type PairDecimals = { token0Decimals: number | null; token1Decimals: number | null };

/**
 * The value of two raw amounts, signed, in whole units of one of the two tokens: truncated to that token's
 * raw unit, then scaled. Null without that token's decimals; the other's do not matter.
 * Example: 1 and 1 raw at price 1 in a token of 6 decimals is 0.000002.
 */
export function value(
  held: PricedAmounts,
  decimals: PairDecimals,
  numeraire: "TOKEN0" | "TOKEN1",
): number | null {
  const { amount0, amount1, sqrtPriceX96 } = held;
  const worth = valueX192(amount0, amount1, sqrtPriceX96);
  return numeraire === "TOKEN0"
    ? wholeUnits(toToken0(worth, sqrtPriceX96), decimals.token0Decimals)
    : wholeUnits(toToken1(worth), decimals.token1Decimals);
}

/**
 * A raw amount, signed, as the nearest double in whole tokens; null without decimals.
 * Example: `wholeUnits(-1500000n, 6)` is `-1.5`.
 */
export function wholeUnits(raw: bigint, tokenDecimals: number | null): number | null {
  return tokenDecimals === null ? null : toDouble(raw, 10n ** BigInt(tokenDecimals));
}
