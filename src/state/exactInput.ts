import { getAmount0Delta, getAmount1Delta, getNextSqrtPriceFromInput } from "../math/sqrtPriceMath.ts";
import { getFeeOnInput, getInputLessFee } from "../math/swapMath.ts";
import { getTickAtSqrtPrice, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../math/tickMath.ts";
import { type SwapPath, startPath, takeStop } from "./swapPath.ts";
import type { SwapRule } from "./swapRule.ts";
import { NegativeLiquidityError } from "./tick.ts";

/** What a swap that is yet to come finds of its pool. `tick` as the contract has it, `tickSpacing` at least 1. */
export type PoolToSwap = { sqrtPriceX96: bigint; tick: number; liquidity: bigint; tickSpacing: number };

/** Of an initialised tick what crossing it upwards adds. */
export type CrossableTick = { tick: number; liquidityNet: bigint };

/** An input on its way through the pool. Raw units of the token paid in, and of the token paid out. */
export type ExactInput = {
  /** What of the input is left: above 0 in the end only where no liquidity was left to take it. */
  remaining: bigint;
  amountOut: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  /** Initialised ticks that were crossed. */
  ticksCrossed: number;
};

/**
 * What a pool would do with an exact input that no hook and no plugin interferes with. Mirrors UniswapV3Pool.swap and
 * SwapMath.computeSwapStep, with what `rule` says is different in the pool's protocol, and no price limit but the ends
 * of the scale. `feePips`: what the swap pays in all, at most 10^6. `ticks`: all initialised ones, in any order. Inputs
 * and fees round up, outputs down, step by step.
 * Example: on v3 at fee 3000, price 2^96 and liquidity 10^18 without ticks, 1000n of token0 give 996n of token1.
 */
export function swapExactInput(
  rule: Pick<SwapRule, "wordEdges">,
  pool: PoolToSwap,
  ticks: readonly CrossableTick[],
  order: { zeroForOne: boolean; amountIn: bigint; feePips: bigint },
): ExactInput {
  const { zeroForOne, amountIn, feePips } = order;
  const { sqrtPriceX96, tick, liquidity, tickSpacing } = pool;
  const limitX96 = zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n;
  const ahead = ticks.filter((state) => (zeroForOne ? state.tick <= tick : state.tick > tick));
  const course = { zeroForOne, wordEdges: rule.wordEdges, tickSpacing, endX96: limitX96 };
  const path = startPath(course, ahead);
  const walk = { remaining: amountIn, amountOut: 0n, sqrtPriceX96, tick, liquidity, ticksCrossed: 0 };
  // The ends of the scale are behind a price that already stands at one of them.
  if (zeroForOne ? sqrtPriceX96 <= limitX96 : sqrtPriceX96 >= limitX96) return walk;
  while (walk.remaining > 0n && walk.sqrtPriceX96 !== limitX96) {
    if (!stepOn(walk, path, feePips)) break;
  }
  return walk;
}

/** One step of the contract; false where the input ended before the step's target. */
function stepOn(walk: ExactInput, path: SwapPath<CrossableTick>, feePips: bigint): boolean {
  const { zeroForOne } = path;
  const before = walk.sqrtPriceX96;
  const stop = takeStop(path, walk.tick, walk.liquidity > 0n);
  const targetX96 = stop?.sqrtPriceX96 ?? path.endX96;
  const reached = moveTowards(walk, targetX96, zeroForOne, feePips);
  if (!reached || stop === undefined) {
    if (walk.sqrtPriceX96 !== before) walk.tick = getTickAtSqrtPrice(walk.sqrtPriceX96);
    return reached;
  }
  if (stop.initialized !== undefined) {
    const { liquidityNet } = stop.initialized;
    const change = zeroForOne ? -liquidityNet : liquidityNet;
    if (walk.liquidity + change < 0n) throw new NegativeLiquidityError(walk.liquidity, change);
    walk.liquidity += change;
    walk.ticksCrossed += 1;
  }
  walk.tick = zeroForOne ? stop.tick - 1 : stop.tick;
  return true;
}

/** Mirrors SwapMath.computeSwapStep with exact input; whether the target was reached. */
function moveTowards(walk: ExactInput, targetX96: bigint, zeroForOne: boolean, feePips: bigint): boolean {
  const { sqrtPriceX96, liquidity, remaining } = walk;
  const inputTo = zeroForOne ? getAmount0Delta : getAmount1Delta;
  const outputTo = zeroForOne ? getAmount1Delta : getAmount0Delta;
  const most = getInputLessFee(remaining, feePips);
  const needed = inputTo(targetX96, sqrtPriceX96, liquidity, true);
  const next =
    most >= needed ? targetX96 : getNextSqrtPriceFromInput(sqrtPriceX96, liquidity, most, zeroForOne);
  const nextX96 = next ?? targetX96;
  walk.amountOut += outputTo(nextX96, sqrtPriceX96, liquidity, false);
  walk.sqrtPriceX96 = nextX96;
  if (nextX96 !== targetX96) {
    walk.remaining = 0n;
    return false;
  }
  const left = remaining - needed - getFeeOnInput(needed, feePips);
  walk.remaining = left > 0n ? left : 0n;
  return true;
}
