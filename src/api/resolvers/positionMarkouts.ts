import type { ApiContext } from "../context.ts";
import type { MarkoutSums } from "../metrics/markout.ts";
import { openPlayback, type Playback } from "../metrics/playback.ts";
import { settleMarkouts, sumMarkouts } from "../metrics/playedMarkouts.ts";
import { PairSupplyError } from "../metrics/playedPair.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { isPair } from "../metrics/protocol.ts";
import { openShadow } from "../metrics/shadowPosition.ts";
import type { Window } from "../metrics/windowStart.ts";
import { blockAtNumber } from "../queries/blocks.ts";
import { findPastPool } from "../queries/pastPools.ts";
import { poolKey } from "../queries/poolKey.ts";
import { positionKey } from "../queries/positionPage.ts";
import type { PositionAt } from "../queries/positions.ts";
import { everyTick } from "../queries/ticks.ts";
import type { Tip } from "../queries/tips.ts";
import { playedPool, playHistory, requirePlayable, unpricedPool } from "./playHistory.ts";

const NOTHING_COUNTED = { swaps: 0, mints: 0, burns: 0 };

/** What a position gained by the swaps of a window, which are played for it; null where that is not known, or too long. */
export async function positionMarkouts(
  position: PositionAt,
  window: Window,
  horizon: number,
  context: ApiContext,
): Promise<MarkoutSums | null> {
  const { row, pool } = position;
  const isLong = window === "MONTH" || window === "ALL";
  if (isLong || !feesKnown(pool.row) || pool.row.sqrtPriceX96 === null) return null;
  const start = await startOf(position, window, context);
  const { from, liquidity } = start;
  if (liquidity === 0n && row.closedTimestamp !== null && row.closedTimestamp < from.timestamp) return null;
  const playback = await openedAt(position, start, horizon, context);
  const { tip } = pool;
  try {
    await playHistory(playback, row, { afterBlock: from.number, toBlock: tip.number }, context);
  } catch (error) {
    if (error instanceof PairSupplyError) return null;
    throw error;
  }
  settleMarkouts(playback.markouts, tip.timestamp + 1, playback.pool.sqrtPriceX96);
  return sumMarkouts(playback.markouts);
}

type Start = { from: { number: number; timestamp: number }; tip: Tip | null; liquidity: bigint };

/** The last block before the window, or before the position was opened in it. */
async function startOf({ row, pool, page }: PositionAt, window: Window, { ask }: ApiContext): Promise<Start> {
  const edge = (await pool.page.before(ask, window)).get(poolKey(row));
  const before = (await page.before(ask, window)).get(positionKey(row));
  const liquidity = before?.row.liquidity ?? 0n;
  if (before !== undefined && edge?.block != null) return { from: edge.block, tip: edge.block, liquidity };
  const tip = await ask((snapshot) => blockAtNumber(snapshot, row.chainId, row.openedBlock - 1));
  return { from: tip ?? { number: 0, timestamp: 0 }, tip, liquidity };
}

async function openedAt(
  { row, pool }: PositionAt,
  { from, tip, liquidity }: Start,
  horizon: number,
  { ask }: ApiContext,
): Promise<Playback> {
  const then = tip && (await ask((snapshot) => findPastPool(snapshot, tip, row)));
  requirePlayable(then?.row ?? NOTHING_COUNTED, pool.row);
  const shadow = openShadow(row, liquidity, false);
  const { positionId } = row;
  const [sqrtPriceX96, tick] = [then?.row.sqrtPriceX96 ?? null, then?.row.tick ?? null];
  if (then == null || sqrtPriceX96 === null || tick === null) {
    return openPlayback({ pool: unpricedPool(pool.row), shadow, positionId }, from, horizon);
  }
  const ticks = isPair(row) ? [] : await ask((snapshot) => everyTick(snapshot, row, then.tip.number));
  const played = playedPool({ ...then.row, sqrtPriceX96, tick }, ticks);
  return openPlayback({ pool: played, shadow, positionId }, from, horizon);
}
