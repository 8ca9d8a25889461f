import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { createSnapshots } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { ask, createTestApi, PATIENT } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import {
  beginChain,
  CHAIN_ID,
  createIndexedWorld,
  LoggedPool,
  nextBlock,
  OWNERS,
  randomHistory,
  TOKEN1,
} from "./indexedWorld.ts";
import { address } from "./rows.ts";

/** 2023-11-20, a Monday. */
const MONDAY = 1_700_438_400;
const DAY = 86_400;
const CHAIN = { id: CHAIN_ID, name: "anvil", quoteToken: TOKEN1, quoteMinDepth: 0 };
const POINT = "{block {number timestamp} value skew impermanentLoss fees pnl}";
const SAME = "{asOf {number timestamp} value skew pnl {impermanentLoss fees total}}";

type Moment = { number: number; timestamp: number };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
let blocks: Moment[];

beforeAll(async () => {
  const chain = beginChain(MONDAY - 5_000);
  const pools = [new LoggedPool(chain, address("aa")), new LoggedPool(chain, address("ab"))];
  nextBlock(chain, 12);
  for (const pool of pools) pool.initialize();
  for (const seed of [11, 12, 13, 14]) {
    randomHistory(chain, pools, seed, 40);
    nextBlock(chain, 2 * DAY);
  }
  pools[0]?.swap(true, 10n ** 15n);
  db = await createIndexedWorld(chain);
  app = createTestApi(db.database, { chains: [CHAIN] });
  blocks = (await db.database.select().from(tables.block)).sort((a, b) => a.number - b.number);
});

afterAll(() => db.close());

async function historyOf(owner: string, args: string, asOf = "") {
  const query = `{account(chainId: ${CHAIN_ID}, address: "${owner}"${asOf}) {history${args} ${POINT}}}`;
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data.account.history as { block: Moment; value: number | null; pnl: number | null }[];
}

test.each(OWNERS)("every point is what the account answers as of its block: %s", async (owner) => {
  const points = await historyOf(owner, "(interval: FOUR_HOURS)");
  expect(points.length).toBeGreaterThanOrEqual(8);
  for (const { block, ...point } of points) {
    const query = `{account(chainId: ${CHAIN_ID}, address: "${owner}", asOf: {block: ${block.number}}) ${SAME}}`;
    const { asOf, value, skew, pnl } = (await ask(app, query)).data.account;
    const { impermanentLoss, fees, total } = pnl;
    expect({ block, ...point }).toEqual({ block: asOf, value, skew, impermanentLoss, fees, pnl: total });
  }
  expect(
    points.filter(({ value, pnl }) => value !== null && value > 0 && pnl !== null).length,
  ).toBeGreaterThan(5);
});

describe("its blocks", () => {
  test("are the last of each interval since it first owned something, up to its own", async () => {
    const [owner = ""] = OWNERS;
    const owned = (await db.database.select().from(tables.ownership)).filter((row) => row.owner === owner);
    const first = Math.min(...owned.map(({ fromBlock }) => fromBlock));
    const last = blocks.at(-1)?.timestamp ?? 0;
    const days = new Set<number>();
    for (let end = MONDAY; end < last + DAY; end += DAY) {
      const before = blocks.filter(({ timestamp }) => timestamp < end).at(-1);
      if (before !== undefined && before.number >= first) days.add(before.number);
    }
    expect(days.size).toBeGreaterThan(3);
    expect((await historyOf(owner, "")).map(({ block }) => block.number)).toEqual([...days]);
    const middle = blocks[Math.floor(blocks.length / 2)]?.number ?? 0;
    const past = await historyOf(owner, "", `, asOf: {block: ${middle}}`);
    expect(past.map(({ block }) => block.number)).toEqual(
      [...[...days].filter((number) => number < middle), middle].filter((number) => number >= first),
    );
  });

  test("are at most 200", async () => {
    const [owner = ""] = OWNERS;
    const end = blocks.at(-1)?.timestamp ?? 0;
    const query = (args: string) =>
      ask(app, `{account(chainId: ${CHAIN_ID}, address: "${owner}") {history(${args}) {block {number}}}}`);
    const hour = end - (end % 3_600);
    const span = (hours: number) => `interval: HOUR, from: ${hour - hours * 3_600}, to: ${hour}`;
    expect((await query("interval: MINUTE, from: 0")).errors[0]?.extensions.code).toBe("TOO_MANY_POINTS");
    expect((await query("from: 5, to: 3")).errors[0]?.extensions.code).toBe("BAD_INPUT");
    expect((await query(span(150))).errors).toEqual([]);
  });
});

test("without a quote token has no figures", async () => {
  const [owner = ""] = OWNERS;
  const unquoted = createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: null }] });
  const query = `{account(chainId: ${CHAIN_ID}, address: "${owner}") {history {value skew impermanentLoss fees pnl}}}`;
  const { data, errors } = await ask(unquoted, query);
  expect(errors).toEqual([]);
  const none = { value: null, skew: null, impermanentLoss: null, fees: null, pnl: null };
  const points: object[] = data.account.history;
  expect(points.length).toBeGreaterThan(3);
  expect(points).toEqual(points.map(() => none));
});

test("histories of one operation that meet in a block read the account there once", async () => {
  const snapshots = createSnapshots(db.database, new Turns(1), PATIENT);
  let reads = 0;
  const counting = () =>
    createTestApi(db.database, {
      chains: [CHAIN],
      snapshots: {
        read: (question) =>
          snapshots.read((snapshot, isAwaited) =>
            question(
              new Proxy(snapshot, {
                get(target, name) {
                  if (name === "select" || name === "selectDistinct") reads += 1;
                  const value = Reflect.get(target, name);
                  return typeof value === "function" ? value.bind(target) : value;
                },
              }),
              isAwaited,
            ),
          ),
      },
    });
  const readsOf = async (histories: string) => {
    reads = 0;
    const query = `{account(chainId: ${CHAIN_ID}, address: "${OWNERS[0]}") {${histories}}}`;
    const { data, errors } = await ask(counting(), query);
    expect(errors).toEqual([]);
    return { reads, account: data.account };
  };
  const one = await readsOf(`a: history ${POINT}`);
  const two = await readsOf(`a: history ${POINT} b: history ${POINT}`);
  expect(one.account.a.length).toBeGreaterThan(3);
  expect(two.account.b).toEqual(one.account.a);
  // When it began, and which blocks: of each history.
  expect(two.reads).toBeLessThanOrEqual(one.reads + 2);
});

test("all of an operation together read 25,000 positions at most, points that they share once", async () => {
  const chain = beginChain(MONDAY);
  const pool = new LoggedPool(chain, address("ac"));
  nextBlock(chain, 12);
  pool.initialize();
  const [owner = "0x"] = OWNERS;
  for (let i = 1; i <= 130; i++)
    pool.deposit({ owner, tickLower: -60 * i, tickUpper: 60 * i, liquidity: 10n ** 18n });
  const first = chain.timestamp;
  for (let hour = 0; hour < 196; hour++) {
    nextBlock(chain, 3_600);
    pool.swap(hour % 2 === 0, 10n ** 15n);
  }
  const other = await createIndexedWorld(chain);
  const many = createTestApi(other.database, { chains: [CHAIN] });
  const hours = (name: string, from: number, to: number) =>
    `${name}: history(interval: HOUR, from: ${first + from * 3_600}, to: ${first + to * 3_600}) {block {number}}`;
  const refusals = async (histories: string) => {
    const { errors } = await ask(
      many,
      `{account(chainId: ${CHAIN_ID}, address: "${owner}") {openPositions ${histories}}}`,
    );
    return errors.map(({ extensions, message }) => [extensions.code, message]);
  };
  expect(await refusals(hours("a", 0, 97))).toEqual([]);
  expect(await refusals(hours("b", 97, 194))).toEqual([]);
  expect(await refusals(`${hours("a", 0, 97)} ${hours("b", 50, 97)} ${hours("c", 97, 160)}`)).toEqual([]);
  expect(await refusals(`${hours("a", 0, 97)} ${hours("b", 97, 194)}`)).toEqual([
    [
      "TOO_COMPLEX",
      "The account's 130 positions at 97 points and those of the operation's other histories are more than 25000 together: ask for fewer points, by from and to or by a longer interval, or in an operation of their own.",
    ],
  ]);
  await other.close();
});

test("costs 40 rows a point", async () => {
  const query = (first: number) =>
    `{leaderboard(chainId: ${CHAIN_ID}, first: ${first}) {items {account {history {value}}}}}`;
  expect((await ask(app, query(2))).errors).toEqual([]);
  expect((await ask(app, query(3))).errors[0]?.message).toContain("rows");
  const fragment = `query {account(chainId: ${CHAIN_ID}, address: "${OWNERS[0]}") {...H a: history {skew} b: history {pnl}}}
    fragment H on Account {history {value}}`;
  expect((await ask(app, fragment)).errors[0]?.message).toContain("rows");
});
