import { and, asc, desc, gte, lte, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { ApiContext } from "../context.ts";
import { type Cursor, decodeCursor, encodeCursor, listDigest, noCursor } from "../cursor.ts";
import { ApiError } from "../errors.ts";
import { blockBefore, blockFrom } from "./blocks.ts";
import { type Direction, requirePageSize } from "./list.ts";
import { confirmPoints } from "./points.ts";
import { findBlockHash } from "./progress.ts";
import type { Tip } from "./tips.ts";

const LARGEST_INT = 2 ** 31 - 1;

/** Where an event stands in the order of its chain. */
export type Place = { blockNumber: number; logIndex: number };

/** What lists of events take. `from` and `to` are unix seconds, `to` exclusive. */
export type EventArgs = {
  from?: number | null;
  to?: number | null;
  direction: Direction;
  first: number;
  after?: string | null;
};

/** Whose events are listed: its chain, and the block that it stands at, which ends the list. */
export type EventScope = { kind: string; of: object; tip: Tip; past: boolean };

/** A list of events about to be read. Both blocks are in it. */
export type EventList = {
  tip: Tip;
  fromBlock: number;
  toBlock: number;
  /** Of the last event shown; undefined on the first page. */
  after: Place | undefined;
  digest: string;
  direction: Direction;
  first: number;
};

export type EventPage<T> = {
  items: T[];
  pageInfo: { hasNextPage: boolean; endCursor: () => Promise<string | null>; rankedAt: Tip };
};

/**
 * Checks a list's arguments and turns its times into block numbers, which is what events are indexed by.
 * A cursor holds the block of its event: while that stands, nothing before it has changed.
 */
export async function openEventList(
  { kind, of, tip, past }: EventScope,
  args: EventArgs,
  { ask, now }: ApiContext,
): Promise<EventList> {
  const { from, to, direction, first } = args;
  requirePageSize(first);
  requireSpan(from, to);
  const { chainId } = tip;
  const asOf = past ? tip.number : null;
  const digest = listDigest(kind, "CHAIN", direction, { ...of, chainId, from, to, asOf });
  const cursor = args.after == null ? undefined : decodeCursor(args.after, digest, now);
  if (cursor !== undefined) await ask((snapshot) => confirmPoints(snapshot, cursor.points));
  const begin = from == null ? null : await ask((snapshot) => blockFrom(snapshot, chainId, from));
  const end = to == null ? null : await ask((snapshot) => blockBefore(snapshot, chainId, to));
  const fromBlock = from == null ? 0 : (begin?.number ?? LARGEST_INT);
  const toBlock = to == null ? tip.number : Math.min(end?.number ?? -1, tip.number);
  const after = cursor && placeOf(cursor, { chainId, fromBlock, toBlock });
  return { tip, fromBlock, toBlock, after, digest, direction, first };
}

/** `rows` holds one event more than the page where there is a next one. */
export function closeEventPage<Row extends Place, T>(
  list: EventList,
  rows: readonly Row[],
  toItems: (shown: readonly Row[]) => T[],
  { ask, now }: ApiContext,
): EventPage<T> {
  const shown = rows.slice(0, list.first);
  const last = shown.at(-1);
  const { chainId } = list.tip;
  return {
    items: toItems(shown),
    pageInfo: {
      hasNextPage: rows.length > shown.length,
      endCursor: async () => {
        if (last === undefined) return null;
        const { blockNumber: number, logIndex } = last;
        const hash = await ask((snapshot) => findBlockHash(snapshot, chainId, number));
        if (hash === null) throw new EventWithoutBlockError(chainId, last);
        const points = [{ chainId, number, hash }];
        return encodeCursor({
          ...{ rank: number, chainId, id: String(logIndex), points },
          ...{ list: list.digest, issued: now },
        });
      },
      rankedAt: list.tip,
    },
  };
}

type PlaceColumns = { blockNumber: AnyPgColumn; logIndex: AnyPgColumn };

/**
 * The events of the list that come after its cursor. One bound an end: of two at the end where a page begins
 * Postgres may take the looser one, and pass over every event before the cursor. The first is of the whole place,
 * on first pages too: of two bounds of the block alone Postgres, on a table never analysed, expects so few rows that
 * it may read along the primary key, passing over other pools' events.
 */
export function isListed({ blockNumber, logIndex }: PlaceColumns, list: EventList): SQL | undefined {
  const { fromBlock, toBlock, after, direction } = list;
  const place = sql`(${blockNumber}, ${logIndex})`;
  const cursor = after && sql`(${after.blockNumber}, ${after.logIndex})`;
  if (direction === "ASC") {
    const begin = cursor ? sql`${place} > ${cursor}` : sql`${place} >= (${fromBlock}, 0)`;
    return and(begin, lte(blockNumber, toBlock));
  }
  const begin = cursor ? sql`${place} < ${cursor}` : sql`${place} <= (${toBlock}, ${LARGEST_INT})`;
  return and(begin, fromBlock === 0 ? undefined : gte(blockNumber, fromBlock));
}

export function inChainOrder({ blockNumber, logIndex }: PlaceColumns, { direction }: EventList): SQL[] {
  const way = direction === "ASC" ? asc : desc;
  return [way(blockNumber), way(logIndex)];
}

/** Throws BAD_INPUT for what is no time, and for a span that ends before it begins. */
export function requireSpan(from: number | null | undefined, to: number | null | undefined): void {
  for (const [name, time] of Object.entries({ from, to })) {
    if (time != null && time < 0) {
      throw new ApiError("BAD_INPUT", `${name} is ${time}: it is a time in unix seconds, 0 or more.`);
    }
  }
  if (from != null && to != null && from > to) {
    throw new ApiError("BAD_INPUT", `from ${from} is after to ${to}.`);
  }
}

/** Nothing in it may reach the database that the list does not hold. */
function placeOf(
  { chainId, id, points }: Cursor,
  list: { chainId: number; fromBlock: number; toBlock: number },
): Place {
  const [point] = points;
  const logIndex = Number(id);
  if (
    point === undefined ||
    ![chainId, point.chainId].every((named) => named === list.chainId) ||
    point.number < list.fromBlock ||
    point.number > list.toBlock ||
    !/^\d+$/.test(id) ||
    logIndex > LARGEST_INT
  ) {
    throw noCursor();
  }
  return { blockNumber: point.number, logIndex };
}

export class EventWithoutBlockError extends Error {
  override readonly name = "EventWithoutBlockError";
  readonly place: Place;

  constructor(chainId: number, { blockNumber, logIndex }: Place) {
    super(
      `log ${logIndex} of block ${blockNumber} of chain ${chainId} has a row and its block has none: check that every event writes its block`,
    );
    this.place = { blockNumber, logIndex };
  }
}
