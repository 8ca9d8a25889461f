import { gte } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain } from "./eventRows.ts";
import {
  beginChain,
  CHAIN_ID,
  createIndexedWorld,
  LoggedPool,
  nextBlock,
  randomHistory,
  TOKEN1,
} from "./indexedWorld.ts";
import { AFTER_SALE, PAIR, pair, pairPosition, pairSnapshot, snapshotOf } from "./protocolRows.ts";
import { ALICE, address } from "./rows.ts";

/** 2023-11-20, a Monday. */
const MONDAY = 1_700_438_400;
const CHAIN = { id: CHAIN_ID, name: "anvil", quoteToken: TOKEN1, quoteMinDepth: 0 };
const AMOUNTS = "{amount0 amount1 decimal0 decimal1 value value0: value(in: TOKEN0)}";
const POINT = `{block {number timestamp} price amounts ${AMOUNTS} value hold skew impermanentLoss feesEarned ${AMOUNTS} status}`;
const SAME = `{asOf {number timestamp} pool {price} status inventory {amounts ${AMOUNTS} skew}
  impermanentLoss {total hold {value}} fees {earned ${AMOUNTS}}}`;

type Moment = { number: number; timestamp: number };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
let blocks: Moment[];
let events: { positionId: string | null; blockNumber: number }[];
/** The two with the most events, one that has few, and one of a narrow range, which the price left and came back to. */
let ids: string[];

beforeAll(async () => {
  const chain = beginChain(MONDAY - 5_000);
  const pool = new LoggedPool(chain, address("aa"));
  nextBlock(chain, 12);
  pool.initialize();
  pool.deposit({ owner: address("d1"), tickLower: -6000, tickUpper: 6000, liquidity: 5n * 10n ** 19n });
  pool.deposit({ owner: address("d3"), tickLower: -60, tickUpper: 60, liquidity: 10n ** 19n });
  randomHistory(chain, [pool], 7, 250);
  db = await createIndexedWorld(chain);
  app = createTestApi(db.database, { chains: [CHAIN] });
  blocks = (await db.database.select().from(tables.block)).sort((a, b) => a.number - b.number);
  events = await db.database.select().from(tables.liquidityEvent);
  const counts = new Map<string, number>();
  for (const { positionId } of events) {
    if (positionId !== null) counts.set(positionId, (counts.get(positionId) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const narrow = `${address("aa")}:${address("d3")}:-60:60`;
  ids = [byCount[0], byCount[1], byCount.at(-1), narrow].map((id) => `${CHAIN_ID}:${id}`);
});

afterAll(() => db.close());

async function historyOf(id: string, args: string, asOf = "") {
  const { data, errors } = await ask(app, `{position(id: "${id}"${asOf}) {history${args} ${POINT}}}`);
  expect(errors).toEqual([]);
  return data.position.history as { block: Moment }[];
}

async function numbersOf(id: string, args: string, asOf = ""): Promise<number[]> {
  return (await historyOf(id, args, asOf)).map(({ block }) => block.number);
}

async function codeOf(args: string): Promise<[string | undefined, string]> {
  const { errors } = await ask(app, `{position(id: "${ids[0]}") {history${args} {status}}}`);
  return [errors[0]?.extensions.code, errors[0]?.message ?? ""];
}

/** By the calendar: the start of the day, or of the week, after the one that a moment lies in. */
const nextDay = (timestamp: number) => new Date(timestamp * 1_000).setUTCHours(24, 0, 0, 0) / 1_000;
const nextWeek = (timestamp: number) => {
  let day = nextDay(timestamp);
  while (new Date(day * 1_000).getUTCDay() !== 1) day = nextDay(day);
  return day;
};
const nextHour = (timestamp: number) => timestamp - (timestamp % 3_600) + 3_600;

/** Block by block: the last one before each end, and those with events of the position. */
function expectedOf(id: string, next: (time: number) => number, from: number, to: number): number[] {
  const own = events.filter(({ positionId }) => `${CHAIN_ID}:${positionId}` === id);
  const changed = new Set(own.map(({ blockNumber }) => blockNumber));
  const opened = Math.min(...changed);
  const ends: number[] = [];
  for (let end = next(from); ; end = next(end)) {
    ends.push(Math.min(end, to));
    if (end >= to) break;
  }
  const before = ends.flatMap(
    (end) => blocks.filter(({ timestamp }) => timestamp < end).at(-1)?.number ?? [],
  );
  const during = blocks.filter(
    ({ number, timestamp }) => changed.has(number) && timestamp >= from && timestamp < to,
  );
  const numbers = new Set([...before, ...during.map(({ number }) => number)]);
  return [...numbers].filter((number) => number >= opened).sort((a, b) => a - b);
}

const openedOf = async (id: string): Promise<number> =>
  (await ask(app, `{position(id: "${id}") {opened {timestamp}}}`)).data.position.opened.timestamp;

test.each([
  [0, 20],
  [1, 15],
  [2, 1],
  [3, 5],
])("every point is what the position answers as of its block (%i)", async (i, least) => {
  const id = ids[i] ?? "";
  const points = await historyOf(id, "(interval: FOUR_HOURS)");
  expect(points.length).toBeGreaterThanOrEqual(least);
  for (const { block, ...point } of points) {
    const { data } = await ask(app, `{position(id: "${id}", asOf: {block: ${block.number}}) ${SAME}}`);
    const { asOf, pool, status, inventory, impermanentLoss, fees } = data.position;
    expect({ block, ...point }).toEqual({
      ...{ block: asOf, price: pool.price, amounts: inventory.amounts, value: inventory.amounts.value },
      ...{ hold: impermanentLoss.hold.value, skew: inventory.skew, impermanentLoss: impermanentLoss.total },
      ...{ feesEarned: fees.earned, status },
    });
  }
  if (i < 3) return;
  const statuses = new Set(points.map((point) => JSON.stringify(point).match(/BELOW|ABOVE|IN_RANGE/)?.[0]));
  expect(statuses.size).toBeGreaterThan(1);
});

describe("its blocks", () => {
  test.each([
    ["DAY", nextDay],
    ["WEEK", nextWeek],
    ["HOUR", nextHour],
  ] as const)("are the last of each %s, and those of its events", async (interval, next) => {
    const end = (blocks.at(-1)?.timestamp ?? 0) + 1;
    for (const id of ids) {
      const opened = await openedOf(id);
      const from = interval === "HOUR" ? Math.max(opened, end - 100_000) : opened;
      const found = await numbersOf(id, `(interval: ${interval}, from: ${from})`);
      expect(found).toEqual(expectedOf(id, next, from, end));
      expect(found.at(-1)).toBe(blocks.at(-1)?.number);
    }
  });

  test("are those of a span, to exclusive, also where it begins inside an interval", async () => {
    const [id = ""] = ids;
    const own = events.filter(({ positionId }) => `${CHAIN_ID}:${positionId}` === id);
    const last = Math.max(...own.map(({ blockNumber }) => blockNumber));
    const to = blocks.find(({ number }) => number === last)?.timestamp ?? 0;
    const from = to - 250_000;
    expect(await numbersOf(id, `(from: ${from}, to: ${to})`)).toEqual(expectedOf(id, nextDay, from, to));
    expect(await numbersOf(id, `(from: ${from}, to: ${to})`)).not.toContain(last);
    expect(await numbersOf(id, `(from: ${from}, to: ${to + 1})`)).toContain(last);
    expect(await numbersOf(id, `(from: ${to}, to: ${to})`)).toEqual([]);
    expect(await numbersOf(id, `(from: 2000000000)`)).toEqual([]);
    expect(await numbersOf(id, `(from: 0, to: 1000)`)).toEqual([]);
  });

  test("go back 90 intervals, and not before the position was opened", async () => {
    const [id = ""] = ids;
    const end = (blocks.at(-1)?.timestamp ?? 0) + 1;
    const from = Math.max(await openedOf(id), Math.floor(end / 3_600) * 3_600 - 89 * 3_600);
    expect(await numbersOf(id, "(interval: HOUR)")).toEqual(expectedOf(id, nextHour, from, end));
    expect(await numbersOf(id, "")).toEqual(await numbersOf(id, "(from: 0)"));
  });

  test("of a past position end at its own, also where later ones are of the same second", async () => {
    const [id = ""] = ids;
    const opened = await openedOf(id);
    const pairs = blocks.filter(
      ({ timestamp }, i) => timestamp === blocks[i + 1]?.timestamp && timestamp > opened,
    );
    expect(pairs.length).toBeGreaterThan(2);
    for (const { number } of pairs) {
      const found = await numbersOf(id, "", `, asOf: {block: ${number}}`);
      expect(found.at(-1)).toBe(number);
    }
  });
});

describe("is refused", () => {
  test.each([
    ["(from: -1)", "BAD_INPUT", "from is -1"],
    ["(to: -5)", "BAD_INPUT", "to is -5"],
    ["(from: 20, to: 10)", "BAD_INPUT", "from 20 is after to 10"],
    ["(interval: MINUTE, from: 0)", "TOO_MANY_POINTS", "more than 500"],
  ])("with %s: %s", async (args, code, words) => {
    const [found, message] = await codeOf(args);
    expect([found, message]).toEqual([code, expect.stringContaining(words)]);
  });

  test("of more than 500 intervals, and not of 500", async () => {
    const opened = await openedOf(ids[0] ?? "");
    const start = opened - (opened % 60) + 60;
    const span = (minutes: number) => `(interval: MINUTE, from: ${start}, to: ${start + minutes * 60})`;
    expect(await codeOf(span(500))).toEqual([undefined, ""]);
    const [code, message] = await codeOf(span(501));
    expect([code, message]).toEqual([
      "TOO_MANY_POINTS",
      "The span has 501 intervals of MINUTE, more than 500: ask for a longer interval, or for less time by from and to.",
    ]);
  });
});

test("in the quote token is at the price of each point, and affordable for 90 of them", async () => {
  const quoted = createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: address("10") }] });
  const [, id = ""] = ids;
  const query = `{position(id: "${id}") {history(interval: DAY) {block {number} amounts {value(in: QUOTE)}}}}`;
  const { data, errors } = await ask(quoted, query);
  expect(errors).toEqual([]);
  const values: (number | null)[] = [];
  for (const { block, amounts } of data.position.history.slice(-8)) {
    const then = `{position(id: "${id}", asOf: {block: ${block.number}}) {inventory {amounts {value(in: QUOTE)}}}}`;
    expect(amounts).toEqual((await ask(quoted, then)).data.position.inventory.amounts);
    values.push(amounts.value);
  }
  expect(values.some((value) => value !== null && value > 0)).toBe(true);
  const page = `{positions(first: 2) {items {history {amounts {value(in: QUOTE)}}}}}`;
  expect((await ask(quoted, page)).errors[0]?.extensions.code).toBe("TOO_COMPLEX");
});

test("of LP tokens of a pair is what they answer as of each block", async () => {
  const pairs = await createPglite();
  await fillChain(pairs.database, [20, 60, 100]);
  await pairs.database.insert(tables.pool).values(pair());
  const [minted, sold] = [pairSnapshot(), pairSnapshot({ ...AFTER_SALE, blockNumber: 60 })];
  await pairs.database.insert(tables.poolSnapshot).values([minted, sold]);
  await pairs.database.insert(tables.position).values(pairPosition());
  await pairs.database.insert(tables.positionSnapshot).values(snapshotOf(pairPosition()));
  const api = createTestApi(pairs.database);
  const id = `1:${PAIR}:${ALICE}`;
  const { data, errors } = await ask(api, `{position(id: "${id}") {history(interval: MINUTE) ${POINT}}}`);
  expect(errors).toEqual([]);
  const points = data.position.history;
  expect(points.map(({ block }: { block: Moment }) => block.number)).toEqual([20, 60, 100]);
  // 10 WETH and 20,000 USDC held instead, and 2 L times the root of the price: a sale of 1 % of the WETH.
  expect(points[1].hold).toBeCloseTo(39606.50336, 5);
  expect(points[1].value).toBeCloseTo(39604.548587, 5);
  for (const { block, ...point } of points) {
    const then = await ask(api, `{position(id: "${id}", asOf: {block: ${block.number}}) ${SAME}}`);
    const { pool, status, inventory, impermanentLoss, fees } = then.data.position;
    expect(point).toEqual({
      ...{ price: pool.price, amounts: inventory.amounts, value: inventory.amounts.value },
      ...{ hold: impermanentLoss.hold.value, skew: inventory.skew, impermanentLoss: impermanentLoss.total },
      ...{ feesEarned: fees.earned, status },
    });
  }
  await pairs.close();
});

test("in quarantine knows no fees from its block on", async () => {
  const [id = ""] = ids;
  const points = await historyOf(id, "");
  const since = points[Math.floor(points.length / 2)]?.block.number ?? 0;
  await db.database
    .update(tables.poolSnapshot)
    .set({ quarantinedBlock: since })
    .where(gte(tables.poolSnapshot.blockNumber, since));
  const after = await historyOf(id, "");
  expect(after).toEqual(
    points.map((point) => (point.block.number < since ? point : { ...point, feesEarned: null })),
  );
});
