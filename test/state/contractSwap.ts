import {
  getAmount0Delta,
  getAmount1Delta,
  getNextSqrtPriceFromInput,
  getNextSqrtPriceFromOutput,
} from "../../src/math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice, MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";
import type { LoggedSwap, SwappablePool } from "../../src/state/replaySwap.ts";
import type { InitializedTick } from "../../src/state/tick.ts";

/** Above 0 the amount is exact input, below 0 exact output. `fee` in pips; v4's with the protocol's, Algebra's with the plugin's. */
export type Order = {
  zeroForOne: boolean;
  amountSpecified: bigint;
  sqrtPriceLimitX96: bigint;
  fee: number;
  pluginFee: number;
};

export type SwappedPool = {
  pool: SwappablePool;
  log: LoggedSwap;
  protocolFee: bigint;
  pluginFee: bigint;
  steps: StepTaken[];
};

/** `reached`: it ended at the next initialised tick or edge of a word. */
export type StepTaken = { moved: boolean; reached: boolean; initialized: boolean; liquidity: bigint };

export type Step = { nextX96: bigint; amountIn: bigint; amountOut: bigint; feeAmount: bigint };

/**
 * A pool's swap, line by line and forwards: from what a trader asks for to the new state and the log. It knows mode,
 * amount and limit, which the replay has to do without, and takes every step of the bitmap, also where nothing is
 * rounded. Undefined where the contract reverts. `ticks` holds every initialised tick and is changed in place.
 */
export type SwapOnContract = (
  before: SwappablePool,
  ticks: Map<number, InitializedTick>,
  order: Order,
  timestamp: number,
) => SwappedPool | undefined;

/** What differs between the contracts that keep their ticks in a bitmap. */
type BitmapContract = {
  computeSwapStep: (
    currentX96: bigint,
    targetX96: bigint,
    liquidity: bigint,
    amountRemaining: bigint,
    feePips: bigint,
  ) => Step | undefined;
  protocolPart: (step: Step, feeProtocol: bigint, feePips: bigint) => bigint;
};

/** UniswapV3Pool.swap. */
export const swapOnUniswapV3: SwapOnContract = (before, ticks, order, timestamp) =>
  swapOnBitmap(
    { computeSwapStep, protocolPart: ({ feeAmount }, feeProtocol) => feeAmount / feeProtocol },
    before,
    ticks,
    order,
    timestamp,
  );

/** PancakeV3Pool.swap: `uint256 delta = (step.feeAmount.mul(cache.feeProtocol)) / PROTOCOL_FEE_DENOMINATOR`. */
export const swapOnPancakeV3: SwapOnContract = (before, ticks, order, timestamp) =>
  swapOnBitmap(
    {
      computeSwapStep,
      protocolPart: ({ feeAmount }, feeProtocol) => (feeAmount * feeProtocol) / 10_000n,
    },
    before,
    ticks,
    order,
    timestamp,
  );

export const MIN_SQRT_RATIO = 4295128739n;
export const MAX_SQRT_RATIO = 1461446703485210103287273052203988822378723970342n;

export function swapOnBitmap(
  contract: BitmapContract,
  before: SwappablePool,
  ticks: Map<number, InitializedTick>,
  order: Order,
  timestamp: number,
): SwappedPool | undefined {
  const { zeroForOne, amountSpecified, sqrtPriceLimitX96: limitX96, fee } = order;
  const limitFits = zeroForOne
    ? limitX96 < before.sqrtPriceX96 && limitX96 > MIN_SQRT_RATIO
    : limitX96 > before.sqrtPriceX96 && limitX96 < MAX_SQRT_RATIO;
  if (amountSpecified === 0n || !limitFits) return undefined;
  const exactInput = amountSpecified > 0n;
  const feeProtocol = BigInt(zeroForOne ? before.feeProtocol0 : before.feeProtocol1);
  const pool = { ...before };
  const crossings: (() => void)[] = [];
  let remaining = amountSpecified;
  let calculated = 0n;
  let growth = zeroForOne ? before.feeGrowthGlobal0X128 : before.feeGrowthGlobal1X128;
  let protocolFee = 0n;
  const steps: StepTaken[] = [];
  while (remaining !== 0n && pool.sqrtPriceX96 !== limitX96) {
    const startX96 = pool.sqrtPriceX96;
    const next = nextInitializedTickWithinOneWord(ticks, pool.tick, pool.tickSpacing, zeroForOne);
    const tickNext = Math.max(MIN_TICK, Math.min(MAX_TICK, next));
    const tickNextX96 = getSqrtPriceAtTick(tickNext);
    const beyond = zeroForOne ? tickNextX96 < limitX96 : tickNextX96 > limitX96;
    const step = contract.computeSwapStep(
      startX96,
      beyond ? limitX96 : tickNextX96,
      pool.liquidity,
      remaining,
      BigInt(fee),
    );
    if (step === undefined) return undefined;
    pool.sqrtPriceX96 = step.nextX96;
    const reached = step.nextX96 === tickNextX96;
    steps.push({
      moved: step.nextX96 !== startX96,
      reached,
      initialized: ticks.has(tickNext),
      liquidity: pool.liquidity,
    });
    remaining += exactInput ? -(step.amountIn + step.feeAmount) : step.amountOut;
    calculated += exactInput ? -step.amountOut : step.amountIn + step.feeAmount;
    let feeAmount = step.feeAmount;
    if (feeProtocol > 0n) {
      const delta = contract.protocolPart(step, feeProtocol, BigInt(fee));
      feeAmount -= delta;
      protocolFee += delta;
    }
    if (pool.liquidity > 0n) growth = wrap(growth + (feeAmount * 2n ** 128n) / pool.liquidity);
    if (reached) {
      const crossed = ticks.get(tickNext);
      if (crossed !== undefined) {
        const growth0 = zeroForOne ? growth : before.feeGrowthGlobal0X128;
        const growth1 = zeroForOne ? before.feeGrowthGlobal1X128 : growth;
        crossings.push(() => {
          ticks.set(tickNext, {
            ...crossed,
            feeGrowthOutside0X128: wrap(growth0 - crossed.feeGrowthOutside0X128),
            feeGrowthOutside1X128: wrap(growth1 - crossed.feeGrowthOutside1X128),
            secondsOutside: timestamp - crossed.secondsOutside,
          });
        });
        pool.liquidity += zeroForOne ? -crossed.liquidityNet : crossed.liquidityNet;
      }
      pool.tick = zeroForOne ? tickNext - 1 : tickNext;
    } else if (pool.sqrtPriceX96 !== startX96) {
      pool.tick = getTickAtSqrtPrice(pool.sqrtPriceX96);
    }
  }
  // A reverted swap leaves no trace.
  for (const cross of crossings) cross();
  if (zeroForOne) {
    pool.feeGrowthGlobal0X128 = growth;
    pool.protocolFees0 = BigInt.asUintN(128, pool.protocolFees0 + protocolFee);
  } else {
    pool.feeGrowthGlobal1X128 = growth;
    pool.protocolFees1 = BigInt.asUintN(128, pool.protocolFees1 + protocolFee);
  }
  const specified = amountSpecified - remaining;
  const [amount0, amount1] = zeroForOne === exactInput ? [specified, calculated] : [calculated, specified];
  const { sqrtPriceX96, tick, liquidity } = pool;
  const log = { fee, pluginFee: 0, amount0, amount1, sqrtPriceX96, tick, liquidity };
  return { pool, log, protocolFee, pluginFee: 0n, steps };
}

function computeSwapStep(
  currentX96: bigint,
  targetX96: bigint,
  liquidity: bigint,
  amountRemaining: bigint,
  feePips: bigint,
): Step | undefined {
  const zeroForOne = currentX96 >= targetX96;
  const exactIn = amountRemaining >= 0n;
  const inTo = (x96: bigint) =>
    (zeroForOne ? getAmount0Delta : getAmount1Delta)(currentX96, x96, liquidity, true);
  const outTo = (x96: bigint) =>
    (zeroForOne ? getAmount1Delta : getAmount0Delta)(currentX96, x96, liquidity, false);
  const lessFee = (amountRemaining * (1_000_000n - feePips)) / 1_000_000n;
  const enough = exactIn ? lessFee >= inTo(targetX96) : -amountRemaining >= outTo(targetX96);
  const nextX96 = enough
    ? targetX96
    : exactIn
      ? getNextSqrtPriceFromInput(currentX96, liquidity, lessFee, zeroForOne)
      : getNextSqrtPriceFromOutput(currentX96, liquidity, -amountRemaining, zeroForOne);
  if (nextX96 === undefined) return undefined;
  const amountIn = inTo(nextX96);
  let amountOut = outTo(nextX96);
  if (!exactIn && amountOut > -amountRemaining) amountOut = -amountRemaining;
  const feeAmount =
    exactIn && nextX96 !== targetX96
      ? amountRemaining - amountIn
      : (amountIn * feePips + 999_999n - feePips) / (1_000_000n - feePips);
  return { nextX96, amountIn, amountOut, feeAmount };
}

function nextInitializedTickWithinOneWord(
  ticks: ReadonlyMap<number, InitializedTick>,
  tick: number,
  tickSpacing: number,
  lte: boolean,
): number {
  const compressed = Math.floor(tick / tickSpacing);
  if (lte) {
    const rightmost = (compressed >> 8) << 8;
    for (let c = compressed; c > rightmost; c--) if (ticks.has(c * tickSpacing)) return c * tickSpacing;
    return rightmost * tickSpacing;
  }
  const leftmost = (((compressed + 1) >> 8) << 8) + 255;
  for (let c = compressed + 1; c < leftmost; c++) if (ticks.has(c * tickSpacing)) return c * tickSpacing;
  return leftmost * tickSpacing;
}

export function wrap(growthX128: bigint): bigint {
  return BigInt.asUintN(256, growthX128);
}
