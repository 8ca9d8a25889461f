import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Snapshot } from "../snapshot.ts";

/** A thing at a block: its id, with its index where it is a tick. */
export type SnapshotKey = { chainId: number; id: string; tick?: number; blockNumber: number };

type SnapshotTable = PgTable & { chainId: AnyPgColumn; blockNumber: AnyPgColumn };

/**
 * Of each thing the newest row of its snapshot table at or before its block; what was not there yet is left out.
 * One query, one index look-up a thing: the lateral join leaves Postgres no other way. `columns` are the table's
 * own. Example: the two ticks of a position at block 100 are two keys.
 */
export async function snapshotsAt<T extends SnapshotTable>(
  snapshot: Snapshot,
  table: T,
  columns: { id: AnyPgColumn; tick?: AnyPgColumn },
  keys: readonly SnapshotKey[],
): Promise<T["$inferSelect"][]> {
  if (keys.length === 0) return [];
  const asked = keys.map((key) => ({ c: key.chainId, i: key.id, t: key.tick, b: key.blockNumber }));
  const sameTick: SQL = columns.tick === undefined ? sql`` : sql`and ${columns.tick} = asked.t`;
  // As expressions: Drizzle selects a column only of a table that it joined itself.
  const newest = Object.entries<PgColumn>(getTableColumns(alias(table, "newest"))).map(
    ([name, column]) => [name, sql`${column}`.mapWith(column)] as const,
  );
  const rows = await snapshot.select(Object.fromEntries(newest)).from(
    sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(c integer, i text, t numeric, b numeric)
      cross join lateral (select * from ${table}
        where ${table.chainId} = asked.c and ${columns.id} = asked.i ${sameTick} and ${table.blockNumber} <= asked.b
        order by ${table.blockNumber} desc limit 1) as newest`,
  );
  // TypeScript cannot follow the columns of a table that is a parameter.
  return rows as T["$inferSelect"][];
}
