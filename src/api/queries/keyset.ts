import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { type Cursor, noCursor } from "../cursor.ts";
import type { Direction } from "./list.ts";

const LARGEST_INT = 2 ** 31 - 1;

/** What a list is sorted by: a rank that may be null or equal, then the id that makes it unique. */
export type Key = {
  rank: SQL | AnyColumn;
  /** Cast to, so that an index on the rank serves. */
  type: "integer" | "double precision";
  chainId: AnyColumn;
  id: AnyColumn;
};

/** By rank in the direction asked for, nulls last either way, ties by id ascending. */
export function sortBy({ rank, chainId, id }: Key, direction: Direction): SQL[] {
  const sorted = direction === "ASC" ? sql`${rank} asc nulls last` : sql`${rank} desc nulls last`;
  return [sorted, sql`${chainId} asc`, sql`${id} asc`];
}

/** What comes after the cursor's item in the order of {@link sortBy}. */
export function isAfter({ rank, type, chainId, id }: Key, cursor: Cursor, direction: Direction): SQL {
  const sameRankLater = sql`(${chainId}, ${id}) > (${cursor.chainId}::integer, ${cursor.id}::text)`;
  if (cursor.rank === null) return sql`(${rank} is null and ${sameRankLater})`;
  requireType(cursor.rank, type);
  const at = sql`${cursor.rank}::${sql.raw(type)}`;
  const beyond = direction === "ASC" ? sql`${rank} > ${at}` : sql`${rank} < ${at}`;
  return sql`(${beyond} or (${rank} = ${at} and ${sameRankLater}) or ${rank} is null)`;
}

function requireType(rank: number, type: Key["type"]): void {
  if (type === "integer" && (!Number.isInteger(rank) || Math.abs(rank) > LARGEST_INT)) {
    throw noCursor();
  }
}
