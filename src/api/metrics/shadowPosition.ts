import { getAmount0Delta, getAmount1Delta } from "../../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import type { ReplayedStep } from "../../state/swapWalk.ts";

/** A position that is followed through a pool's history, with the fees of one unit of its liquidity, X128, so far. */
export type ShadowPosition = {
  readonly tickLower: number;
  readonly tickUpper: number;
  readonly lowerX96: bigint;
  readonly upperX96: bigint;
  /** It was not there, and would have had its share of what the pool's own liquidity earned; else it is part of that. */
  readonly beside: boolean;
  liquidity: bigint;
  growth0X128: bigint;
  growth1X128: bigint;
};

export function openShadow(
  range: { tickLower: number; tickUpper: number },
  liquidity: bigint,
  beside: boolean,
): ShadowPosition {
  const { tickLower, tickUpper } = range;
  const [lowerX96, upperX96] = [getSqrtPriceAtTick(tickLower), getSqrtPriceAtTick(tickUpper)];
  const range01 = { tickLower, tickUpper, lowerX96, upperX96 };
  return { ...range01, beside, liquidity, growth0X128: 0n, growth1X128: 0n };
}

/**
 * What a step of a swap earns a unit of its liquidity: the step's LP fee over the pool's liquidity L, or over L + l of a
 * position of l beside it, with the path of the price as it was. Of a step that is in the range in part, the part of its
 * input that moved the price there. X128, rounded down step by step, as the contract keeps growth.
 * Example: a step with a fee of 30 and liquidity 2 earns a position of 1 beside it 10, one that is part of it 15.
 */
export function earnStep(shadow: ShadowPosition, step: ReplayedStep): void {
  const { feeLp, liquidity } = step;
  if (feeLp === 0n || liquidity === 0n) return;
  const { part, whole } = partInRange(shadow, step);
  if (part === 0n) return;
  const divisor = shadow.beside ? liquidity + shadow.liquidity : liquidity;
  const growthX128 = ((feeLp << 128n) * part) / (whole * divisor);
  if (step.zeroForOne) shadow.growth0X128 += growthX128;
  else shadow.growth1X128 += growthX128;
}

/** What its liquidity consists of at a price, raw, rounded down: as a burn pays it. */
export function shadowAmounts(
  { lowerX96, upperX96, liquidity }: ShadowPosition,
  sqrtPriceX96: bigint,
): { amount0: bigint; amount1: bigint } {
  const at = sqrtPriceX96 < lowerX96 ? lowerX96 : sqrtPriceX96 > upperX96 ? upperX96 : sqrtPriceX96;
  return {
    amount0: getAmount0Delta(at, upperX96, liquidity, false),
    amount1: getAmount1Delta(lowerX96, at, liquidity, false),
  };
}

/** Its fees so far, raw, rounded down: as of a liquidity that was the same all the time. */
export function shadowFees({ liquidity, growth0X128, growth1X128 }: ShadowPosition): {
  amount0: bigint;
  amount1: bigint;
} {
  return { amount0: (growth0X128 * liquidity) >> 128n, amount1: (growth1X128 * liquidity) >> 128n };
}

/** Input is as the change of 1 / sqrt(P) in token0, and as that of sqrt(P) in token1. */
function partInRange(
  { tickLower, tickUpper, lowerX96, upperX96 }: ShadowPosition,
  { tick, fromX96, toX96, zeroForOne }: ReplayedStep,
): { part: bigint; whole: bigint } {
  if (fromX96 === toX96) return { part: tickLower <= tick && tick < tickUpper ? 1n : 0n, whole: 1n };
  const [low, high] = fromX96 < toX96 ? [fromX96, toX96] : [toX96, fromX96];
  if (lowerX96 <= low && high <= upperX96) return { part: 1n, whole: 1n };
  const from = low > lowerX96 ? low : lowerX96;
  const to = high < upperX96 ? high : upperX96;
  if (from >= to) return { part: 0n, whole: 1n };
  if (!zeroForOne) return { part: to - from, whole: high - low };
  return { part: (to - from) * high * low, whole: (high - low) * to * from };
}
