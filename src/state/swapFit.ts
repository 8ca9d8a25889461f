import { getNextSqrtPriceFromInput, getNextSqrtPriceFromOutput } from "../math/sqrtPriceMath.ts";
import { getFeeOnInput, getInputLessFee } from "../math/swapMath.ts";
import { MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../math/tickMath.ts";
import { LostLogError } from "./lostLog.ts";

type SwapAmounts = { amount0: bigint; amount1: bigint; sqrtPriceX96: bigint };

/** One step of the contract, with what was left of the whole input before it, fee included. */
export type SwapStep = {
  fromX96: bigint;
  toX96: bigint;
  liquidity: bigint;
  remaining: bigint;
  amountIn: bigint;
  /** As the prices say; an asked-for output may have cut it short. */
  amountOut: bigint;
};

/**
 * Which way a swap went, by its input; a swap through prices without liquidity moves no tokens and goes the way of
 * its price. Throws if amounts and price contradict each other. One that moved neither tokens nor price throws unless
 * it `mayStandStill`; it then has no way, and the answer is `false`.
 * Example: `directionOf(2n ** 96n, { amount0: 5n, amount1: -4n, sqrtPriceX96: 2n ** 95n }, false)` is `true`.
 */
export function directionOf(
  fromX96: bigint,
  { amount0, amount1, sqrtPriceX96 }: SwapAmounts,
  mayStandStill: boolean,
): boolean {
  const noAmounts = amount0 === 0n && amount1 === 0n;
  const zeroForOne = noAmounts ? sqrtPriceX96 < fromX96 : amount0 > 0n;
  const [input, output] = zeroForOne ? [amount0, amount1] : [amount1, amount0];
  const stood = sqrtPriceX96 === fromX96;
  const isNone = noAmounts && stood && !mayStandStill;
  if ((input <= 0n && !noAmounts) || output > 0n || isNone) {
    throw new SwapDoesNotFitError(
      `amounts ${amount0} and ${amount1} with price ${fromX96} to ${sqrtPriceX96}`,
    );
  }
  if (!stood && zeroForOne !== sqrtPriceX96 < fromX96) {
    throw new SwapDoesNotFitError(
      `amounts ${amount0} and ${amount1} move the price from ${fromX96} the other way, to ${sqrtPriceX96}`,
    );
  }
  // The contract lets no limit be the lowest price itself.
  if (
    sqrtPriceX96 < MIN_SQRT_PRICE ||
    sqrtPriceX96 >= MAX_SQRT_PRICE ||
    (zeroForOne && sqrtPriceX96 === MIN_SQRT_PRICE)
  ) {
    throw new SwapDoesNotFitError(`price ${sqrtPriceX96} is none that a swap can end at`);
  }
  return zeroForOne;
}

/**
 * Whether the fee of a swap's last step is the one that follows from its input, as for a swap that stopped at its
 * limit or had all the output it asked for. Else the input ran out, the price is where what was left less the fee
 * rate takes it, and all the rest is fee. Throws if it is neither. Mirrors SwapMath.computeSwapStep.
 */
export function endsOnFullFee(step: SwapStep, fee: bigint, zeroForOne: boolean): boolean {
  const { fromX96, toX96, liquidity, remaining, amountIn } = step;
  const feeAmount = remaining - amountIn;
  if (feeAmount < 0n) {
    throw new SwapDoesNotFitError(`its last step takes ${amountIn} of the ${remaining} that are left`);
  }
  if (feeAmount === getFeeOnInput(amountIn, fee)) return true;
  const reached = getNextSqrtPriceFromInput(fromX96, liquidity, getInputLessFee(remaining, fee), zeroForOne);
  if (reached === toX96) return false;
  throw new SwapDoesNotFitError(
    `${remaining} take the price from ${fromX96} to ${reached ?? "none"} with liquidity ${liquidity}, not to ${toX96}`,
  );
}

/**
 * Holds the output that was paid against that of the steps, `expected` in all. An exact output that ran out within the
 * last step is paid as asked, and the price is rounded to pay at least that; nothing else pays less than its steps.
 */
export function requireOutput(
  paid: bigint,
  expected: bigint,
  last: SwapStep,
  onFullFee: boolean,
  zeroForOne: boolean,
): void {
  if (paid === expected) return;
  const asked = paid - (expected - last.amountOut);
  if (onFullFee && asked > 0n && asked < last.amountOut) {
    const reached = getNextSqrtPriceFromOutput(last.fromX96, last.liquidity, asked, zeroForOne);
    if (reached === last.toX96) return;
  }
  throw new SwapDoesNotFitError(`it paid ${paid}, its steps pay ${expected}`);
}

export class SwapDoesNotFitError extends LostLogError {
  override readonly name = "SwapDoesNotFitError";

  constructor(what: string) {
    super(`a swap does not fit its pool: ${what}. A log of the pool before it is missing, doubled or false`);
  }
}
