import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { createHeads } from "../../src/api/heads.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { block, token, USDC } from "./rows.ts";

let db: TestDatabase;

/** As Ponder writes it: timestamp, chain, block, then the place in the block. */
function checkpoint(timestamp: number, chainId: number, number: number): string {
  const rest = "9".repeat(16 + 1 + 16);
  return (
    `${timestamp}`.padStart(10, "0") + `${chainId}`.padStart(16, "0") + `${number}`.padStart(16, "0") + rest
  );
}

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await database.insert(tables.block).values(block());
  await database.insert(tables.token).values(token({ address: USDC, symbol: "USDC", decimals: 6 }));
});

beforeEach(async () => {
  const latest = checkpoint(1_700_000_100, 1, 100);
  const finalized = checkpoint(1_700_000_040, 1, 40);
  await db.database.execute("delete from _ponder_checkpoint");
  await db.database.execute("delete from _ponder_meta");
  await db.database.execute(
    `insert into _ponder_checkpoint values ('mainnet', 1, '${finalized}', '${latest}', '${finalized}')`,
  );
  await db.database.execute(`insert into _ponder_meta values ('app', '{"is_ready": 1}')`);
});

afterAll(() => db.close());

const STATUS = `{status {
  chainId name quoteToken {id symbol} indexed {number timestamp} indexedHash finalized {number timestamp}
  head {number timestamp} lag ready
}}`;

const CHAINS = [
  { id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 },
  { id: 31337, name: "anvil", quoteToken: null, quoteMinDepth: 10_000 },
];

test("each chain says how far it is, and one that has not begun says nothing", async () => {
  const app = createTestApi(db.database, { chains: CHAINS });
  const { data, errors } = await ask(app, STATUS);
  expect(errors).toEqual([]);
  const head = { number: 105, timestamp: 1_700_000_105 };
  expect(data.status).toEqual([
    {
      chainId: 1,
      name: "mainnet",
      quoteToken: { id: `1:${USDC}`, symbol: "USDC" },
      indexed: { number: 100, timestamp: 1_700_000_100 },
      indexedHash: `0x${(1601).toString(16).padStart(64, "0")}`,
      finalized: { number: 40, timestamp: 1_700_000_040 },
      head,
      lag: 5,
      ready: true,
    },
    {
      ...{ chainId: 31337, name: "anvil", quoteToken: null, indexed: null, indexedHash: null },
      ...{ finalized: null, head, lag: null, ready: true },
    },
  ]);
});

test("the hash of an indexed block without an event of ours is not known", async () => {
  const latest = checkpoint(1_700_000_101, 1, 101);
  await db.database.execute(`update _ponder_checkpoint set latest_checkpoint = '${latest}'`);
  await db.database.execute(`update _ponder_meta set value = '{"is_ready": 0}'`);
  const { data } = await ask(createTestApi(db.database), STATUS);
  expect(data.status).toMatchObject([{ indexed: { number: 101 }, indexedHash: null, lag: 4, ready: false }]);
});

test("a head that is behind what is indexed is no negative lag", async () => {
  const heads = createHeads(async () => ({ number: 90, timestamp: 1 }));
  const { data } = await ask(createTestApi(db.database, { heads }), STATUS);
  expect(data.status).toMatchObject([{ head: { number: 90 }, lag: 0 }]);
});

test("a chain that fails has no head, and one that does not answer none after two seconds", async () => {
  const failing = createHeads(async () => {
    throw new Error("unreachable");
  });
  const failed = await ask(createTestApi(db.database, { heads: failing }), STATUS);
  expect(failed.data.status).toMatchObject([{ indexed: { number: 100 }, head: null, lag: null }]);
  let answer: ReturnType<typeof ask> | undefined;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await new Promise<void>((asked) => {
    const silent = createHeads(() => {
      asked();
      return new Promise(() => {});
    });
    answer = ask(createTestApi(db.database, { heads: silent }), STATUS);
  });
  vi.advanceTimersByTime(2_000);
  expect((await answer)?.data.status).toMatchObject([{ indexed: { number: 100 }, head: null, lag: null }]);
});

test("heads are asked for at most once a second, and by status alone", async () => {
  let now = 0;
  const fetchHead = vi.fn(async () => ({ number: 105, timestamp: 1 }));
  const app = createTestApi(db.database, { heads: createHeads(fetchHead, () => now) });
  await ask(app, "{pools {totalCount} __typename}");
  expect(fetchHead).not.toHaveBeenCalled();
  await ask(app, STATUS);
  await ask(app, "query {...F} fragment F on Query {status {lag}}");
  expect(fetchHead).toHaveBeenCalledTimes(1);
  now = 1_000;
  await ask(app, STATUS);
  expect(fetchHead).toHaveBeenCalledTimes(2);
});
