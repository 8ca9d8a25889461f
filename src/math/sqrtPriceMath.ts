import { mulDiv, mulDivRoundingUp } from "./fullMath.ts";

export const Q96 = 2n ** 96n;

/**
 * Token0 between two prices for a liquidity, in raw units. Mirrors SqrtPriceMath.getAmount0Delta:
 * two divisions, both rounded the same way. The prices are X96, above 0, in either order.
 * Example: `getAmount0Delta(Q96, 2n * Q96, 10n, false)` is `5n`.
 */
export function getAmount0Delta(
  sqrtPriceAX96: bigint,
  sqrtPriceBX96: bigint,
  liquidity: bigint,
  roundUp: boolean,
): bigint {
  const [lower, upper] = sort(sqrtPriceAX96, sqrtPriceBX96);
  const divide = roundUp ? mulDivRoundingUp : mulDiv;
  return divide(divide(liquidity << 96n, upper - lower, upper), 1n, lower);
}

/**
 * Token1 between two prices for a liquidity, in raw units. Mirrors SqrtPriceMath.getAmount1Delta.
 * The prices are X96, in either order. Example: `getAmount1Delta(Q96, 2n * Q96, 10n, false)` is `10n`.
 */
export function getAmount1Delta(
  sqrtPriceAX96: bigint,
  sqrtPriceBX96: bigint,
  liquidity: bigint,
  roundUp: boolean,
): bigint {
  const [lower, upper] = sort(sqrtPriceAX96, sqrtPriceBX96);
  const divide = roundUp ? mulDivRoundingUp : mulDiv;
  return divide(liquidity, upper - lower, Q96);
}

function sort(a: bigint, b: bigint): readonly [bigint, bigint] {
  return a < b ? [a, b] : [b, a];
}
