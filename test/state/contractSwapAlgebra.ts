import {
  getAmount0Delta,
  getAmount1Delta,
  getNextSqrtPriceFromInput,
  getNextSqrtPriceFromOutput,
} from "../../src/math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice, MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";
import {
  MAX_SQRT_RATIO,
  MIN_SQRT_RATIO,
  type Step,
  type StepTaken,
  type SwapOnContract,
  wrap,
} from "./contractSwap.ts";

const FEE_DENOMINATOR = 1_000_000n;
const COMMUNITY_FEE_DENOMINATOR = 1000n;

/** SwapCalculation._calculateSwap of Algebra Integral 1.2: the next tick is that of a linked list of initialised ones. */
export const swapOnAlgebra: SwapOnContract = (before, ticks, order, timestamp) => {
  const { zeroForOne, amountSpecified, sqrtPriceLimitX96: limitX96, fee, pluginFee } = order;
  const limitFits = zeroForOne
    ? limitX96 < before.sqrtPriceX96 && limitX96 > MIN_SQRT_RATIO
    : limitX96 > before.sqrtPriceX96 && limitX96 < MAX_SQRT_RATIO;
  if (amountSpecified === 0n || !limitFits || fee >= FEE_DENOMINATOR) return undefined;
  const exactInput = amountSpecified > 0n;
  const communityFee = BigInt(zeroForOne ? before.feeProtocol0 : before.feeProtocol1);
  const pool = { ...before };
  const list = [MIN_TICK, ...[...ticks.keys()].sort((a, b) => a - b), MAX_TICK];
  const crossings: (() => void)[] = [];
  const steps: StepTaken[] = [];
  let amountRequired = amountSpecified;
  let amountCalculated = 0n;
  let growthInput = zeroForOne ? before.feeGrowthGlobal0X128 : before.feeGrowthGlobal1X128;
  const growthOutput = zeroForOne ? before.feeGrowthGlobal1X128 : before.feeGrowthGlobal0X128;
  let communityFeeAmount = 0n;
  let pluginFeeAmount = 0n;
  do {
    const nextTick = zeroForOne
      ? (list.findLast((tick) => tick <= pool.tick) ?? MIN_TICK)
      : (list.find((tick) => tick > pool.tick) ?? MAX_TICK);
    const startX96 = pool.sqrtPriceX96;
    const nextTickX96 = getSqrtPriceAtTick(nextTick);
    const targetX96 = zeroForOne === nextTickX96 < limitX96 ? limitX96 : nextTickX96;
    const step = movePriceTowardsTarget(
      zeroForOne,
      startX96,
      targetX96,
      pool.liquidity,
      amountRequired,
      BigInt(fee),
    );
    if (step === undefined) return undefined;
    pool.sqrtPriceX96 = step.nextX96;
    const reached = step.nextX96 === nextTickX96;
    const { liquidity } = pool;
    steps.push({ moved: step.nextX96 !== startX96, reached, initialized: ticks.has(nextTick), liquidity });
    amountRequired += exactInput ? -(step.amountIn + step.feeAmount) : step.amountOut;
    amountCalculated += exactInput ? -step.amountOut : step.amountIn + step.feeAmount;
    let { feeAmount } = step;
    if (communityFee > 0n) {
      const delta = (feeAmount * communityFee) / COMMUNITY_FEE_DENOMINATOR;
      feeAmount -= delta;
      communityFeeAmount += delta;
    }
    if (pluginFee > 0 && fee > 0) {
      const delta = (feeAmount * BigInt(pluginFee)) / BigInt(fee);
      feeAmount -= delta;
      pluginFeeAmount += delta;
    }
    if (liquidity > 0n) growthInput = wrap(growthInput + (feeAmount * 2n ** 128n) / liquidity);
    if (reached) {
      const crossed = ticks.get(nextTick);
      if (crossed === undefined) throw new Error(`tick ${nextTick} is at an end of the list`);
      const growth0 = zeroForOne ? growthInput : growthOutput;
      const growth1 = zeroForOne ? growthOutput : growthInput;
      crossings.push(() => {
        ticks.set(nextTick, {
          ...crossed,
          feeGrowthOutside0X128: wrap(growth0 - crossed.feeGrowthOutside0X128),
          feeGrowthOutside1X128: wrap(growth1 - crossed.feeGrowthOutside1X128),
          secondsOutside: timestamp - crossed.secondsOutside,
        });
      });
      pool.liquidity += zeroForOne ? -crossed.liquidityNet : crossed.liquidityNet;
      pool.tick = zeroForOne ? nextTick - 1 : nextTick;
    } else if (pool.sqrtPriceX96 !== startX96) {
      pool.tick = getTickAtSqrtPrice(pool.sqrtPriceX96);
      break;
    }
  } while (amountRequired !== 0n && pool.sqrtPriceX96 !== limitX96);
  for (const cross of crossings) cross();
  if (zeroForOne) {
    pool.feeGrowthGlobal0X128 = growthInput;
    pool.protocolFees0 = BigInt.asUintN(128, pool.protocolFees0 + communityFeeAmount);
  } else {
    pool.feeGrowthGlobal1X128 = growthInput;
    pool.protocolFees1 = BigInt.asUintN(128, pool.protocolFees1 + communityFeeAmount);
  }
  const spent = amountSpecified - amountRequired;
  const [amount0, amount1] =
    zeroForOne === exactInput ? [spent, amountCalculated] : [amountCalculated, spent];
  const { sqrtPriceX96, tick, liquidity } = pool;
  const log = { fee, pluginFee, amount0, amount1, sqrtPriceX96, tick, liquidity };
  return { pool, log, protocolFee: communityFeeAmount, pluginFee: pluginFeeAmount, steps };
};

/** PriceMovementMath.movePriceTowardsTarget */
function movePriceTowardsTarget(
  zeroToOne: boolean,
  currentX96: bigint,
  targetX96: bigint,
  liquidity: bigint,
  amountAvailable: bigint,
  fee: bigint,
): Step | undefined {
  const inTo = (x96: bigint) =>
    (zeroToOne ? getAmount0Delta : getAmount1Delta)(currentX96, x96, liquidity, true);
  const outTo = (x96: bigint) =>
    (zeroToOne ? getAmount1Delta : getAmount0Delta)(currentX96, x96, liquidity, false);
  const feeOn = (input: bigint) => (input * fee + FEE_DENOMINATOR - fee - 1n) / (FEE_DENOMINATOR - fee);
  if (amountAvailable >= 0n) {
    const afterFee = (amountAvailable * (FEE_DENOMINATOR - fee)) / FEE_DENOMINATOR;
    const toTarget = inTo(targetX96);
    if (afterFee >= toTarget) {
      return {
        nextX96: targetX96,
        amountIn: toTarget,
        amountOut: outTo(targetX96),
        feeAmount: feeOn(toTarget),
      };
    }
    const nextX96 = getNextSqrtPriceFromInput(currentX96, liquidity, afterFee, zeroToOne);
    if (nextX96 === undefined) return undefined;
    const amountIn = inTo(nextX96);
    return { nextX96, amountIn, amountOut: outTo(nextX96), feeAmount: amountAvailable - amountIn };
  }
  let amountOut = outTo(targetX96);
  let nextX96: bigint | undefined = targetX96;
  if (-amountAvailable < amountOut) {
    nextX96 = getNextSqrtPriceFromOutput(currentX96, liquidity, -amountAvailable, zeroToOne);
    if (nextX96 === undefined) return undefined;
    if (targetX96 !== nextX96) amountOut = outTo(nextX96);
    if (amountOut > -amountAvailable) amountOut = -amountAvailable;
  }
  const amountIn = inTo(nextX96);
  return { nextX96, amountIn, amountOut, feeAmount: feeOn(amountIn) };
}
