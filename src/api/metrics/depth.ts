import { getAmount0Delta, getAmount1Delta } from "../../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../../math/tickMath.ts";

/** A pool's price, its tick as the logs have it, and its liquidity in range. */
export type PoolAtPrice = { sqrtPriceX96: bigint; tick: number; liquidity: bigint };

/** Of an initialised tick what a walk over it adds to liquidity, upwards. */
export type DepthStep = { tick: number; liquidityNet: bigint };

const MILLION = 1_000_000n;

/**
 * Token1, raw, that the pool pays to whoever sells it token0 until the price has fallen by `movePips` (hundredths of a
 * basis point, below 1,000,000): metrics.md 8. Without fees; each segment between ticks is rounded down. `steps`: at
 * least every initialised tick on the way, lowest first. Example: liquidity 10^6 at price 1, 2 %: 10050.
 */
export function depthBid1(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): bigint {
  const target = movedSqrtPrice(pool.sqrtPriceX96, -movePips);
  const below = steps.filter(({ tick }) => tick <= pool.tick).reverse();
  let { sqrtPriceX96, liquidity } = pool;
  let amount1 = 0n;
  for (const { tick, liquidityNet } of below) {
    const edge = getSqrtPriceAtTick(tick);
    if (edge <= target) break;
    amount1 += getAmount1Delta(edge, sqrtPriceX96, liquidity, false);
    sqrtPriceX96 = edge;
    liquidity = crossed(liquidity - liquidityNet, tick);
  }
  return amount1 + getAmount1Delta(target, sqrtPriceX96, liquidity, false);
}

/**
 * Token0, raw, that the pool pays to whoever buys it until the price has risen by `movePips`; as {@link depthBid1}.
 * Example: liquidity 10^6 at price 1, 2 %: 9852.
 */
export function depthAsk0(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): bigint {
  const target = movedSqrtPrice(pool.sqrtPriceX96, movePips);
  let { sqrtPriceX96, liquidity } = pool;
  let amount0 = 0n;
  for (const { tick, liquidityNet } of steps) {
    if (tick <= pool.tick) continue;
    const edge = getSqrtPriceAtTick(tick);
    if (edge >= target) break;
    amount0 += getAmount0Delta(sqrtPriceX96, edge, liquidity, false);
    sqrtPriceX96 = edge;
    liquidity = crossed(liquidity + liquidityNet, tick);
  }
  return amount0 + getAmount0Delta(sqrtPriceX96, target, liquidity, false);
}

/** The square root of a price moved by a part of it, rounded down. Example: 2^96 by -750,000 pips is 2^95. */
export function movedSqrtPrice(sqrtPriceX96: bigint, movePips: bigint): bigint {
  return integerSqrt((sqrtPriceX96 * sqrtPriceX96 * (MILLION + movePips)) / MILLION);
}

/** Rounded down, by Newton's steps from above. */
function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
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
