import { setImmediate } from "node:timers/promises";
import { MulDivOverflowError } from "../../math/fullMath.ts";
import { LostLogError } from "../../state/lostLog.ts";
import type { PairSupply } from "../../state/pairPool.ts";
import { uninitializedPool } from "../../state/pool.ts";
import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { type Playback, type PlayedEvent, playEvent } from "../metrics/playback.ts";
import type { PlayedPair } from "../metrics/playedPair.ts";
import type { PlayedPool } from "../metrics/playedPool.ts";
import { isPair } from "../metrics/protocol.ts";
import { type BookedTick, openTickBook } from "../metrics/tickBook.ts";
import type { PoolKey } from "../queries/poolKey.ts";
import type { PoolRow } from "../queries/pools.ts";
import { type BlockSpan, recordedEvents } from "../queries/recordedEvents.ts";

const MAX_SWAPS = 200_000;
const MAX_CHANGES = 100_000;
/** Under the deadline of an operation, after which nobody waits for the answer. */
const MAX_MILLISECONDS = 12_000;

type Counted = { swaps: number; mints: number; burns: number };

/** Throws TOO_COMPLEX for more history than is played at a time, which the pool's counters tell. */
export function requirePlayable(before: Counted, after: Counted): void {
  const swaps = after.swaps - before.swaps;
  if (swaps > MAX_SWAPS) throw tooLong(`${swaps} swaps`, MAX_SWAPS);
  const changes = after.mints + after.burns - before.mints - before.burns;
  if (changes > MAX_CHANGES) throw tooLong(`${changes} changes of liquidity`, MAX_CHANGES);
}

/**
 * Plays the blocks of a span, some thousand events at a time: whatever else the process does has its turn in between,
 * but on PGlite the writing of blocks, which waits for the answer (see createSnapshots). `tips`, oldest first: `onTip` is
 * told when all up to each of them has been played. Throws an ApiError where the history does not play to what was
 * recorded, and where it takes too long.
 */
export async function playHistory(
  playback: Playback,
  pool: PoolKey,
  span: BlockSpan,
  { ask }: Pick<ApiContext, "ask">,
  tips: readonly { number: number }[] = [],
  onTip: (index: number) => void = () => undefined,
): Promise<void> {
  let next = 0;
  const reach = (blockNumber: number) => {
    for (let tip = tips[next]; tip !== undefined && tip.number < blockNumber; tip = tips[next]) onTip(next++);
  };
  const began = performance.now();
  for await (const events of recordedEvents(ask, pool, span, playback.pool.pair !== null)) {
    if (performance.now() - began > MAX_MILLISECONDS) throw tookTooLong();
    for (const event of events) {
      reach(event.blockNumber);
      playOrRefuse(playback, event);
    }
    await setImmediate();
  }
  reach(span.toBlock + 1);
}

/** A pool as of the block that it is played from, with all of its initialised ticks then. */
export function playedPool(
  row: PoolRow & { sqrtPriceX96: bigint; tick: number },
  ticks: readonly BookedTick[],
): PlayedPool {
  const { protocol, sqrtPriceX96, tick, liquidity } = row;
  // Algebra's ticks are a list, without a bitmap that a spacing would matter to.
  const tickSpacing = row.tickSpacing ?? 1;
  const pair = isPair(row) ? playedPair(row) : null;
  return { protocol, tickSpacing, ticks: openTickBook(ticks), sqrtPriceX96, tick, liquidity, pair };
}

/** One that is played from before its first price, which its first event then tells. */
export function unpricedPool({ protocol, tickSpacing }: PoolRow): PlayedPool {
  const pair = isPair({ protocol }) ? playedPair(uninitializedPool) : null;
  const nothing = { sqrtPriceX96: 0n, tick: 0, liquidity: 0n, pair };
  return { protocol, tickSpacing: tickSpacing ?? 1, ticks: openTickBook([]), ...nothing };
}

function playedPair({ balance0, balance1, shares, kLast, feeOn }: PairSupply): PlayedPair {
  return { balance0, balance1, shares, kLast, feeOn, swapped: false };
}

function playOrRefuse(playback: Playback, event: PlayedEvent): void {
  try {
    playEvent(playback, event);
  } catch (error) {
    if (!(error instanceof LostLogError || error instanceof MulDivOverflowError)) throw error;
    throw new ApiError(
      "INTERNAL",
      `The recorded history does not play again in block ${event.blockNumber}, so there is no figure to give: ${error.message}.`,
    );
  }
}

function tooLong(what: string, most: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The pool has ${what} in this time, more than the ${most} that are played again at a time: ask for less time.`,
  );
}

function tookTooLong(): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `Playing the pool's history took more than ${MAX_MILLISECONDS / 1_000} seconds: ask for less time, or when less is going on.`,
  );
}
