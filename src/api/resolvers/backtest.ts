import type { ApiContext } from "../context.ts";
import { lvrX128At, openPlayback, type Playback, secondsInRangeAt } from "../metrics/playback.ts";
import { settleMarkouts, sumMarkouts } from "../metrics/playedMarkouts.ts";
import { isPair } from "../metrics/protocol.ts";
import { openShadow, shadowFees } from "../metrics/shadowPosition.ts";
import { blocksBefore } from "../queries/historyBlocks.ts";
import { findPool, type PoolAt } from "../queries/pools.ts";
import { everyTick } from "../queries/ticks.ts";
import type { Tip } from "../queries/tips.ts";
import { type AdverseSelection, adverseSelectionOf } from "./adverseSelection.ts";
import type { Amounts } from "./amounts.ts";
import { backtestPoint } from "./backtestPoint.ts";
import {
  type BacktestArgs,
  type Course,
  courseOf,
  type Purchase,
  purchase,
  requireRange,
} from "./backtestTerms.ts";
import { intervalsOf } from "./intervals.ts";
import { playedPool, playHistory, requirePlayable } from "./playHistory.ts";
import type { PositionPoint } from "./positionHistory.ts";
import { requireChain } from "./requireChain.ts";
import type { Standing } from "./standing.ts";

const HORIZON = 300;
const MOST = 500;

type Backtest = {
  liquidity: bigint;
  fees: Amounts;
  impermanentLoss: Standing;
  pnl: Standing;
  timeInRange: number;
  adverseSelection: AdverseSelection;
  history: PositionPoint[];
};

/** A position that never was, over the recorded swaps; null for a pool that is not indexed. */
export async function backtest(
  _: unknown,
  args: BacktestArgs,
  context: ApiContext,
): Promise<Backtest | null> {
  requireChain(args.chainId, context);
  const tips = await context.tips();
  const pool = await context.ask((snapshot) => findPool(snapshot, tips, args));
  if (pool === null) return null;
  const course = await courseOf(pool, args, context);
  const { start, end } = course;
  requireRange(start, args);
  const bought = purchase(start, args);
  requirePlayable(start.row, end.row);
  const terms = { tip: end.tip, since: start.tip.timestamp, usual: MOST, most: MOST };
  const { ends } = intervalsOf(args, terms);
  const marks = await context.ask((snapshot) => blocksBefore(snapshot, end.tip, ends));
  return play(course, bought, args, marks, context);
}

async function play(
  { start, end }: Course,
  bought: Purchase,
  args: BacktestArgs,
  marks: readonly Tip[],
  context: ApiContext,
): Promise<Backtest> {
  const playback = await openedAt(start, bought, args, context);
  const history: PositionPoint[] = [];
  const book = { start, end, bought, playback };
  const span = { afterBlock: start.tip.number, toBlock: end.tip.number };
  await playHistory(playback, args, span, context, marks, (index) => {
    const tip = marks[index];
    if (tip !== undefined) history.push(backtestPoint(book, tip));
  });
  const { standing } = backtestPoint(book, end.tip);
  return {
    liquidity: bought.liquidity,
    fees: { ...shadowFees(playback.shadow), pair: standing.pair },
    ...{ impermanentLoss: standing, pnl: standing },
    timeInRange: timeInRange(playback, start.tip, end.tip),
    adverseSelection: selectionOf(playback, end),
    history,
  };
}

async function openedAt(
  { row, tip }: PoolAt,
  { liquidity, sqrtPriceX96, tick }: Purchase,
  args: BacktestArgs,
  { ask }: ApiContext,
): Promise<Playback> {
  const ticks = isPair(row) ? [] : await ask((snapshot) => everyTick(snapshot, args, tip.number));
  const pool = playedPool({ ...row, sqrtPriceX96, tick }, ticks);
  const shadow = openShadow(args, liquidity, true);
  return openPlayback({ pool, shadow, positionId: null }, tip, HORIZON);
}

/** As of the end: markouts need the price of a time that has come by then. */
function selectionOf(playback: Playback, end: PoolAt): AdverseSelection {
  const accrued = { lvrX128: lvrX128At(playback), ...shadowFees(playback.shadow) };
  settleMarkouts(playback.markouts, end.tip.timestamp + 1, playback.pool.sqrtPriceX96);
  return adverseSelectionOf(end, accrued, HORIZON, () => Promise.resolve(sumMarkouts(playback.markouts)));
}

/** By the tick after each block; of no time at all, whether it is in range then. */
function timeInRange(playback: Playback, start: Tip, end: Tip): number {
  const seconds = end.timestamp - start.timestamp;
  if (seconds > 0) return secondsInRangeAt(playback, end.timestamp) / seconds;
  const { pool, shadow } = playback;
  return shadow.tickLower <= pool.tick && pool.tick < shadow.tickUpper ? 1 : 0;
}
