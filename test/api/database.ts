import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import pg from "pg";
// @ts-expect-error: Ponder's own generator of table definitions is exported under no name and has no types.
import { getSql } from "../../node_modules/ponder/dist/esm/drizzle/kit/index.js";
import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { startPostgres } from "../postgres.ts";

export type TestDatabase = { database: Database; close(): Promise<void> };

const PONDER_TABLES = [
  `create table _ponder_meta (key text primary key, value jsonb not null)`,
  `create table _ponder_checkpoint (chain_name text primary key, chain_id bigint not null,
     safe_checkpoint varchar(75) not null, latest_checkpoint varchar(75) not null,
     finalized_checkpoint varchar(75) not null)`,
];

function definitions(): string[] {
  const { tables: create, indexes } = getSql(tables) as {
    tables: { sql: string[] };
    indexes: { sql: string[] };
  };
  const ours = create.sql.filter((statement) => !statement.includes("_reorg__"));
  return [...ours, ...indexes.sql, ...PONDER_TABLES];
}

type Pglite = Awaited<ReturnType<typeof startPglite>>;

/** What tests have closed: a start takes a second of the processor, emptying the tables a fiftieth of one. */
const closed: Pglite[] = [];

/** Every table, empty, in memory. */
export async function createPglite(): Promise<TestDatabase> {
  const database = closed.pop() ?? (await startPglite());
  const close = async () => {
    await empty(database);
    closed.push(database);
  };
  return { database, close };
}

async function startPglite() {
  const database = drizzlePglite({ casing: "snake_case", schema: tables });
  for (const statement of definitions()) await database.$client.exec(statement);
  return database;
}

async function empty({ $client: client }: Pglite): Promise<void> {
  const names = "select format('%I', tablename) as name from pg_tables where schemaname = 'public'";
  const { rows } = await client.query<{ name: string }>(names);
  await client.exec(`truncate ${rows.map(({ name }) => name).join()}`);
}

/** Every table, empty, in a PostgreSQL server of its own. */
export async function createPostgres(): Promise<TestDatabase> {
  const server = await startPostgres();
  const pool = new pg.Pool({ connectionString: server.url, max: 9 });
  pool.on("error", () => {});
  for (const statement of definitions()) await pool.query(statement);
  const database = drizzlePostgres(pool, { casing: "snake_case", schema: tables });
  return {
    database,
    close: async () => {
      await pool.end();
      await server.stop();
    },
  };
}
