import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { type Cursor, noCursor } from "../cursor.ts";
import type { Direction } from "./list.ts";

const LARGEST_INT = 2 ** 31 - 1;

/** What a list is sorted by: a rank that may be null or equal, then the id that makes it unique. */
export type Key = {
  rank: SQL | SQL.Aliased | AnyColumn;
  /** Every item has a rank: then an index on it serves. */
  known?: true;
  /** What a cursor's rank is cast to. */
  type: "integer" | "double precision";
  chainId: SQL | AnyColumn;
  id: SQL | AnyColumn;
};

/** By rank in the direction asked for, nulls last either way, ties by id ascending. */
export function sortBy({ rank, known, chainId, id }: Key, direction: Direction): SQL[] {
  const way = sql.raw(direction === "ASC" ? "asc" : "desc");
  const sorted = known ? sql`${rank} ${way}` : sql`${rank} ${way} nulls last`;
  return [sorted, sql`${chainId} asc`, sql`${id} asc`];
}

/** What comes after the cursor's item in the order of {@link sortBy}. */
export function isAfter({ rank, known, type, chainId, id }: Key, cursor: Cursor, direction: Direction): SQL {
  const sameRankLater = sql`(${chainId}, ${id}) > (${cursor.chainId}::integer, ${cursor.id}::text)`;
  if (cursor.rank === null) return sql`(${rank} is null and ${sameRankLater})`;
  requireType(cursor.rank, type);
  const at = sql`${cursor.rank}::${sql.raw(type)}`;
  const way = sql.raw(direction === "ASC" ? ">" : "<");
  const beyond = sql`${rank} ${way} ${at}`;
  // Said twice over, so that it is a range of an index.
  if (known) return sql`(${rank} ${way}= ${at} and (${beyond} or ${sameRankLater}))`;
  return sql`(${beyond} or (${rank} = ${at} and ${sameRankLater}) or ${rank} is null)`;
}

function requireType(rank: number, type: Key["type"]): void {
  if (type === "integer" && (!Number.isInteger(rank) || Math.abs(rank) > LARGEST_INT)) {
    throw noCursor();
  }
}
