import type { ApiContext } from "../context.ts";
import { type Cursor, decodeCursor, encodeCursor, listDigest } from "../cursor.ts";
import { ApiError } from "../errors.ts";
import { confirmPoints } from "./points.ts";
import type { Tip } from "./tips.ts";

const MAX_FIRST = 1_000;
const MAX_FILTER_ITEMS = 1_000;

export type Direction = "ASC" | "DESC";

/** What every list takes. */
export type ListArgs<Order extends string, Filter extends object> = {
  where?: Filter | null;
  orderBy: Order;
  direction: Direction;
  first: number;
  after?: string | null;
};

/** A list about to be read: where it goes on, after how many, and the blocks that it is ranked at. */
export type List = {
  cursor: Cursor | undefined;
  shown: number;
  points: readonly Tip[];
  digest: string;
  issued: number;
  first: number;
  direction: Direction;
};

export type Page<T> = {
  items: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null; rankedAt: Tip | null };
};

/** An item with its place in the list. */
export type Ranked<T> = { item: T; rank: number | null; chainId: number; id: string };

/**
 * Checks a list's arguments. Its first page is ranked at the newest block of each chain of `scope`, or at the one
 * block `past` that was asked for; the pages after it at the blocks that the cursor names, which must still be there.
 */
export async function openList<Order extends string, Filter extends object>(
  kind: string,
  args: ListArgs<Order, Filter>,
  scope: readonly number[],
  { ask, tips, now }: ApiContext,
  past: Tip | null = null,
): Promise<List> {
  const { first, direction, orderBy, after } = args;
  requireBounds(first, args.where ?? {});
  const digest = listDigest(kind, orderBy, direction, { ...args.where, asOf: past?.number });
  if (after != null) {
    const cursor = decodeCursor(after, digest, now);
    const points = await ask((snapshot) => confirmPoints(snapshot, cursor.points));
    const { issued, shown = 0 } = cursor;
    return { cursor, shown, points, digest, issued, first, direction };
  }
  const newest = past === null ? await tips() : new Map([[past.chainId, past]]);
  const points = scope.flatMap((chainId) => {
    const tip = newest.get(chainId);
    return tip === undefined ? [] : [tip];
  });
  return { cursor: undefined, shown: 0, points, digest, issued: now, first, direction };
}

/** `ranked` holds one item more than the page where there is a next one. */
export function closePage<T>(list: List, ranked: readonly Ranked<T>[]): Page<T> {
  const shown = ranked.slice(0, list.first);
  const last = shown.at(-1);
  const { points, digest, issued } = list;
  const soFar = list.shown + shown.length;
  const [point = null] = points;
  return {
    items: shown.map(({ item }) => item),
    pageInfo: {
      hasNextPage: ranked.length > shown.length,
      endCursor:
        last === undefined
          ? null
          : encodeCursor({
              rank: last.rank,
              chainId: last.chainId,
              id: last.id,
              points: points.map(({ timestamp: _, ...named }) => named),
              list: digest,
              issued,
              shown: soFar,
            }),
      rankedAt: points.length > 1 ? null : point,
    },
  };
}

/** Throws BAD_INPUT for a page of another size than 1 to 1,000. */
export function requirePageSize(first: number): void {
  if (first >= 1 && first <= MAX_FIRST) return;
  throw new ApiError("BAD_INPUT", `first is ${first}: it must be from 1 to ${MAX_FIRST}.`);
}

function requireBounds(first: number, where: object): void {
  requirePageSize(first);
  for (const [key, value] of Object.entries(where)) {
    if (Array.isArray(value) && value.length > MAX_FILTER_ITEMS) {
      throw new ApiError(
        "BAD_INPUT",
        `where.${key} has ${value.length} items, more than ${MAX_FILTER_ITEMS}.`,
      );
    }
  }
}
