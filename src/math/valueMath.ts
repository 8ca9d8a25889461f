export const Q192 = 2n ** 192n;

/**
 * The value of two raw amounts at a price: token1 raw units times 2^192, exact and signed. Form
 * differences here and divide last: a divergence loss is a small difference of large numbers.
 * Example: `valueX192(1n, -1n, 2n ** 96n)` is `0n`.
 */
export function valueX192(amount0: bigint, amount1: bigint, sqrtPriceX96: bigint): bigint {
  return amount0 * sqrtPriceX96 * sqrtPriceX96 + amount1 * Q192;
}

/** A value in token1 raw units, truncated towards zero. Example: `toToken1(-3n * 2n ** 191n)` is `-1n`. */
export function toToken1(valueX192: bigint): bigint {
  return valueX192 / Q192;
}

/**
 * A value in token0 raw units at the price it was formed with, truncated towards zero.
 * `sqrtPriceX96`: above 0. Example: `toToken0(2n ** 192n, 2n ** 95n)` is `4n`.
 */
export function toToken0(valueX192: bigint, sqrtPriceX96: bigint): bigint {
  return valueX192 / (sqrtPriceX96 * sqrtPriceX96);
}
