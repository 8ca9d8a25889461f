import { mulDiv } from "../math/fullMath.ts";
import type { TokenAmounts } from "./feeLedger.ts";

const Q128 = 2n ** 128n;

type Growing = { liquidity: bigint; feeGrowthGlobal0X128: bigint; feeGrowthGlobal1X128: bigint };

/**
 * The pool after tokens that lay in it beyond its reserves became fees of the liquidity in range. Mirrors
 * ReservesManager._updateReserves of Algebra Integral; growth alone, modulo 2^256, rounded down. Liquidity is over 0.
 * Example: 10 of token0 to a liquidity of 5 raises `feeGrowthGlobal0X128` by 2 x 2^128.
 */
export function growByExcess<T extends Growing>(pool: T, excess: TokenAmounts): T {
  return grow(pool, excess, 1n);
}

/** As before {@link growByExcess}, in a pool with the liquidity that it had then. */
export function shrinkByExcess<T extends Growing>(pool: T, excess: TokenAmounts): T {
  return grow(pool, excess, -1n);
}

function grow<T extends Growing>(pool: T, { amount0, amount1 }: TokenAmounts, sign: bigint): T {
  const by = (growth: bigint, amount: bigint) =>
    BigInt.asUintN(256, growth + sign * mulDiv(amount, Q128, pool.liquidity));
  return {
    ...pool,
    feeGrowthGlobal0X128: by(pool.feeGrowthGlobal0X128, amount0),
    feeGrowthGlobal1X128: by(pool.feeGrowthGlobal1X128, amount1),
  };
}
