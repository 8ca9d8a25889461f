import {
  getAmount0Delta,
  getAmount1Delta,
  getNextSqrtPriceFromInput,
  getNextSqrtPriceFromOutput,
} from "../../src/math/sqrtPriceMath.ts";
import { type Step, type SwapOnContract, swapOnBitmap } from "./contractSwap.ts";

const MAX_SWAP_FEE = 1_000_000n;
const INT128 = 2n ** 127n;

/** Pool.swap of v4-core, with amounts as changes of the pool's balance. */
export const swapOnUniswapV4: SwapOnContract = (before, ticks, order, timestamp) => {
  const { amountSpecified, fee } = order;
  // InvalidFeeForExactOut
  if (fee >= MAX_SWAP_FEE && amountSpecified < 0n) return undefined;
  if (amountSpecified === 0n) {
    const { sqrtPriceX96, tick, liquidity } = before;
    const log = { fee, pluginFee: 0, amount0: 0n, amount1: 0n, sqrtPriceX96, tick, liquidity };
    return { pool: { ...before }, log, protocolFee: 0n, pluginFee: 0n, steps: [] };
  }
  const swapped = swapOnBitmap({ computeSwapStep, protocolPart }, before, new Map(ticks), order, timestamp);
  if (swapped === undefined) return undefined;
  // toBalanceDelta
  if ([swapped.log.amount0, swapped.log.amount1].some((amount) => amount >= INT128 || amount < -INT128)) {
    return undefined;
  }
  return swapOnBitmap({ computeSwapStep, protocolPart }, before, ticks, order, timestamp);
};

/** ProtocolFeeLibrary.calculateSwapFee */
export function calculateSwapFee(protocolFee: number, lpFee: number): number {
  return protocolFee + lpFee - Math.floor((protocolFee * lpFee) / 1_000_000);
}

function protocolPart({ amountIn, feeAmount }: Step, protocolFee: bigint, swapFee: bigint): bigint {
  return swapFee === protocolFee ? feeAmount : ((amountIn + feeAmount) * protocolFee) / 1_000_000n;
}

/** SwapMath.computeSwapStep; exact input is above 0 here. */
function computeSwapStep(
  currentX96: bigint,
  targetX96: bigint,
  liquidity: bigint,
  amountRemaining: bigint,
  feePips: bigint,
): Step | undefined {
  const zeroForOne = currentX96 >= targetX96;
  const inTo = (x96: bigint) =>
    (zeroForOne ? getAmount0Delta : getAmount1Delta)(currentX96, x96, liquidity, true);
  const outTo = (x96: bigint) =>
    (zeroForOne ? getAmount1Delta : getAmount0Delta)(currentX96, x96, liquidity, false);
  if (amountRemaining > 0n) {
    const lessFee = (amountRemaining * (MAX_SWAP_FEE - feePips)) / MAX_SWAP_FEE;
    const amountIn = inTo(targetX96);
    if (lessFee >= amountIn) {
      const feeAmount = feePips === MAX_SWAP_FEE ? amountIn : feeOn(amountIn, feePips);
      return { nextX96: targetX96, amountIn, amountOut: outTo(targetX96), feeAmount };
    }
    const nextX96 = getNextSqrtPriceFromInput(currentX96, liquidity, lessFee, zeroForOne);
    if (nextX96 === undefined) return undefined;
    const feeAmount = amountRemaining - lessFee;
    return { nextX96, amountIn: lessFee, amountOut: outTo(nextX96), feeAmount };
  }
  let nextX96: bigint | undefined = targetX96;
  let amountOut = outTo(targetX96);
  if (-amountRemaining < amountOut) {
    amountOut = -amountRemaining;
    nextX96 = getNextSqrtPriceFromOutput(currentX96, liquidity, amountOut, zeroForOne);
    if (nextX96 === undefined) return undefined;
  }
  const amountIn = inTo(nextX96);
  return { nextX96, amountIn, amountOut, feeAmount: feeOn(amountIn, feePips) };
}

/** FullMath.mulDivRoundingUp(amountIn, _feePips, MAX_SWAP_FEE - _feePips) */
function feeOn(amountIn: bigint, feePips: bigint): bigint {
  const product = amountIn * feePips;
  const denominator = MAX_SWAP_FEE - feePips;
  return product / denominator + (product % denominator > 0n ? 1n : 0n);
}
