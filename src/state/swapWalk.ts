import { getAmount0Delta, getAmount1Delta } from "../math/sqrtPriceMath.ts";
import { getFeeOnInput, getInputLessFee } from "../math/swapMath.ts";
import { endsOnFullFee, SwapDoesNotFitError, type SwapStep } from "./swapFit.ts";
import type { SwapStop } from "./swapPath.ts";
import type { FeeTerms, SwapRule } from "./swapRule.ts";
import type { InitializedTick } from "./tick.ts";

const ONE_IN_PIPS = 1_000_000n;

/** One step of a swap, as it is told to who watches its replay. */
export type ReplayedStep = {
  /** The tick that the pool was at in it: who is in range there gets its fee. */
  tick: number;
  fromX96: bigint;
  toX96: bigint;
  /** In range. */
  liquidity: bigint;
  /** The LPs' part of its fee, raw units of the input token. */
  feeLp: bigint;
  zeroForOne: boolean;
};

/** A swap under way. Growth and fees are those of its input token; of the output only flips need the growth. */
export type SwapWalk = {
  readonly zeroForOne: boolean;
  readonly rule: SwapRule;
  readonly terms: FeeTerms;
  readonly timestamp: number;
  readonly growthOutputX128: bigint;
  growthX128: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  remaining: bigint;
  amountOut: bigint;
  /** The last step so far. */
  last: SwapStep | undefined;
  /** Its fee is the one that follows from its input, not what was left of it. */
  onFullFee: boolean;
  feeLp: bigint;
  feeProtocol: bigint;
  feePlugin: bigint;
  readonly crossed: InitializedTick[];
  readonly onStep: ((step: ReplayedStep) => void) | undefined;
};

/** A step as far as a stop: its input and fee follow from the prices. */
export function stepTo(walk: SwapWalk, stop: SwapStop): void {
  const step = move(walk, stop.sqrtPriceX96);
  const { remaining, amountIn } = step;
  const feeAmount = getFeeOnInput(amountIn, walk.terms.fee);
  walk.remaining = remaining - amountIn - feeAmount;
  if (walk.remaining < 0n) {
    throw new SwapDoesNotFitError(
      `the step to tick ${stop.tick} takes ${amountIn + feeAmount} of the ${remaining} that are left`,
    );
  }
  credit(walk, step, amountIn, feeAmount);
  if (stop.initialized !== undefined) cross(walk, stop.initialized);
  walk.tick = walk.zeroForOne ? stop.tick - 1 : stop.tick;
}

/** The step that ends between two stops: what is left of the input beyond what moves the price is fee. */
export function takeLastStep(walk: SwapWalk, toX96: bigint): void {
  const { fee } = walk.terms;
  const step = move(walk, toX96);
  walk.onFullFee = endsOnFullFee(step, fee, walk.zeroForOne);
  walk.remaining = 0n;
  const { remaining } = step;
  // On a full fee both ways come to the same.
  const amountIn = walk.rule.lastFeeByRate ? getInputLessFee(remaining, fee) : step.amountIn;
  credit(walk, step, amountIn, remaining - amountIn);
}

function move(walk: SwapWalk, toX96: bigint): SwapStep {
  const { sqrtPriceX96: fromX96, liquidity, remaining, zeroForOne } = walk;
  const still = liquidity === 0n || fromX96 === toX96;
  // What comes in is rounded up, what goes out down.
  const amount0 = still ? 0n : getAmount0Delta(fromX96, toX96, liquidity, zeroForOne);
  const amount1 = still ? 0n : getAmount1Delta(fromX96, toX96, liquidity, !zeroForOne);
  const amountIn = zeroForOne ? amount0 : amount1;
  const amountOut = zeroForOne ? amount1 : amount0;
  if (amountIn > 0n && walk.terms.fee === ONE_IN_PIPS) {
    throw new SwapDoesNotFitError(
      `all of its input is fee, and ${amountIn} of it would have moved the price`,
    );
  }
  walk.last = { fromX96, toX96, liquidity, remaining, amountIn, amountOut };
  walk.sqrtPriceX96 = toX96;
  walk.amountOut += amountOut;
  return walk.last;
}

/** Step by step, to the liquidity of that step: the protocol's part and the growth are rounded down each time. */
function credit(walk: SwapWalk, step: SwapStep, amountIn: bigint, feeAmount: bigint): void {
  const { rule, terms, onStep } = walk;
  const toProtocol = terms.feeProtocol > 0n ? rule.toProtocol({ amountIn, feeAmount }, terms) : 0n;
  const toPlugin = terms.pluginFee > 0n ? rule.toPlugin(feeAmount - toProtocol, terms) : 0n;
  const toLps = feeAmount - toProtocol - toPlugin;
  if (toLps < 0n) {
    throw new SwapDoesNotFitError(`of a fee of ${feeAmount} ${toProtocol + toPlugin} would not be the LPs'`);
  }
  walk.feeProtocol += toProtocol;
  walk.feePlugin += toPlugin;
  walk.feeLp += toLps;
  if (walk.liquidity > 0n) {
    walk.growthX128 = BigInt.asUintN(256, walk.growthX128 + (toLps << 128n) / walk.liquidity);
  }
  if (onStep === undefined) return;
  const { fromX96, toX96, liquidity } = step;
  onStep({ tick: walk.tick, fromX96, toX96, liquidity, feeLp: toLps, zeroForOne: walk.zeroForOne });
}

/** Mirrors Tick.cross: each growth outside becomes that of the other side. */
function cross(walk: SwapWalk, state: InitializedTick): void {
  const growth0X128 = walk.zeroForOne ? walk.growthX128 : walk.growthOutputX128;
  const growth1X128 = walk.zeroForOne ? walk.growthOutputX128 : walk.growthX128;
  walk.crossed.push({
    ...state,
    feeGrowthOutside0X128: BigInt.asUintN(256, growth0X128 - state.feeGrowthOutside0X128),
    feeGrowthOutside1X128: BigInt.asUintN(256, growth1X128 - state.feeGrowthOutside1X128),
    secondsOutside: walk.timestamp - state.secondsOutside,
  });
  const liquidity = walk.liquidity + (walk.zeroForOne ? -state.liquidityNet : state.liquidityNet);
  if (liquidity < 0n) {
    throw new SwapDoesNotFitError(
      `crossing tick ${state.tick} takes liquidity ${walk.liquidity} to ${liquidity}`,
    );
  }
  walk.liquidity = liquidity;
}
