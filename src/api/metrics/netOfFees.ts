import { toDouble } from "../../math/toDouble.ts";
import { Q192, toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { HeldAndHold } from "./netInventory.ts";

type Position = HeldAndHold & { realizedIl0: bigint; realizedIl1: bigint; sqrtPriceX96: bigint };
type Fees = { amount0: bigint; amount1: bigint };

/**
 * Impermanent loss with the fees of the position's life at the current price added, in raw units of token0 and of
 * token1 (metrics.md 4.4). Unrealised loss and fees are added before they are truncated towards zero.
 * Example: 3 and 6 held against a basket of 5 and 5 at price 1, with fees of 4 and 0, is 3.
 */
export function netOfFees(position: Position, fees: Fees): { raw0: bigint; raw1: bigint } {
  const { amount0, amount1, hold0, hold1, sqrtPriceX96 } = position;
  const gain = valueX192(amount0 - hold0 + fees.amount0, amount1 - hold1 + fees.amount1, sqrtPriceX96);
  return {
    raw0: position.realizedIl0 + toToken0(gain, sqrtPriceX96),
    raw1: position.realizedIl1 + toToken1(gain),
  };
}

/**
 * Fees of the position's life over its total loss, both in token1 at the current price: under 1 they did not pay
 * for it. Null with no loss (metrics.md 4.4). Example: fees worth 4 against a loss of 1 is 4.
 */
export function feeCoverage(position: Position, fees: Fees): number | null {
  const { amount0, amount1, hold0, hold1, realizedIl1, sqrtPriceX96 } = position;
  const total = valueX192(amount0 - hold0, amount1 - hold1, sqrtPriceX96) + realizedIl1 * Q192;
  return total >= 0n ? null : toDouble(valueX192(fees.amount0, fees.amount1, sqrtPriceX96), -total);
}
