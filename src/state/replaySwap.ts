import { directionOf, requireOutput, SwapDoesNotFitError } from "./swapFit.ts";
import { restingTick, startPath, takeStop } from "./swapPath.ts";
import type { FeeTerms, SwapRule } from "./swapRule.ts";
import { type ReplayedStep, type SwapWalk, stepTo, takeLastStep } from "./swapWalk.ts";
import type { InitializedTick } from "./tick.ts";

/** What a swap finds of its pool. */
export type SwappablePool = {
  tickSpacing: number;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  /** The protocol's part on each token's input, in the protocol's own unit; 0 = none. */
  feeProtocol0: number;
  feeProtocol1: number;
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  protocolFees0: bigint;
  protocolFees1: bigint;
};

/** What a swap's log says; amounts are changes of the pool's balance. */
export type LoggedSwap = {
  /** What the swap paid in all, pips. */
  fee: number;
  /** The plugin's part of `fee`, pips; 0 where there are no plugins. */
  pluginFee: number;
  amount0: bigint;
  amount1: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
};

export type ReplayedSwap = Pick<
  SwappablePool,
  "feeGrowthGlobal0X128" | "feeGrowthGlobal1X128" | "protocolFees0" | "protocolFees1"
> & {
  /** The ticks handed over, with fee growth and seconds of the other side, in the order of their crossing. */
  crossed: InitializedTick[];
  zeroForOne: boolean;
  /** The swap's fee in its input token: what the LPs get, the protocol, and the pool's plugin. */
  feeLp: bigint;
  feeProtocol: bigint;
  feePlugin: bigint;
};

/**
 * Rebuilds what a swap's log does not say: fee growth, the protocol's fees and the growth outside the ticks it
 * crossed, to the last unit. Mirrors UniswapV3Pool.swap and SwapMath.computeSwapStep (metrics.md 5.4 to 5.7), with
 * what `rule` says is different in the pool's protocol. The price that the log ends with fixes the path, so exact
 * input, exact output and a price limit need not be told apart.
 *
 * `ticks`: exactly the initialised ticks t with min(pool.tick, swap.tick) < t <= max, in any order. `timestamp`: unix
 * seconds of the swap's block. `onStep` is told of each step, in order, before the log's end was held against it. Growth is
 * modulo 2^256, protocol fees modulo 2^128. Throws a LostLogError if the log does not fit the pool.
 * Example: on v3 at fee 3000, price 2^96 and liquidity 10^18, the swap (1n, 0n) that leaves the price where it is
 * raises `feeGrowthGlobal0X128` by 340282366920938463463n: its one unit is all fee.
 */
export function replaySwap(
  rule: SwapRule,
  pool: SwappablePool,
  ticks: readonly InitializedTick[],
  swap: LoggedSwap,
  timestamp: number,
  onStep?: (step: ReplayedStep) => void,
): ReplayedSwap {
  const zeroForOne = directionOf(pool.sqrtPriceX96, swap, rule.mayStandStill);
  const { tickSpacing } = pool;
  const course = { zeroForOne, wordEdges: rule.wordEdges, tickSpacing, endX96: swap.sqrtPriceX96 };
  const path = startPath(course, ticks);
  const walk = startWalk(pool, swap, {
    zeroForOne,
    rule,
    terms: feeTerms(rule, pool, swap, zeroForOne),
    timestamp,
    onStep,
  });
  // A swap that comes to its last price with input left took one more step there, as fee for who is then in range.
  while (walk.sqrtPriceX96 !== swap.sqrtPriceX96 || walk.remaining !== 0n) {
    const stop = takeStop(path, walk.tick, walk.liquidity > 0n);
    if (stop === undefined) {
      const moved = walk.sqrtPriceX96 !== swap.sqrtPriceX96;
      takeLastStep(walk, swap.sqrtPriceX96);
      if (moved) walk.tick = restingTick(path);
      break;
    }
    stepTo(walk, stop);
  }
  requireEnd(walk, swap, path.ahead);
  return replayed(pool, walk);
}

function feeTerms(rule: SwapRule, pool: SwappablePool, swap: LoggedSwap, zeroForOne: boolean): FeeTerms {
  const { fee, pluginFee } = swap;
  if (!(0 <= pluginFee && pluginFee <= fee && fee <= rule.maxFee)) {
    throw new SwapDoesNotFitError(
      `a fee of ${fee} pips, ${pluginFee} of it its plugin's, is none of its protocol`,
    );
  }
  const feeProtocol = zeroForOne ? pool.feeProtocol0 : pool.feeProtocol1;
  return { fee: BigInt(fee), pluginFee: BigInt(pluginFee), feeProtocol: BigInt(feeProtocol) };
}

function startWalk(
  pool: SwappablePool,
  swap: LoggedSwap,
  terms: Pick<SwapWalk, "zeroForOne" | "rule" | "terms" | "timestamp" | "onStep">,
): SwapWalk {
  const { zeroForOne } = terms;
  return {
    ...terms,
    growthX128: zeroForOne ? pool.feeGrowthGlobal0X128 : pool.feeGrowthGlobal1X128,
    growthOutputX128: zeroForOne ? pool.feeGrowthGlobal1X128 : pool.feeGrowthGlobal0X128,
    sqrtPriceX96: pool.sqrtPriceX96,
    tick: pool.tick,
    liquidity: pool.liquidity,
    remaining: zeroForOne ? swap.amount0 : swap.amount1,
    amountOut: 0n,
    last: undefined,
    onFullFee: true,
    feeLp: 0n,
    feeProtocol: 0n,
    feePlugin: 0n,
    crossed: [],
  };
}

function requireEnd(walk: SwapWalk, swap: LoggedSwap, missed: readonly InitializedTick[]): void {
  const { tick, liquidity, zeroForOne } = walk;
  if (missed.length > 0) {
    throw new SwapDoesNotFitError(`it ends at ${tick} before ticks ${missed.map((state) => state.tick)}`);
  }
  if (tick !== swap.tick) throw new SwapDoesNotFitError(`it ends at tick ${tick}, its log at ${swap.tick}`);
  if (liquidity !== swap.liquidity) {
    throw new SwapDoesNotFitError(`it ends with liquidity ${liquidity}, its log with ${swap.liquidity}`);
  }
  const paid = -(zeroForOne ? swap.amount1 : swap.amount0);
  if (walk.last !== undefined) requireOutput(paid, walk.amountOut, walk.last, walk.onFullFee, zeroForOne);
}

function replayed(pool: SwappablePool, walk: SwapWalk): ReplayedSwap {
  const { zeroForOne, growthX128, crossed, feeLp, feeProtocol, feePlugin } = walk;
  return {
    feeGrowthGlobal0X128: zeroForOne ? growthX128 : pool.feeGrowthGlobal0X128,
    feeGrowthGlobal1X128: zeroForOne ? pool.feeGrowthGlobal1X128 : growthX128,
    protocolFees0: BigInt.asUintN(128, pool.protocolFees0 + (zeroForOne ? feeProtocol : 0n)),
    protocolFees1: BigInt.asUintN(128, pool.protocolFees1 + (zeroForOne ? 0n : feeProtocol)),
    crossed,
    zeroForOne,
    feeLp,
    feeProtocol,
    feePlugin,
  };
}
