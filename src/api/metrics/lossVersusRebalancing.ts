import { lossVersusRebalancing } from "../../math/lossVersusRebalancing.ts";
import { getSqrtPriceAtTick, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { Q192, valueX192 } from "../../math/valueMath.ts";
import type { PricedAmounts } from "./value.ts";

const Q128 = 2n ** 128n;

/**
 * A position's loss versus rebalancing since it was opened, token1 raw units times 2^128 (metrics.md 7.1): what was
 * booked when its liquidity last changed, the growth inside its range since, and the move since the pool's last
 * sample. `inside` is not needed without liquidity. At least 0 but for rounding, less than one unit of 2^-128 a
 * sample and a unit of liquidity.
 * Example: liquidity 3, booked 5, growth of 2 since and no move is 11.
 */
export function positionLvrX128(
  position: {
    liquidity: bigint;
    lvrX128: bigint;
    lvrInsideLastX128: bigint;
    tickLower: number;
    tickUpper: number;
  },
  inside: { lvrInsideX128: bigint } | null,
  move: { lvrSqrtPriceX96: bigint; sqrtPriceX96: bigint },
): bigint {
  const { liquidity, lvrX128, tickLower, tickUpper } = position;
  if (liquidity === 0n || inside === null) return lvrX128;
  const [lower, upper] = [getSqrtPriceAtTick(tickLower), getSqrtPriceAtTick(tickUpper)];
  const since = lossVersusRebalancing(lower, upper, move.lvrSqrtPriceX96, move.sqrtPriceX96);
  return lvrX128 + (inside.lvrInsideX128 - position.lvrInsideLastX128 + since) * liquidity;
}

/**
 * The same of LP tokens of a v2 pair, whose principal liquidity (times 2^64) is over all prices: its growth is the pool's
 * own, no tick being between. Example: a principal of 3, booked 5, growth of 2 since and no move is 11.
 */
export function pairLvrX128(
  position: { basisX64: bigint; lvrX128: bigint; lvrInsideLastX128: bigint },
  growthX128: bigint,
  move: { lvrSqrtPriceX96: bigint; sqrtPriceX96: bigint },
): bigint {
  const { basisX64, lvrX128, lvrInsideLastX128 } = position;
  const { lvrSqrtPriceX96: from, sqrtPriceX96: to } = move;
  const since = lossVersusRebalancing(MIN_SQRT_PRICE, MAX_SQRT_PRICE, from, to);
  return lvrX128 + (((growthX128 + since - lvrInsideLastX128) * basisX64) >> 64n);
}

/** Raw integers of token1, truncated towards zero; `coverage` is fees over loss, null with less than a unit lost. */
export type AdverseSelection = {
  lvrRaw1: bigint;
  feesRaw1: bigint;
  feesMinusLvrRaw1: bigint;
  coverage: number | null;
};

/**
 * Fees against loss versus rebalancing over the same time: what a delta-hedged LP made (metrics.md 7.1). The fees
 * are raw amounts, valued at `sqrtPriceX96`. Example: fees of 3 and 7 at price 1 against a loss of 4 make 6.
 */
export function adverseSelection(lvrX128: bigint, fees: PricedAmounts): AdverseSelection {
  const feesX192 = valueX192(fees.amount0, fees.amount1, fees.sqrtPriceX96);
  const lvrX192 = lvrX128 << 64n;
  const lvrRaw1 = lvrX128 / Q128;
  return {
    lvrRaw1,
    feesRaw1: feesX192 / Q192,
    feesMinusLvrRaw1: (feesX192 - lvrX192) / Q192,
    coverage: lvrRaw1 > 0n ? toDouble(feesX192, lvrX192) : null,
  };
}
