import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Snapshot } from "../snapshot.ts";

/** A position, and the last block of which rows are wanted. */
export type PositionPoint = { chainId: number; positionId: string; blockNumber: number };

type TableOfPositions = PgTable & { chainId: AnyPgColumn; positionId: AnyPgColumn };

/**
 * The first `limit` rows of each position up to its block, in the order given. One query, one walk of an index a
 * position: as for snapshotsAt the lateral join leaves Postgres no other way.
 */
export async function rowsOfPositions<T extends TableOfPositions>(
  snapshot: Snapshot,
  table: T,
  points: readonly PositionPoint[],
  { block, order, limit }: { block: AnyPgColumn; order: readonly AnyPgColumn[]; limit: number },
): Promise<T["$inferSelect"][]> {
  if (points.length === 0) return [];
  const asked = points.map(({ chainId: c, positionId: i, blockNumber: b }) => ({ c, i, b }));
  const inOrder: SQL = sql.join([...order], sql`, `);
  const columns = Object.entries<PgColumn>(getTableColumns(alias(table, "found"))).map(
    ([name, column]) => [name, sql`${column}`.mapWith(column)] as const,
  );
  const rows = await snapshot.select(Object.fromEntries(columns)).from(
    sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(c integer, i text, b numeric)
      cross join lateral (select * from ${table}
        where ${table.chainId} = asked.c and ${table.positionId} = asked.i and ${block} <= asked.b
        order by ${inOrder} limit ${limit}) as found`,
  );
  // TypeScript cannot follow the columns of a table that is a parameter.
  return rows as T["$inferSelect"][];
}
