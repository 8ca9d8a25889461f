import { directionOf, requireOutput, SwapDoesNotFitError } from "./swapFit.ts";
import { restingTick, startPath, takeStop } from "./swapPath.ts";
import { type SwapWalk, stepTo, takeLastStep } from "./swapWalk.ts";
import type { InitializedTick } from "./tick.ts";

/** What a swap finds of its pool. */
export type SwappablePool = {
  /** Pips. */
  fee: number;
  tickSpacing: number;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  feeProtocol0: number;
  feeProtocol1: number;
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  protocolFees0: bigint;
  protocolFees1: bigint;
};

/** What a swap's log says; amounts are changes of the pool's balance. */
export type LoggedSwap = {
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
  /** The swap's fee in its input token: what the LPs get, and the protocol. */
  feeLp: bigint;
  feeProtocol: bigint;
};

/**
 * Rebuilds what a swap's log does not say: fee growth, the protocol's fees and the growth outside the ticks it
 * crossed, to the last unit. Mirrors UniswapV3Pool.swap and SwapMath.computeSwapStep (metrics.md 5.4 to 5.7). The
 * price that the log ends with fixes the path, so exact input, exact output and a price limit need not be told apart.
 *
 * `ticks`: exactly the initialised ticks t with min(pool.tick, swap.tick) < t <= max, in any order. `timestamp`: unix
 * seconds of the swap's block. Growth is modulo 2^256, protocol fees modulo 2^128. Throws a LostLogError if the log
 * does not fit the pool.
 * Example: at fee 3000, price 2^96 and liquidity 10^18, the swap (1n, 0n) that leaves the price where it is raises
 * `feeGrowthGlobal0X128` by 340282366920938463463n: its one unit is all fee.
 */
export function replaySwap(
  pool: SwappablePool,
  ticks: readonly InitializedTick[],
  swap: LoggedSwap,
  timestamp: number,
): ReplayedSwap {
  const zeroForOne = directionOf(pool.sqrtPriceX96, swap);
  const path = startPath(pool.tickSpacing, zeroForOne, swap.sqrtPriceX96, ticks);
  const walk = startWalk(pool, swap, zeroForOne, timestamp);
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

function startWalk(pool: SwappablePool, swap: LoggedSwap, zeroForOne: boolean, timestamp: number): SwapWalk {
  return {
    zeroForOne,
    timestamp,
    fee: BigInt(pool.fee),
    feeDenominator: BigInt(zeroForOne ? pool.feeProtocol0 : pool.feeProtocol1),
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
  const { zeroForOne, growthX128, crossed, feeLp, feeProtocol } = walk;
  return {
    feeGrowthGlobal0X128: zeroForOne ? growthX128 : pool.feeGrowthGlobal0X128,
    feeGrowthGlobal1X128: zeroForOne ? pool.feeGrowthGlobal1X128 : growthX128,
    protocolFees0: BigInt.asUintN(128, pool.protocolFees0 + (zeroForOne ? feeProtocol : 0n)),
    protocolFees1: BigInt.asUintN(128, pool.protocolFees1 + (zeroForOne ? 0n : feeProtocol)),
    crossed,
    zeroForOne,
    feeLp,
    feeProtocol,
  };
}
