import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";

/**
 * The secondary measure of divergence loss: what is held and was withdrawn less what was deposited, all at
 * the current price (metrics.md 4.1). It keeps moving after a close and can be positive. Raw units of token0
 * and of token1, each truncated towards zero.
 * Example: 3 and 6 held, 1 and 1 withdrawn, 5 and 5 deposited at price 1 is 1 in either token.
 */
export function allFlowsAtSpot(position: {
  amount0: bigint;
  amount1: bigint;
  withdrawn0: bigint;
  withdrawn1: bigint;
  deposited0: bigint;
  deposited1: bigint;
  sqrtPriceX96: bigint;
}): { raw0: bigint; raw1: bigint } {
  const { sqrtPriceX96 } = position;
  const net0 = position.amount0 + position.withdrawn0 - position.deposited0;
  const net1 = position.amount1 + position.withdrawn1 - position.deposited1;
  const gain = valueX192(net0, net1, sqrtPriceX96);
  return { raw0: toToken0(gain, sqrtPriceX96), raw1: toToken1(gain) };
}
