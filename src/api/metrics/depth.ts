import { getAmount0Delta, getAmount1Delta } from "../../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { movedSqrtPrice } from "./priceMove.ts";

/** A pool's price, its tick as the logs have it, and its liquidity in range. */
export type PoolAtPrice = { sqrtPriceX96: bigint; tick: number; liquidity: bigint };

/** Of an initialised tick what a walk over it adds to liquidity, upwards. */
export type DepthStep = { tick: number; liquidityNet: bigint };

const MILLION = 1_000_000n;

/** What a move of the price takes and gives, raw units, without fees. */
export type Depth = { askIn1: bigint; askOut0: bigint; bidIn0: bigint; bidOut1: bigint };

type Legs = { amount0: bigint; amount1: bigint };

/**
 * What moves the price up (the ask) and down (the bid) by `movePips`, hundredths of a basis point, below 1,000,000:
 * metrics.md 8. Raw units, without fees; of each segment between ticks what the pool pays is rounded down, what it
 * takes up. `steps`: at least every initialised tick on the way, lowest first.
 * Example: liquidity 10^6 at price 1, 2 %: 9951 of token1 for 9852 of token0, 10153 of token0 for 10050 of token1.
 */
export function depth(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): Depth {
  const ask = walkUp(pool, steps, movePips);
  const bid = walkDown(pool, steps, movePips);
  return { askIn1: ask.amount1, askOut0: ask.amount0, bidIn0: bid.amount0, bidOut1: bid.amount1 };
}

/**
 * (bid - ask) / (bid + ask) of the token1 of both directions, in [-1, 1]; positive: more support below. Null with no
 * depth at all. Example: 10050 below and 9951 above are 99 / 20001.
 */
export function depthImbalance({ askIn1, bidOut1 }: Depth): number | null {
  const both = bidOut1 + askIn1;
  return both === 0n ? null : toDouble(bidOut1 - askIn1, both);
}

/**
 * Token1, raw, that the pool pays to whoever sells it token0 until the price has fallen by `movePips`; as
 * {@link depth}. Example: liquidity 10^6 at price 1, 2 %: 10050.
 */
export function depthBid1(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): bigint {
  return walkDown(pool, steps, movePips).amount1;
}

/**
 * Token0, raw, that the pool pays to whoever buys it until the price has risen by `movePips`; as {@link depth}.
 * Example: liquidity 10^6 at price 1, 2 %: 9852.
 */
export function depthAsk0(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): bigint {
  return walkUp(pool, steps, movePips).amount0;
}

function walkDown(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): Legs {
  const target = movedBy(pool.sqrtPriceX96, -movePips);
  const below = steps.filter(({ tick }) => tick <= pool.tick).reverse();
  const legs = { amount0: 0n, amount1: 0n };
  let { sqrtPriceX96, liquidity } = pool;
  for (const { tick, liquidityNet } of below) {
    const edge = getSqrtPriceAtTick(tick);
    if (edge <= target) break;
    addSegment(legs, [sqrtPriceX96, edge], liquidity, true);
    sqrtPriceX96 = edge;
    liquidity = crossed(liquidity - liquidityNet, tick);
  }
  addSegment(legs, [sqrtPriceX96, target], liquidity, true);
  return legs;
}

function walkUp(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): Legs {
  const target = movedBy(pool.sqrtPriceX96, movePips);
  const legs = { amount0: 0n, amount1: 0n };
  let { sqrtPriceX96, liquidity } = pool;
  for (const { tick, liquidityNet } of steps) {
    if (tick <= pool.tick) continue;
    const edge = getSqrtPriceAtTick(tick);
    if (edge >= target) break;
    addSegment(legs, [sqrtPriceX96, edge], liquidity, false);
    sqrtPriceX96 = edge;
    liquidity = crossed(liquidity + liquidityNet, tick);
  }
  addSegment(legs, [sqrtPriceX96, target], liquidity, false);
  return legs;
}

/** Paid in up, paid out down: token0 is paid in where the price falls. */
function addSegment(legs: Legs, [from, to]: [bigint, bigint], liquidity: bigint, falls: boolean): void {
  legs.amount0 += getAmount0Delta(from, to, liquidity, falls);
  legs.amount1 += getAmount1Delta(from, to, liquidity, !falls);
}

/** Of a price that `movePips` are added to. */
function movedBy(sqrtPriceX96: bigint, movePips: bigint): bigint {
  return movedSqrtPrice(sqrtPriceX96, { numerator: MILLION + movePips, denominator: MILLION });
}

function crossed(liquidity: bigint, tick: number): bigint {
  if (liquidity < 0n) throw new NegativeLiquidityError(tick, liquidity);
  return liquidity;
}

export class NegativeLiquidityError extends Error {
  override readonly name = "NegativeLiquidityError";
  readonly tick: number;
  readonly liquidity: bigint;

  constructor(tick: number, liquidity: bigint) {
    super(
      `${liquidity} of liquidity past tick ${tick}: check that the pool's ticks and its price are of one block`,
    );
    this.tick = tick;
    this.liquidity = liquidity;
  }
}
