import { toDouble } from "../../math/toDouble.ts";
import type { PairDecimals } from "./value.ts";

const Q97 = 2n ** 97n;

/** Liquidity that is in range, and the price that it is at. */
export type LiquidityAtPrice = { liquidity: bigint; sqrtPriceX96: bigint };

/**
 * How token0 held changes with the price, whole token0 per unit of price (metrics.md 3): `-L / (2 P^1.5)`, the second
 * derivative of value; at most 0. Without liquidity in range 0. Null without the decimals of both tokens.
 * Example: 2 of liquidity at price 1, in tokens without decimals, is -1.
 */
export function gamma({ liquidity, sqrtPriceX96 }: LiquidityAtPrice, decimals: PairDecimals): number | null {
  const { token0Decimals, token1Decimals } = decimals;
  if (token0Decimals === null || token1Decimals === null) return null;
  const above = liquidity * 2n ** 287n * 10n ** BigInt(token1Decimals);
  return negated(above, sqrtPriceX96 ** 3n * 10n ** BigInt(2 * token0Decimals));
}

/**
 * The same for a price that rises by 1 %, in whole token0: `gamma P / 100`. Null without token0's decimals.
 * Example: 2 of liquidity at price 1, in tokens without decimals, is -0.01.
 */
export function gamma1Percent(
  { liquidity, sqrtPriceX96 }: LiquidityAtPrice,
  { token0Decimals }: PairDecimals,
): number | null {
  if (token0Decimals === null) return null;
  return negated(liquidity * 2n ** 95n, sqrtPriceX96 * 100n * 10n ** BigInt(token0Decimals));
}

/**
 * The same in whole token1: `gamma P² / 100`. Null without token1's decimals.
 * Example: 2 of liquidity at price 1, in tokens without decimals, is -0.01.
 */
export function dollarGamma1Percent(
  { liquidity, sqrtPriceX96 }: LiquidityAtPrice,
  { token1Decimals }: PairDecimals,
): number | null {
  if (token1Decimals === null) return null;
  return negated(liquidity * sqrtPriceX96, Q97 * 100n * 10n ** BigInt(token1Decimals));
}

function negated(numerator: bigint, denominator: bigint): number {
  return toDouble(-numerator, denominator);
}
