import { toDouble } from "../../math/toDouble.ts";
import { valueX192 } from "../../math/valueMath.ts";
import type { PricedAmounts } from "./value.ts";

/**
 * Token0's share of the value held, 0 to 1; null with nothing held (metrics.md 2.1).
 * Example: 1 and 3 raw at price 1 is 0.25.
 */
export function share0(held: PricedAmounts): number | null {
  const { token0X192, token1X192 } = split(held);
  const total = token0X192 + token1X192;
  return total === 0n ? null : toDouble(token0X192, total);
}

/**
 * Token0's share of the value less token1's, -1 to 1: +1 is all token0 (long token0), 0 balanced by value,
 * -1 all token1. The nearest double; null with nothing held (metrics.md 2.1).
 * Example: 1 and 3 raw at price 1 is -0.5.
 */
export function inventorySkew(held: PricedAmounts): number | null {
  const { token0X192, token1X192 } = split(held);
  const total = token0X192 + token1X192;
  return total === 0n ? null : toDouble(token0X192 - token1X192, total);
}

/** The skew times 10^18 as an integer, truncated towards zero. Example: 1 and 3 raw at price 1 is -5 * 10^17. */
export function inventorySkewE18(held: PricedAmounts): bigint | null {
  const { token0X192, token1X192 } = split(held);
  const total = token0X192 + token1X192;
  return total === 0n ? null : ((token0X192 - token1X192) * 10n ** 18n) / total;
}

/**
 * A skew seen from the pool's risk token: +1 all risk, -1 all cash. `riskToken`: which of the two is the risk.
 * Example: `skewRisk(0.25, 1)` is `-0.25`.
 */
export function skewRisk(skew: number | null, riskToken: 0 | 1): number | null {
  // 0 - skew and not -skew: a balanced book is 0, not -0.
  return skew === null || riskToken === 0 ? skew : 0 - skew;
}

function split({ amount0, amount1, sqrtPriceX96 }: PricedAmounts): {
  token0X192: bigint;
  token1X192: bigint;
} {
  return {
    token0X192: valueX192(amount0, 0n, sqrtPriceX96),
    token1X192: valueX192(0n, amount1, sqrtPriceX96),
  };
}
