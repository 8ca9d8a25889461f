import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkDatabase } from "../../cli/checkDatabase.ts";
import { postgresMemory } from "../../cli/postgresMemory.ts";
import { startPostgres, type TestPostgres } from "../postgres.ts";

const OURS = "ballast_0123456789";
const OLDER = "ballast_abcdef0123";
const SEEN = { local: true, genesis: "0xaa", number: 7, hash: "0xbb" };

let postgres: TestPostgres;
let client: Client;

beforeAll(async () => {
  postgres = await startPostgres();
  client = new Client({ connectionString: postgres.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await postgres?.stop();
});

// The shape that Ponder 0.17 leaves: its cache of two chains, and one row of ours in each of two schemas.
beforeEach(async () => {
  await client.query(`DROP SCHEMA IF EXISTS ponder_sync, ballast, ${OURS}, ${OLDER} CASCADE`);
  await client.query(`CREATE SCHEMA ponder_sync;
    CREATE TABLE ponder_sync.logs (chain_id bigint); INSERT INTO ponder_sync.logs VALUES (1), (31337);
    CREATE TABLE ponder_sync.intervals (chain_id bigint); INSERT INTO ponder_sync.intervals VALUES (1), (31337);
    CREATE TABLE ponder_sync.factories (factory jsonb);
    INSERT INTO ponder_sync.factories VALUES ('{"chainId": 1}'), ('{"chainId": 31337}')`);
  for (const schema of [OURS, OLDER]) {
    await client.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.pool (chain_id bigint)`);
  }
});

async function rest() {
  const { rows } = await client.query(`SELECT
    (SELECT array_agg(chain_id::int) FROM ponder_sync.logs) AS logs,
    (SELECT array_agg(chain_id::int) FROM ponder_sync.intervals) AS intervals,
    (SELECT jsonb_agg(factory) FROM ponder_sync.factories) AS factories,
    to_regclass('${OURS}.pool') IS NULL AS ours_gone, to_regclass('${OLDER}.pool') IS NULL AS older_gone`);
  return rows[0];
}

const FORGOTTEN = {
  logs: [1],
  intervals: [1],
  factories: [{ chainId: 1 }],
  ours_gone: true,
  older_gone: false,
};

describe("the memory of a Postgres database", () => {
  it("recalls what was remembered, for our rows and for Ponder's cache", async () => {
    const memory = postgresMemory(postgres.url, OURS);
    expect(await memory.recall()).toEqual(new Map());
    await memory.remember(31_337, SEEN);
    await memory.remember(31_337, { ...SEEN, number: 3_000_000_000 });
    const both = { ...SEEN, number: 3_000_000_000 };
    expect(await memory.recall()).toEqual(new Map([[31_337, [both, both]]]));
    await memory.close();
  });

  it("recalls for a schema of other code what its own rows were read from, and what the cache was", async () => {
    const older = postgresMemory(postgres.url, OLDER);
    await older.recall();
    await older.remember(31_337, SEEN);
    const ours = postgresMemory(postgres.url, OURS);
    await ours.remember(31_337, { ...SEEN, genesis: "0xcc" });
    const genesis = ((await older.recall()).get(31_337) ?? []).map((seen) => seen.genesis).sort();
    expect(genesis).toEqual(["0xaa", "0xcc"]);
    await older.close();
    await ours.close();
  });

  it("forgets our schema and the chain's part of Ponder's cache, and nothing else", async () => {
    const memory = postgresMemory(postgres.url, OURS);
    await memory.recall();
    await memory.remember(31_337, SEEN);
    await memory.remember(1, { ...SEEN, local: false });
    expect(memory.canForget).toBe(true);
    await memory.forget([31_337]);
    expect(await rest()).toEqual(FORGOTTEN);
    expect([...(await memory.recall()).keys()]).toEqual([1]);
    await memory.close();
  });

  it("does not drop a schema that the user named, and gives statements that do", async () => {
    const memory = postgresMemory(postgres.url, "public");
    expect(memory.canForget).toBe(false);
    await memory.close();
    const named = postgresMemory(postgres.url, OURS);
    await named.recall();
    const statements = /-c '(.*)'$/.exec(named.howToForget([31_337]))?.[1] ?? "";
    for (const table of ["blocks", "transactions", "transaction_receipts", "traces", "rpc_request_results"]) {
      await client.query(`CREATE TABLE ponder_sync.${table} (chain_id bigint)`);
    }
    await client.query("CREATE TABLE ponder_sync.factory_addresses (chain_id bigint)");
    await client.query(statements);
    expect(await rest()).toEqual(FORGOTTEN);
    await named.close();
  });
});

describe("checkDatabase", () => {
  it("is content with a database that answers", async () => {
    await expect(checkDatabase(postgres.url)).resolves.toBe(undefined);
  });

  it("refuses a wrong password without showing it", async () => {
    const url = postgres.url.replace("ballast:ballast@", "ballast:wrong@");
    await expect(checkDatabase(url)).rejects.toThrow('password authentication failed for user "ballast"');
    await expect(checkDatabase(url)).rejects.not.toThrow("wrong");
  });
});
