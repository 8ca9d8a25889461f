import { toDouble } from "../../math/toDouble.ts";
import { valueX192 } from "../../math/valueMath.ts";

/** What is held and the basket that was put in, raw. */
export type HeldAndHold = { amount0: bigint; amount1: bigint; hold0: bigint; hold1: bigint };

/**
 * Holdings less the hold basket in raw units, signed: above 0 is net long (order flow sold the token to the
 * LP), below 0 net short (metrics.md 2.2). `amount0` is also the sensitivity of impermanent loss to price.
 * Example: 3 and 7 held against a basket of 5 and 5 is -2 and 2.
 */
export function netInventory(position: HeldAndHold): { amount0: bigint; amount1: bigint } {
  return { amount0: position.amount0 - position.hold0, amount1: position.amount1 - position.hold1 };
}

/**
 * Net inventory in token0, valued, over the value of the hold basket, both at `sqrtPriceX96`; the nearest
 * double, null without a basket (metrics.md 2.2). Example: -2 against a basket of 5 and 5 at price 1 is -0.2.
 */
export function netInventoryRatio(position: HeldAndHold & { sqrtPriceX96: bigint }): number | null {
  const { hold0, hold1, sqrtPriceX96 } = position;
  const holdX192 = valueX192(hold0, hold1, sqrtPriceX96);
  if (holdX192 === 0n) return null;
  return toDouble(valueX192(netInventory(position).amount0, 0n, sqrtPriceX96), holdX192);
}
