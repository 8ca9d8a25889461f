import { type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * Columns of a table under another name, to select. As expressions: of a query that it takes for one of a single table
 * Drizzle writes columns without the table, and it selects none of a table that it did not join itself.
 */
export function columnsOf(name: string, columns: Record<string, PgColumn>): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, columnOf(name, key).mapWith(column)]),
  );
}

/** One of them, by the name that it has in the code. */
export function columnOf(name: string, key: string): SQL {
  return sql`${sql.identifier(name)}.${sql.identifier(toSnakeCase(key))}`;
}
