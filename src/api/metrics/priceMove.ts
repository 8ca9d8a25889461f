import { getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { isqrt } from "../../math/pairMath.ts";
import {
  getTickAtSqrtPrice,
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
} from "../../math/tickMath.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";
import { type PairPrice, pairPrincipal } from "../../state/pairPool.ts";
import { decimalFraction, type Fraction } from "./decimalFraction.ts";

/** What a price is multiplied by, above 0. */
export type PriceMove = Fraction;

/** What is held, in a pool; `basisX64`: not null on v2. */
export type MovedPosition = {
  row: { tickLower: number; tickUpper: number; liquidity: bigint; basisX64: bigint | null };
  pool: PairPrice & { sqrtPriceX96: bigint; tick: number };
};

/** One and a part of it, above -1. Example: -0.2 is 4 over 5, in tenths. */
export function moveBy(shock: number): PriceMove {
  const { numerator, denominator } = decimalFraction(shock);
  return { numerator: denominator + numerator, denominator };
}

/** Of the price the other way round. */
export function inverseMove({ numerator, denominator }: PriceMove): PriceMove {
  return { numerator: denominator, denominator: numerator };
}

/** The square root of the moved price, X96, rounded down. Example: 2^96 moved to a quarter is 2^95. */
export function movedSqrtPrice(sqrtPriceX96: bigint, { numerator, denominator }: PriceMove): bigint {
  return isqrt((sqrtPriceX96 * sqrtPriceX96 * numerator) / denominator);
}

/**
 * Principal at a moved price, raw, rounded down as a burn pays it (metrics.md 1.1): with ticks what the liquidity holds
 * there, on v2 what its principal does at reserves of that price. Past the ends of the scale of ticks it is all in one
 * token, as there. An unmoved price leaves the tick of the logs as it is. Example: 4 of liquidity on v2 at price 1,
 * moved to 4, is 2 and 8.
 */
export function movedPrincipal({ row, pool }: MovedPosition, move: PriceMove): TokenAmounts {
  const sqrtPriceX96 = movedSqrtPrice(pool.sqrtPriceX96, move);
  if (row.basisX64 !== null) {
    const balance0 = pool.balance0 * move.denominator;
    return pairPrincipal({ balance0, balance1: pool.balance1 * move.numerator, sqrtPriceX96 }, row.basisX64);
  }
  const tick = sqrtPriceX96 === pool.sqrtPriceX96 ? pool.tick : tickAt(sqrtPriceX96);
  return getAmountsForLiquidity({ ...row, sqrtPriceX96, tick, roundUp: false });
}

function tickAt(sqrtPriceX96: bigint): number {
  if (sqrtPriceX96 < MIN_SQRT_PRICE) return MIN_TICK - 1;
  return sqrtPriceX96 < MAX_SQRT_PRICE ? getTickAtSqrtPrice(sqrtPriceX96) : MAX_TICK;
}
