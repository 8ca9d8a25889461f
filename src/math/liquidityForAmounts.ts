import { mulDiv } from "./fullMath.ts";
import { Q96 } from "./sqrtPriceMath.ts";

/**
 * The most liquidity that two raw amounts buy in a range at a price, rounded down. Mirrors
 * LiquidityAmounts.getLiquidityForAmounts of v3-periphery. Prices are X96 and above 0, `lowerX96` < `upperX96`; below the
 * range token0 alone counts, above it token1 alone, within it the scarcer of the two.
 * Example: at price 2^96 with a range from 2^95 to 2^97, 10n and 4n buy 8n: 4 / (1 - 1/2).
 */
export function getLiquidityForAmounts(
  sqrtPriceX96: bigint,
  { lowerX96, upperX96 }: { lowerX96: bigint; upperX96: bigint },
  { amount0, amount1 }: { amount0: bigint; amount1: bigint },
): bigint {
  if (sqrtPriceX96 <= lowerX96) return ofAmount0(lowerX96, upperX96, amount0);
  if (sqrtPriceX96 >= upperX96) return ofAmount1(lowerX96, upperX96, amount1);
  const by0 = ofAmount0(sqrtPriceX96, upperX96, amount0);
  const by1 = ofAmount1(lowerX96, sqrtPriceX96, amount1);
  return by0 < by1 ? by0 : by1;
}

function ofAmount0(lowerX96: bigint, upperX96: bigint, amount0: bigint): bigint {
  return mulDiv(amount0, mulDiv(lowerX96, upperX96, Q96), upperX96 - lowerX96);
}

function ofAmount1(lowerX96: bigint, upperX96: bigint, amount1: bigint): bigint {
  return mulDiv(amount1, Q96, upperX96 - lowerX96);
}
