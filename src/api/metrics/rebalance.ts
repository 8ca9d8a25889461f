import { Q192, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { Order, Quote } from "./quote.ts";
import { TargetShareOutOfRangeError } from "./skewVsTarget.ts";
import type { PricedAmounts } from "./value.ts";

/** Target shares are counted in these. */
const PARTS = 10 ** 15;

type Amounts = { amount0: bigint; amount1: bigint };

/** A trade and what it leaves, raw. `quote`: null where none is needed, or none is known. */
export type Rebalanced = {
  quote: Quote | null;
  zeroForOne: boolean | null;
  after: Amounts;
  /** Value paid in less value got out, raw token1 truncated; null where the trade's quote is not known. */
  costRaw1: bigint | null;
};

/**
 * The trade that brings token0 to `targetShare` of the value if it costs nothing (metrics.md 3.1): raw token0 to sell, or to
 * buy where below 0: `(w0 - w) V / P`, truncated towards zero. `targetShare`: 0 to 1, to 15 places.
 * Example: of 1 and 3 raw at price 1 a target of a half is -1.
 */
export function rebalanceTrade0(held: PricedAmounts, targetShare: number): bigint {
  const { sqrtPriceX96 } = held;
  return excessX192(held, targetShare) / (sqrtPriceX96 * sqrtPriceX96 * BigInt(PARTS));
}

/**
 * The same as an order, exact input of token0 or of the token1 that is worth as much, with what it brings at the price
 * itself; all truncated. Null where less than a raw unit of either is to be traded, since nobody pays for less, and with
 * nothing held.
 * Example: of 1 and 3 raw at price 1 a target of a half is 1 of token1 for 1 of token0.
 */
export function zeroCostTrade(
  held: PricedAmounts,
  targetShare: number,
): (Order & { amountOut: bigint }) | null {
  const excess = excessX192(held, targetShare);
  const amount0 = rebalanceTrade0(held, targetShare);
  const amount1 = excess / (Q192 * BigInt(PARTS));
  const zeroForOne = excess > 0n;
  const [amountIn, amountOut] = zeroForOne ? [amount0, amount1] : [-amount1, -amount0];
  return amountIn === 0n || amountOut === 0n ? null : { zeroForOne, amountIn, amountOut };
}

/**
 * What {@link zeroCostTrade} leaves of what is held when it is made where `quoteOf` says, and what it costs at the price before. What
 * the pool does not take stays. Without a quote the amounts are those of a trade that costs nothing, and its cost is null;
 * where nothing is to be traded it is 0. A model's figure: nothing is said of gas, nor of the time between.
 * Example: 4 and 0 raw at price 1, a target of a half and a quote of 1 out for 2 leave 2 and 1, at a cost of 1.
 */
export function rebalance(
  held: PricedAmounts,
  targetShare: number,
  quoteOf: (order: Order) => Quote | null,
): Rebalanced {
  const { amount0, amount1, sqrtPriceX96 } = held;
  const trade = zeroCostTrade(held, targetShare);
  if (trade === null) return { quote: null, zeroForOne: null, after: { amount0, amount1 }, costRaw1: 0n };
  const { zeroForOne, amountIn } = trade;
  const quote = quoteOf({ zeroForOne, amountIn });
  const [used, out] = quote === null ? [amountIn, trade.amountOut] : [quote.amountInUsed, quote.amountOut];
  const [in0, in1] = zeroForOne ? [used, -out] : [-out, used];
  return {
    ...{ quote, zeroForOne, after: { amount0: amount0 - in0, amount1: amount1 - in1 } },
    costRaw1: quote === null ? null : toToken1(valueX192(in0, in1, sqrtPriceX96)),
  };
}

/** Value in token0 above the target's, in token1 raw units times 2^192 times {@link PARTS}. */
function excessX192({ amount0, amount1, sqrtPriceX96 }: PricedAmounts, targetShare: number): bigint {
  // Stated this way round, NaN is refused too.
  if (!(targetShare >= 0 && targetShare <= 1)) throw new TargetShareOutOfRangeError(targetShare);
  const target = BigInt(Math.round(targetShare * PARTS));
  const token0 = valueX192(amount0, 0n, sqrtPriceX96);
  return token0 * BigInt(PARTS) - target * valueX192(amount0, amount1, sqrtPriceX96);
}
