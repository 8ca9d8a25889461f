/**
 * What one move of the price costs one unit of liquidity in a range against a portfolio that held the range's
 * token0 and sold it at the new price: loss versus rebalancing, in token1 raw units times 2^128, rounded down,
 * never negative. Prices are X96 and above 0, `lowerX96` < `upperX96`.
 *
 * Milionis, Moallemi, Roughgarden, Zhang, "Automated Market Making and Loss-Versus-Rebalancing", arXiv 2208.06046.
 * With square roots of price s0 -> s1, each also clamped to the range as s0' and s1', the range holds
 * x(s) = 1 / s' - 1 / upper of token0 and is worth V(s) = x(s) s^2 + s' - lower, and
 *
 *     x(s0) (s1^2 - s0^2) - (V(s1) - V(s0)) = (s1' - s0') (s1^2 - s0' s1') / (s0' s1')
 *
 * It adds up over adjacent ranges, and is 0 where the move does not touch. The move itself must not be split: two
 * steps are two samples, and cost less than one.
 * Example: `lossVersusRebalancing(1n, 8n * Q96, Q96, 2n * Q96)` is `2n ** 128n`: (2 - 1)^2 / 1.
 */
export function lossVersusRebalancing(
  lowerX96: bigint,
  upperX96: bigint,
  fromX96: bigint,
  toX96: bigint,
): bigint {
  const from = clamp(fromX96, lowerX96, upperX96);
  const to = clamp(toX96, lowerX96, upperX96);
  if (from === to) return 0n;
  // X96 cubed over X96 squared leaves 2^96: 32 more make X128. Both factors have the sign of the move.
  return (((to - from) * (toX96 * toX96 - from * to)) << 32n) / (from * to);
}

function clamp(sqrtPriceX96: bigint, lowerX96: bigint, upperX96: bigint): bigint {
  if (sqrtPriceX96 < lowerX96) return lowerX96;
  return sqrtPriceX96 > upperX96 ? upperX96 : sqrtPriceX96;
}
