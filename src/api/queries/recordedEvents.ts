import { and, asc, eq, inArray, lte, ne, sql } from "drizzle-orm";
import { liquidityEvent, position, swap } from "../../../ponder.schema.ts";
import type { Ask } from "../lazy.ts";
import type { PlayedEvent } from "../metrics/playback.ts";
import type { RecordedSwap } from "../metrics/playedPool.ts";
import type { Snapshot } from "../snapshot.ts";
import { pairEventsBetween } from "./pairEvents.ts";
import { isAfter, isUpTo, LAST_LOG, type Place } from "./place.ts";
import type { PoolKey } from "./poolKey.ts";

/** The blocks after one and up to another. */
export type BlockSpan = { afterBlock: number; toBlock: number };

type PlayedSwap = Extract<PlayedEvent, { kind: "SWAP" }>;
type PlacedChange = Place & { event: PlayedEvent };

const SWAPS_A_PAGE = 5_000;

/** What moved a pool in a span of blocks, in the order of the chain, some thousand events at a time. */
export async function* recordedEvents(
  ask: Ask,
  pool: PoolKey,
  { afterBlock, toBlock }: BlockSpan,
  ofPair: boolean,
): AsyncGenerator<readonly PlayedEvent[]> {
  let after: Place = { blockNumber: afterBlock, logIndex: LAST_LOG };
  for (;;) {
    const swaps = await ask((snapshot) => pageOfSwaps(snapshot, pool, after, toBlock));
    const last = swaps.length < SWAPS_A_PAGE ? undefined : swaps.at(-1)?.swap;
    const upTo = last ?? { blockNumber: toBlock, logIndex: LAST_LOG };
    const between = ofPair ? pairEventsBetween : changesBetween;
    const changes = await ask((snapshot) => between(snapshot, pool, after, upTo));
    yield merge(swaps, changes);
    if (last === undefined) return;
    after = last;
  }
}

/** As one text, a line a swap: row by row, to be decoded column by column, they would cost five times as much. */
async function pageOfSwaps(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  toBlock: number,
): Promise<PlayedSwap[]> {
  const isPools = and(eq(swap.chainId, chainId), eq(swap.poolId, poolId));
  const page = snapshot
    .select({ line: sql`concat_ws(' ', ${LINE})`.as("line"), number: swap.blockNumber, log: swap.logIndex })
    .from(swap)
    .where(and(isPools, isAfter(swap, after), lte(swap.blockNumber, toBlock)))
    .orderBy(asc(swap.blockNumber), asc(swap.logIndex))
    .limit(SWAPS_A_PAGE)
    .as("page");
  const [row] = await snapshot
    .select({
      lines: sql<string | null>`string_agg(${page.line}, ${"\n"} order by ${page.number}, ${page.log})`,
    })
    .from(page);
  return row?.lines == null ? [] : row.lines.split("\n").map(readSwap);
}

/** What may be null comes last, each as an empty word: `concat_ws` leaves a null out. */
const LINE = sql.join(
  [
    ...[swap.blockNumber, swap.logIndex, swap.timestamp, swap.amount0, swap.amount1, swap.sqrtPriceX96],
    ...[swap.tick, swap.liquidity, swap.pluginFee, swap.protocolFeeSetting],
    ...[swap.fee, swap.feeLp, swap.feeProtocol].map((column) => sql`coalesce(${column}::text, '')`),
  ],
  sql`, `,
);

/** Its words are those of LINE, so none is missing. */
function readSwap(line: string): PlayedSwap {
  const words = line.split(" ");
  const [block, log, time, amount0 = "", amount1 = "", price = "", tick, liquidity = "", ...terms] = words;
  const [pluginFee, setting, fee, feeLp, feeProtocol] = terms;
  const blockNumber = Number(block);
  const swapped: RecordedSwap = {
    blockNumber,
    logIndex: Number(log),
    amount0: BigInt(amount0),
    amount1: BigInt(amount1),
    sqrtPriceX96: BigInt(price),
    tick: Number(tick),
    liquidity: BigInt(liquidity),
    fee: fee ? Number(fee) : null,
    pluginFee: Number(pluginFee),
    protocolFeeSetting: Number(setting),
    feeLp: feeLp ? BigInt(feeLp) : null,
    feeProtocol: feeProtocol ? BigInt(feeProtocol) : null,
  };
  return { kind: "SWAP", blockNumber, timestamp: Number(time), swap: swapped };
}

/** Liquidity that came and went, on the ticks of its position. */
async function changesBetween(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  upTo: Place,
): Promise<PlacedChange[]> {
  const { blockNumber, logIndex, timestamp, positionId, liquidityDelta, sqrtPriceX96 } = liquidityEvent;
  const isPools = and(eq(liquidityEvent.chainId, chainId), eq(liquidityEvent.poolId, poolId));
  const rows = await snapshot
    .select({
      ...{ blockNumber, logIndex, timestamp, positionId, liquidityDelta, sqrtPriceX96 },
      ...{ tickLower: position.tickLower, tickUpper: position.tickUpper },
    })
    .from(liquidityEvent)
    .innerJoin(position, and(eq(position.chainId, chainId), eq(position.positionId, positionId)))
    .where(
      and(
        isPools,
        inArray(liquidityEvent.kind, ["DEPOSIT", "WITHDRAW"]),
        isAfter(liquidityEvent, after),
        isUpTo(liquidityEvent, upTo),
        ne(liquidityDelta, 0n),
      ),
    )
    .orderBy(asc(blockNumber), asc(logIndex));
  return rows.map(({ timestamp: time, blockNumber: block, logIndex: log, ...change }) => {
    const event = { kind: "CHANGE", blockNumber: block, timestamp: time, change } as const;
    return { blockNumber: block, logIndex: log, event };
  });
}

function merge(swaps: readonly PlayedSwap[], changes: readonly PlacedChange[]): PlayedEvent[] {
  const merged: PlayedEvent[] = [];
  let next = 0;
  for (const played of swaps) {
    for (let change = changes[next]; change && isBefore(change, played.swap); change = changes[++next]) {
      merged.push(change.event);
    }
    merged.push(played);
  }
  return [...merged, ...changes.slice(next).map(({ event }) => event)];
}

function isBefore(one: Place, other: Place): boolean {
  const blocks = one.blockNumber - other.blockNumber;
  return blocks < 0 || (blocks === 0 && one.logIndex < other.logIndex);
}
