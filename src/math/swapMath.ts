import { mulDiv, mulDivRoundingUp } from "./fullMath.ts";

const ONE_IN_PIPS = 1_000_000n;

/**
 * The fee on an input that ran out neither of itself nor before its target, in raw units, rounded up. Mirrors the
 * closed form of SwapMath.computeSwapStep. `fee` in pips, at most 10^6, with which no input but 0 gets that far.
 * Example: `getFeeOnInput(997n, 3000n)` is `3n`.
 */
export function getFeeOnInput(amountIn: bigint, fee: bigint): bigint {
  if (amountIn === 0n) return 0n;
  return mulDivRoundingUp(amountIn, fee, ONE_IN_PIPS - fee);
}

/**
 * What of a remaining input can move the price, in raw units, rounded down. Mirrors SwapMath.computeSwapStep.
 * `fee` in pips, at most 10^6. Example: `getInputLessFee(1000n, 3000n)` is `997n`.
 */
export function getInputLessFee(amountRemaining: bigint, fee: bigint): bigint {
  return mulDiv(amountRemaining, ONE_IN_PIPS - fee, ONE_IN_PIPS);
}
