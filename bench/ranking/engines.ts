import type { PGlite } from "@electric-sql/pglite";
import { type SQL, sql } from "drizzle-orm";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import type { Pool } from "pg";
import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { createPglite, createPostgres } from "../../test/api/database.ts";
import { marketRows, type Size } from "./marketRows.ts";

type Logged = { query: string; params: unknown[] };

/** A filled database that remembers the queries that it was asked since `queries` was emptied. */
export type Market = { database: Database; queries: Logged[]; close(): Promise<void> };

/** Vacuumed and analysed, as the app does it itself (src/api/upkeep.ts). */
export async function pgliteMarket(size: Size): Promise<Market> {
  const queries: Logged[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => queries.push({ query, params }) };
  const { database: plain, close } = await createPglite();
  const { $client } = plain as unknown as { $client: PGlite };
  const database = drizzlePglite($client, { casing: "snake_case", schema: tables, logger });
  await fill(plain, size);
  await plain.execute(sql`vacuum analyze`);
  return { database, queries, close };
}

/** Vacuumed and analysed, as autovacuum leaves a server that has been up for a while. */
export async function postgresMarket(size: Size): Promise<Market> {
  const queries: Logged[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => queries.push({ query, params }) };
  const { database: plain, close } = await createPostgres();
  const { $client } = plain as unknown as { $client: Pool };
  const database = drizzlePostgres($client, { casing: "snake_case", schema: tables, logger });
  await fill(plain, size);
  await plain.execute(sql`vacuum analyze`);
  return { database, queries, close };
}

/** In one session, so that it is the same rows from the same seed. */
async function fill(database: Database, size: Size): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const statement of marketRows(size)) await transaction.execute(sql.raw(statement));
  });
}

/** The plan of the query that ranks, run once more as the API runs it. */
export async function planOf({ database, queries }: Market): Promise<string> {
  const ranking = queries.find(({ query }) => /order by .*(rank|opened_timestamp)/su.test(query));
  const settings = queries.find(({ query }) => query.includes("set_config"));
  if (ranking === undefined) return "";
  return database.transaction(async (transaction) => {
    if (settings !== undefined) await transaction.execute(sql.raw(settings.query));
    const answer = await transaction.execute(explained(ranking));
    const rows = (answer as unknown as { rows: Record<string, string>[] }).rows;
    return rows.map((row) => row["QUERY PLAN"] ?? "").join("\n");
  });
}

/** With its parameters where they were. */
function explained({ query, params }: Logged): SQL {
  const parts = query.split(/\$\d+/u);
  const numbers = [...query.matchAll(/\$(\d+)/gu)].map(([, number]) => Number(number));
  const chunks = parts.flatMap((part, i) => {
    const number = numbers[i];
    return number === undefined ? [sql.raw(part)] : [sql.raw(part), sql`${params[number - 1]}`];
  });
  return sql`explain (analyze, costs off, timing off) ${sql.join(chunks)}`;
}
