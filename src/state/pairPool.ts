import { lossVersusRebalancing } from "../math/lossVersusRebalancing.ts";
import { getFeeShares, getSqrtPriceAtReserves, isqrt } from "../math/pairMath.ts";
import { Q96 } from "../math/sqrtPriceMath.ts";
import { getTickAtSqrtPrice, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../math/tickMath.ts";
import type { TokenAmounts } from "./feeLedger.ts";
import { movePrice, type PoolState, type PricedPool } from "./pool.ts";
import { settleLvr } from "./settleLvr.ts";

const Q64 = 2n ** 64n;

/** What of a pool's state says what its shares are worth. Null counts as 0: nothing was minted yet. */
export type PairSupply = Pick<PoolState, "balance0" | "balance1" | "shares" | "kLast" | "feeOn">;

/** What of it says what principal is worth. */
export type PairPrice = Pick<PoolState, "balance0" | "balance1" | "sqrtPriceX96">;

/**
 * LP tokens that the next Mint or Burn mints to the protocol before anything else, as far as is known: they dilute
 * what a burn pays at any time. Mirrors UniswapV2Pair._mintFee, rounded down; 0 unless the fee is known to be on.
 */
export function pendingMint(pool: PairSupply): bigint {
  return pool.feeOn === true ? mintIfOn(pool) : 0n;
}

/** The same if the fee is on, and was at the last Mint or Burn. */
export function mintIfOn({ balance0, balance1, shares, kLast }: PairSupply): bigint {
  return getFeeShares(shares ?? 0n, isqrt(balance0 * balance1), isqrt(kLast ?? 0n));
}

/**
 * What a burn of these LP tokens pays now, raw. Mirrors UniswapV2Pair.burn, which rounds down; 0 without any supply.
 * Example (metrics.md 1.2): a hundredth of 1000e18 and 2,000,000e6 is 9999999999999979204 and 19999999999.
 */
export function pairAmounts(pool: PairSupply, shares: bigint, roundUp = false): TokenAmounts {
  const supply = (pool.shares ?? 0n) + pendingMint(pool);
  if (supply === 0n) return { amount0: 0n, amount1: 0n };
  const up = roundUp ? supply - 1n : 0n;
  return {
    amount0: (shares * pool.balance0 + up) / supply,
    amount1: (shares * pool.balance1 + up) / supply,
  };
}

/**
 * What principal liquidity Lb consists of at the pool's price P, raw, rounded down: Lb / sqrt(P) and Lb sqrt(P)
 * (metrics.md 6.1). From the reserves themselves, whose price is exact; a drained pool has only the last price.
 * Example: `basisX64` of 10 x 2^64 at reserves of 1 and 4 is 5 and 20.
 */
export function pairPrincipal(
  { balance0, balance1, sqrtPriceX96 }: PairPrice,
  basisX64: bigint,
): TokenAmounts {
  if (balance0 > 0n && balance1 > 0n) {
    const square = basisX64 * basisX64;
    return {
      amount0: isqrt((square * balance0) / balance1) / Q64,
      amount1: isqrt((square * balance1) / balance0) / Q64,
    };
  }
  if (sqrtPriceX96 === null || sqrtPriceX96 === 0n) return { amount0: 0n, amount1: 0n };
  return {
    amount0: (basisX64 * Q96) / sqrtPriceX96 / Q64,
    amount1: (basisX64 * sqrtPriceX96) / Q96 / Q64,
  };
}

/**
 * Principal liquidity times 2^64 of LP tokens that are bought now: their part of the root of the reserves' product,
 * rounded down, shares that the protocol has coming counted.
 */
export function marketBasis(pool: PairSupply, shares: bigint): bigint {
  const supply = (pool.shares ?? 0n) + pendingMint(pool);
  return supply === 0n ? 0n : (shares * isqrt(pool.balance0 * pool.balance1) * Q64) / supply;
}

export type Reserves = { reserve0: bigint; reserve1: bigint };

/**
 * The pool at other reserves, with the price that they say, and what the move has cost all principal against
 * rebalancing. One of 0 says none: the last price stays.
 */
export function moveReserves<T extends PoolState>(pool: T, { reserve0, reserve1 }: Reserves): T {
  const liquidity = isqrt(reserve0 * reserve1);
  const moved = { ...pool, balance0: reserve0, balance1: reserve1, liquidity };
  if (reserve0 === 0n || reserve1 === 0n) return moved;
  const sqrtPriceX96 = getSqrtPriceAtReserves(reserve0, reserve1);
  const lvr = pairLvr(pool, pool.lvrSqrtPriceX96, sqrtPriceX96);
  const lvrBefore = pairLvr(pool, pool.lvrSqrtPriceX96, pool.sqrtPriceX96);
  const counted = { ...moved, lvrX128: pool.lvrX128 + lvr - lvrBefore };
  return movePrice(counted, { sqrtPriceX96, tick: getTickAtSqrtPrice(sqrtPriceX96) });
}

/**
 * Loss versus rebalancing of a pair's principal in one move of its price, token1 raw units times 2^128, rounded down
 * (metrics.md 7.1); 0 from no price. Example: a principal of 3 from `sqrtPriceX96` 2^96 to 2^97 is 3 * 2^128.
 */
export function pairLvr(
  { basisX64 }: Pick<PoolState, "basisX64">,
  fromX96: bigint | null,
  toX96: bigint | null,
): bigint {
  if (fromX96 === null || toX96 === null) return 0n;
  return ((basisX64 ?? 0n) * lossVersusRebalancing(MIN_SQRT_PRICE, MAX_SQRT_PRICE, fromX96, toX96)) >> 64n;
}

/**
 * A sample of loss versus rebalancing at the present price: first thing in the pair's first event of a later block,
 * and before any change of shares. A pair has no ticks to settle.
 */
export function settlePair<T extends PricedPool>(pool: T): T {
  const { flipped: _, ...settled } = settleLvr(pool, []);
  return { ...pool, ...settled };
}
