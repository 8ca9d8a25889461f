import { createHash } from "node:crypto";
import { ApiError } from "./errors.ts";

const MAX_AGE_SECONDS = 3_600;
const MAX_LENGTH = 4_000;
const MAX_POINTS = 100;
const LARGEST_INT = 2 ** 31 - 1;

type Hex = `0x${string}`;

/** The block that a chain's prices are taken at. */
export type Point = { chainId: number; number: number; hash: Hex };

/** A place in a ranked list: after which item, of which list, ranked at which blocks. */
export type Cursor = {
  /** Of the last item shown; null where it had none. */
  rank: number | null;
  chainId: number;
  id: string;
  /** One a chain that the list reaches. */
  points: readonly Point[];
  /** Digest of the list that it is a place in. */
  list: string;
  /** Unix seconds of the first page. */
  issued: number;
  /** How many items the pages so far have shown; 0 where left out. */
  shown?: number;
};

/** The cursor as clients see it: base64url, to be handed back as it came. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/**
 * The cursor that a client handed back. Throws CURSOR_INVALID where it is none or of a list with another
 * filter, order or direction, CURSOR_EXPIRED an hour after the first page. `now`: unix seconds.
 */
export function decodeCursor(text: string, list: string, now: number): Cursor {
  const cursor = text.length <= MAX_LENGTH ? json(text) : undefined;
  if (!isCursor(cursor)) throw noCursor();
  if (cursor.list !== list) {
    throw new ApiError(
      "CURSOR_INVALID",
      "`after` is a place in another list: keep every other argument as it was on the first page, except first.",
    );
  }
  if (now - cursor.issued > MAX_AGE_SECONDS) {
    throw new ApiError(
      "CURSOR_EXPIRED",
      "The list was begun more than an hour ago: begin again without `after`.",
    );
  }
  return cursor;
}

/** The same for the same list, whatever the order of a filter's keys and members. */
export function listDigest(kind: string, order: string, direction: string, where: object): string {
  const filter = Object.entries(where)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => [key, Array.isArray(value) ? value.map(String).sort() : String(value)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const text = JSON.stringify([kind, order, direction, filter]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** For a cursor that only looks like one. */
export function noCursor(): ApiError {
  return new ApiError("CURSOR_INVALID", "`after` is no cursor: hand back pageInfo.endCursor as it came.");
}

/** Nothing in it may reach the database that could make a query fail. */
function isCursor(value: unknown): value is Cursor {
  if (!isRecord(value)) return false;
  const { rank, chainId, id, points, list, issued, shown = 0 } = value;
  return (
    (rank === null || Number.isFinite(rank)) &&
    isInt(chainId) &&
    typeof id === "string" &&
    /^[0-9a-fx:-]{1,250}$/.test(id) &&
    Array.isArray(points) &&
    points.length >= 1 &&
    points.length <= MAX_POINTS &&
    points.every(isPoint) &&
    typeof list === "string" &&
    Number.isSafeInteger(issued) &&
    isInt(shown)
  );
}

function isPoint(value: unknown): value is Point {
  if (!isRecord(value)) return false;
  const { chainId, number, hash } = value;
  return isInt(chainId) && isInt(number) && typeof hash === "string" && /^0x[0-9a-f]{64}$/.test(hash);
}

function isInt(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_INT;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
