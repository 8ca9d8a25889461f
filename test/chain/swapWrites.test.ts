import pg from "pg";
import { type Address, padHex, toHex } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "../../demo/chain/deploy.ts";
import { mintDirect, swap } from "../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { type App, anvilMarkets, startApp, TEST_SCHEMA } from "../app.ts";
import { startPostgres, type TestPostgres } from "../postgres.ts";

const SWAPS = 20;

let anvil: Anvil;
let client: ReturnType<typeof chainClient>;
let postgres: TestPostgres;
let database: pg.Client;
let app: App;
let at: Deployment;
let few: PoolKey;
let many: PoolKey;

beforeAll(async () => {
  [anvil, postgres] = await Promise.all([startAnvil({ timestamp: 1_700_000_000 }), startPostgres()]);
  client = chainClient(anvil.url);
  at = await deployUniswapV3(client);
  const named = { name: "Test", symbol: "TST", decimals: 18 };
  const [token0, token1] = sortTokens(
    await deployToken(client, at.deployer, named),
    await deployToken(client, at.deployer, named),
  );
  await fund(client, at, [token0, token1], at.accounts.slice(0, 1));
  const terms = { token0, token1, sqrtPriceX96: 2n ** 96n };
  few = await createPool(client, at, { ...terms, fee: 500, tickSpacing: 10 });
  many = await createPool(client, at, { ...terms, fee: 3000, tickSpacing: 60 });
  await openPositions(few, 10);
  await openPositions(many, 1_000);
  app = await startApp(anvilMarkets(anvil.url, at), { postgres: postgres.url });
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
  database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  await countRowWrites();
});

afterAll(async () => {
  await database?.end();
  await app?.stop();
  await Promise.all([anvil?.stop(), postgres?.stop(), app?.remove()]);
});

test("a swap writes as many rows with 1,000 positions in the pool as with 10, and none of a position", async () => {
  expect(await positionsIn(few)).toBe(10);
  expect(await positionsIn(many)).toBe(1_000);
  const withFew = await rowsWrittenBySwaps(few);
  const withMany = await rowsWrittenBySwaps(many);
  expect(withMany).toEqual(withFew);
  expect(withMany).toEqual({
    block: SWAPS,
    pool: SWAPS,
    pool_bucket: SWAPS,
    pool_snapshot: SWAPS,
    swap: SWAPS,
  });
});

async function openPositions(pool: PoolKey, count: number): Promise<void> {
  const from = account();
  const calls = Array.from({ length: count }, (_, i) =>
    mintDirect({
      caller: at.caller,
      from,
      pool: pool.pool,
      owner: padHex(toHex(i + 1), { size: 20 }) as Address,
      tickLower: -60 * (1 + (i % 50)),
      tickUpper: 60 * (1 + (i % 40)),
      liquidity: 10n ** 18n,
    }),
  );
  // A block of Anvil's gas limit takes them in batches.
  for (let i = 0; i < calls.length; i += 50) await sendInOneBlock(client, calls.slice(i, i + 50));
}

/** Rows written to each table of ours while a pool is swapped in. */
async function rowsWrittenBySwaps(pool: PoolKey): Promise<Record<string, number>> {
  await database.query("truncate public.row_write");
  for (let i = 0; i < SWAPS; i++) {
    const zeroForOne = i % 2 === 0;
    const call = swap({
      caller: at.caller,
      from: account(),
      pool: pool.pool,
      zeroForOne,
      amount: 10n ** 15n,
    });
    await sendInOneBlock(client, [call]);
  }
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
  const { rows } = await database.query<{ written: string; rows: number }>(
    "select written, count(*)::int as rows from public.row_write group by written",
  );
  return Object.fromEntries(rows.map(({ written, rows }) => [written, rows]));
}

/** A trigger on each of the app's tables notes every row that is inserted, updated or deleted. */
async function countRowWrites(): Promise<void> {
  await database.query(`
    create table public.row_write (written text);
    create function public.note_row_write() returns trigger language plpgsql as
      'begin insert into public.row_write values (tg_table_name); return null; end';
  `);
  const { rows } = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = $1 and table_name not like '\\_%'`,
    [TEST_SCHEMA],
  );
  expect(rows.map(({ name }) => name)).toContain("position_snapshot");
  for (const { name } of rows) {
    await database.query(`create trigger note_row_write after insert or update or delete
      on ${TEST_SCHEMA}.${name} for each row execute function public.note_row_write()`);
  }
}

async function positionsIn({ pool }: PoolKey): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from ${TEST_SCHEMA}.position where pool_id = $1`,
    [pool.toLowerCase()],
  );
  return rows[0]?.count ?? 0;
}

function account(): Address {
  const [first] = at.accounts;
  if (first === undefined) throw new Error("the chain has no accounts");
  return first;
}
