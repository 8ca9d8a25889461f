import { LostLogError } from "../../state/lostLog.ts";
import { type ReplayedSwap, replaySwap } from "../../state/replaySwap.ts";
import { swapRuleOf } from "../../state/swapRule.ts";
import type { ReplayedStep } from "../../state/swapWalk.ts";
import { NegativeLiquidityError } from "../../state/tick.ts";
import { type PlayedPair, takePairSwap } from "./playedPair.ts";
import { changeTicks, type RangeChange, type TickBook, ticksBetween } from "./tickBook.ts";

/** A pool somewhere in its history. `tickSpacing`: of the bitmap that its ticks are kept in. */
export type PlayedPool = {
  readonly protocol: string;
  readonly tickSpacing: number;
  readonly ticks: TickBook;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  /** Null unless it is a v2 pair. */
  readonly pair: PlayedPair | null;
};

/** A swap as it is kept: amounts are changes of the pool's balance, price, tick and liquidity those after it. */
export type RecordedSwap = {
  blockNumber: number;
  logIndex: number;
  amount0: bigint;
  amount1: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  fee: number | null;
  pluginFee: number;
  protocolFeeSetting: number;
  feeLp: bigint | null;
  feeProtocol: bigint | null;
};

const NO_GROWTH = {
  ...{ feeGrowthGlobal0X128: 0n, feeGrowthGlobal1X128: 0n, protocolFees0: 0n, protocolFees1: 0n },
};

/**
 * Takes a pool through one of its swaps and tells of each step (metrics.md 5.4): its log fixes the path, so this is how
 * it went and no model of it. Of a v2 pair, which has met it, a swap is one step. Throws a LostLogError where the swap
 * does not follow from the pool, or its fees are not those that were found when it was indexed.
 * Example: swap S1 of metrics.md 5.10 is a step of no length to the edge of a word and two that move the price.
 */
export function playSwap(pool: PlayedPool, swap: RecordedSwap, onStep: (step: ReplayedStep) => void): void {
  const { fee, feeLp } = swap;
  if (fee === null || feeLp === null) throw new UnknownSwapFeeError(swap);
  const { pair } = pool;
  if (pair !== null) onStep(pairStep(pool, pair, swap, feeLp));
  else requireSame(swap, replay(pool, { ...swap, fee }, onStep));
  pool.sqrtPriceX96 = swap.sqrtPriceX96;
  pool.tick = swap.tick;
  pool.liquidity = swap.liquidity;
}

/** Liquidity that came into a range (`liquidityDelta` > 0) or left it. */
export function playChange(pool: PlayedPool, change: RangeChange): void {
  changeTicks(pool.ticks, change);
  if (pool.tick < change.tickLower || pool.tick >= change.tickUpper) return;
  const liquidity = pool.liquidity + change.liquidityDelta;
  if (liquidity < 0n) throw new NegativeLiquidityError(pool.liquidity, change.liquidityDelta);
  pool.liquidity = liquidity;
}

function replay(
  pool: PlayedPool,
  swap: RecordedSwap & { fee: number },
  onStep: (step: ReplayedStep) => void,
): ReplayedSwap {
  const { tickSpacing, sqrtPriceX96, tick, liquidity } = pool;
  const settings = { feeProtocol0: swap.protocolFeeSetting, feeProtocol1: swap.protocolFeeSetting };
  const before = { tickSpacing, sqrtPriceX96, tick, liquidity, ...settings, ...NO_GROWTH };
  const ticks = ticksBetween(pool.ticks, tick, swap.tick);
  return replaySwap(swapRuleOf(pool.protocol), before, ticks, swap, 0, onStep);
}

function requireSame(swap: RecordedSwap, { feeLp, feeProtocol }: ReplayedSwap): void {
  if (feeLp === swap.feeLp && feeProtocol === swap.feeProtocol) return;
  throw new ReplayedFeeMismatchError(swap, { feeLp, feeProtocol });
}

/** All of it in one: over all prices, with the fee that is kept of it. */
function pairStep(pool: PlayedPool, pair: PlayedPair, swap: RecordedSwap, feeLp: bigint): ReplayedStep {
  const { tick, sqrtPriceX96: fromX96, liquidity } = pool;
  takePairSwap(pair, swap);
  return { tick, fromX96, toX96: swap.sqrtPriceX96, liquidity, feeLp, zeroForOne: swap.amount0 > 0n };
}

export class UnknownSwapFeeError extends LostLogError {
  override readonly name = "UnknownSwapFeeError";

  constructor({ blockNumber, logIndex }: RecordedSwap) {
    super(`the fee of the swap at log ${logIndex} of block ${blockNumber} is not known`);
  }
}

export class ReplayedFeeMismatchError extends LostLogError {
  override readonly name = "ReplayedFeeMismatchError";

  constructor(swap: RecordedSwap, found: { feeLp: bigint; feeProtocol: bigint }) {
    super(
      `the swap at log ${swap.logIndex} of block ${swap.blockNumber} paid LPs ${swap.feeLp} and the protocol ${swap.feeProtocol}, ` +
        `played again ${found.feeLp} and ${found.feeProtocol}: a change of liquidity before it is missing`,
    );
  }
}
