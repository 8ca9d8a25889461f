import { lossVersusRebalancing } from "../math/lossVersusRebalancing.ts";
import { getSqrtPriceAtTick } from "../math/tickMath.ts";

/** A move of the price, and the liquidity in range where it ended. */
export type LiquidMove = {
  fromX96: bigint;
  fromTick: number;
  toX96: bigint;
  toTick: number;
  liquidity: bigint;
};

type Crossable = { tick: number; liquidityNet: bigint };

/** Loss versus rebalancing of all of a pool's liquidity so far, token1 raw units times 2^128. */
export type LvrTotals = {
  /** Sampled at the end of each block and at each change of liquidity; the move since the last sample counted. */
  lvrX128: bigint;
  /** Sampled after every swap: round trips within a block count. */
  lvrPerSwapX128: bigint;
};

type SampledPool = LvrTotals & {
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  lvrSqrtPriceX96: bigint;
  lvrTick: number;
};

/**
 * The totals after a swap, which takes the price from where it is to `to`. The pool is settled where this is its first
 * event of a block. `ticks`: at least the initialised ones between its last sample, its price and the swap's end.
 * Example: of a swap up and one back down within one block `lvrX128` keeps nothing, `lvrPerSwapX128` both.
 */
export function lvrAfterSwap(
  pool: SampledPool,
  to: { sqrtPriceX96: bigint; tick: number; liquidity: bigint },
  ticks: readonly Crossable[],
): LvrTotals {
  const sample = { sqrtPriceX96: pool.lvrSqrtPriceX96, tick: pool.lvrTick };
  const swap = lvrBetween(pool, to, ticks);
  const isFirst = sample.sqrtPriceX96 === pool.sqrtPriceX96 && sample.tick === pool.tick;
  const step = isFirst ? swap : lvrBetween(sample, to, ticks) - lvrBetween(sample, pool, ticks);
  return { lvrX128: pool.lvrX128 + step, lvrPerSwapX128: pool.lvrPerSwapX128 + swap };
}

function lvrBetween(
  from: { sqrtPriceX96: bigint; tick: number },
  to: { sqrtPriceX96: bigint; tick: number; liquidity: bigint },
  ticks: readonly Crossable[],
): bigint {
  const [low, high] = [Math.min(from.tick, to.tick), Math.max(from.tick, to.tick)];
  const move = { fromX96: from.sqrtPriceX96, fromTick: from.tick, toX96: to.sqrtPriceX96, toTick: to.tick };
  return lvrOfMove(
    { ...move, liquidity: to.liquidity },
    ticks.filter(({ tick }) => low < tick && tick <= high),
  );
}

/**
 * Loss versus rebalancing of all liquidity of a pool in one move of its price, token1 raw units times 2^128: the sum of
 * each segment's between two ticks (metrics.md 7.1), each rounded down by less than a unit for each unit of liquidity.
 * The move is one step for all of them. `ticks`: exactly the initialised ticks t with min(fromTick, toTick) < t <= max,
 * in any order.
 * Example: liquidity 3 everywhere, from `sqrtPriceX96` 2^96 to 2^97 (price 1 to 4), is 3 * 2^128.
 */
export function lvrOfMove(move: LiquidMove, ticks: readonly Crossable[]): bigint {
  const { fromX96, toX96 } = move;
  const rises = move.toTick > move.fromTick;
  const back = [...ticks].sort((a, b) => (rises ? b.tick - a.tick : a.tick - b.tick));
  let { liquidity } = move;
  let nearX96 = toX96;
  let sum = 0n;
  for (const { tick, liquidityNet } of back) {
    const edgeX96 = getSqrtPriceAtTick(tick);
    sum += liquidity * lvrOfSegment(nearX96, edgeX96, fromX96, toX96);
    liquidity += rises ? -liquidityNet : liquidityNet;
    nearX96 = edgeX96;
  }
  return sum + liquidity * lvrOfSegment(nearX96, fromX96, fromX96, toX96);
}

function lvrOfSegment(oneX96: bigint, otherX96: bigint, fromX96: bigint, toX96: bigint): bigint {
  if (oneX96 === otherX96) return 0n;
  const [lower, upper] = oneX96 < otherX96 ? [oneX96, otherX96] : [otherX96, oneX96];
  return lossVersusRebalancing(lower, upper, fromX96, toX96);
}
