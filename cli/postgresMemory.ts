import { escapeIdentifier, Pool } from "pg";
import type { ChainMemory } from "./chainMemory.ts";
import type { SeenChain } from "./seenChain.ts";

// Ponder keeps what it fetched of a chain in here, whichever schema the rows are in.
const SYNC_SCHEMA = "ponder_sync";
const SYNC_TABLES = [
  "blocks",
  "transactions",
  "transaction_receipts",
  "logs",
  "traces",
  "rpc_request_results",
  "intervals",
  "factory_addresses",
];

/**
 * The memory of a Postgres database: the table `ballast.seen_chain` in it, with one row for our schema's rows of a
 * chain and one for Ponder's sync cache of it, which several schemas share.
 *
 * @param url the value of DATABASE_URL
 * @param schema the schema that holds our rows
 */
export function postgresMemory(url: string, schema: string): ChainMemory {
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on("error", () => {});
  const places = [schema, SYNC_SCHEMA];
  return {
    canForget: /^ballast_[0-9a-f]{10}$/.test(schema),
    async recall() {
      await pool.query(CREATE);
      const { rows } = await pool.query<SeenChain & { chain_id: string }>(
        "SELECT chain_id, local, genesis, number::float8, hash FROM ballast.seen_chain WHERE place = ANY($1)",
        [places],
      );
      const recalled = new Map<number, SeenChain[]>();
      for (const { chain_id, ...seen } of rows) {
        recalled.set(Number(chain_id), [...(recalled.get(Number(chain_id)) ?? []), seen]);
      }
      return recalled;
    },
    async remember(chainId, { local, genesis, number, hash }) {
      await pool.query(REMEMBER, [places, chainId, local, genesis, number, hash]);
    },
    async forget(chainIds) {
      const tables = await pool.query<{ name: string }>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1",
        [SYNC_SCHEMA],
      );
      await pool.query(
        forgetStatements(
          schema,
          chainIds,
          tables.rows.map(({ name }) => name),
        ).join(";"),
      );
    },
    howToForget: (chainIds) =>
      `run psql "$DATABASE_URL" --single-transaction -c '${forgetStatements(schema, chainIds, [...SYNC_TABLES, "factories"]).join("; ")}'`,
    close: () => pool.end(),
  };
}

const CREATE = `CREATE SCHEMA IF NOT EXISTS ballast; CREATE TABLE IF NOT EXISTS ballast.seen_chain (
  place text, chain_id bigint, local boolean NOT NULL, genesis text NOT NULL, number bigint NOT NULL, hash text NOT NULL,
  PRIMARY KEY (place, chain_id))`;

const REMEMBER = `INSERT INTO ballast.seen_chain SELECT unnest($1::text[]), $2, $3, $4, $5, $6
  ON CONFLICT (place, chain_id) DO UPDATE SET (local, genesis, number, hash)
    = (EXCLUDED.local, EXCLUDED.genesis, EXCLUDED.number, EXCLUDED.hash)`;

// Several statements in one query are one transaction.
function forgetStatements(schema: string, chainIds: readonly number[], tables: readonly string[]): string[] {
  const ids = chainIds.join(", ");
  const deletes = SYNC_TABLES.filter((table) => tables.includes(table)).map(
    (table) => `DELETE FROM ${SYNC_SCHEMA}.${table} WHERE chain_id IN (${ids})`,
  );
  if (tables.includes("factories")) {
    deletes.push(`DELETE FROM ${SYNC_SCHEMA}.factories WHERE (factory ->> $$chainId$$)::bigint IN (${ids})`);
  }
  return [
    `DROP SCHEMA IF EXISTS ${escapeIdentifier(schema)} CASCADE`,
    ...deletes,
    `DELETE FROM ballast.seen_chain WHERE chain_id IN (${ids}) AND place IN ($$${schema}$$, $$${SYNC_SCHEMA}$$)`,
  ];
}
