import { gte } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { principalsAt } from "../../src/api/resolvers/candlePrincipals.ts";
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
import { AFTER_SALE, PAIR, pair, pairSnapshot } from "./protocolRows.ts";
import { address } from "./rows.ts";

/** 2023-11-20, a Monday. */
const MONDAY = 1_700_438_400;
/** Not on any interval's beginning. */
const BORN = MONDAY - 5_000 + 12;
const CHAIN = { id: CHAIN_ID, name: "anvil", quoteToken: TOKEN1, quoteMinDepth: 0 };
const POOL = address("aa");
const FLOW = "{amount0 amount1 decimal0 valueThen valueThen0: valueThen(in: TOKEN0)}";
const CANDLE = `{timestamp open high low close volume {amount0 amount1 notional} feesLp ${FLOW}
  principal {amount0 amount1 value} lvr swaps liquidity}`;
const LENGTHS = {
  MINUTE: 60,
  FIVE_MINUTES: 300,
  QUARTER_HOUR: 900,
  HOUR: 3_600,
  FOUR_HOURS: 14_400,
  DAY: 86_400,
};

type Candle = {
  timestamp: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: { amount0: string; amount1: string; notional: number };
  feesLp: { amount0: string; amount1: string; valueThen: number };
  principal: { amount0: string; amount1: string; value: number };
  lvr: number;
  swaps: number;
  liquidity: string;
};

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
let blocks: { number: number; timestamp: number }[];
let swaps: { blockNumber: number; timestamp: number; sqrtPriceX96: bigint }[];
let end: number;

beforeAll(async () => {
  const chain = beginChain(MONDAY - 5_000);
  const pool = new LoggedPool(chain, POOL);
  nextBlock(chain, 12);
  pool.initialize();
  nextBlock(chain, 7_000);
  randomHistory(chain, [pool], 5, 260);
  db = await createIndexedWorld(chain);
  app = createTestApi(db.database, { chains: [CHAIN] });
  blocks = (await db.database.select().from(tables.block)).sort((a, b) => a.number - b.number);
  swaps = await db.database.select().from(tables.swap);
  end = (blocks.at(-1)?.timestamp ?? 0) + 1;
});

afterAll(() => db.close());

async function candlesOf(args: string, asOf = "", fields = CANDLE): Promise<Candle[]> {
  const query = `{pool(chainId: ${CHAIN_ID}, poolId: "${POOL}"${asOf}) {candles(${args}) ${fields}}}`;
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data.pool.candles;
}

async function poolAt(block: number, fields: string) {
  const asOf = `, asOf: {block: ${block}}`;
  return (await ask(app, `{pool(chainId: ${CHAIN_ID}, poolId: "${POOL}"${asOf}) {${fields}}}`)).data.pool;
}

const priceOf = (sqrtPriceX96: bigint) => (Number(sqrtPriceX96) / 2 ** 96) ** 2;
const sum = (numbers: readonly bigint[]) => numbers.reduce((all, one) => all + one, 0n);

test.each(["HOUR", "FOUR_HOURS", "DAY"] as const)(
  "%s: without a gap, each open the close before",
  async (interval) => {
    const candles = await candlesOf(`interval: ${interval}, from: 0`);
    const length = LENGTHS[interval];
    const first = BORN - (BORN % length);
    expect(candles.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: Math.ceil((end - first) / length) }, (_, i) => first + i * length),
    );
    expect(candles[0]?.open).toBe(1);
    for (const [i, candle] of candles.entries()) {
      if (i > 0) expect(candle.open).toBe(candles[i - 1]?.close);
      expect(candle.high).toBeGreaterThanOrEqual(Math.max(candle.open, candle.close));
      expect(candle.low).toBeLessThanOrEqual(Math.min(candle.open, candle.close));
    }
  },
);

test.each(["MINUTE", "FIVE_MINUTES", "QUARTER_HOUR", "HOUR", "DAY"] as const)(
  "%s: the extremes are those of the swaps and of the open",
  async (interval) => {
    const length = LENGTHS[interval];
    const from = length < 3_600 ? end - 80_000 : 0;
    const candles = await candlesOf(`interval: ${interval}, from: ${from}`);
    expect(candles.filter(({ swaps }) => swaps > 1).length).toBeGreaterThan(3);
    for (const { timestamp, open, high, low, swaps: count } of candles) {
      const inside = swaps.filter(
        (swap) => swap.timestamp >= timestamp && swap.timestamp < timestamp + length,
      );
      const prices = [open, ...inside.map(({ sqrtPriceX96 }) => priceOf(sqrtPriceX96))];
      expect(high).toBeCloseTo(Math.max(...prices), 10);
      expect(low).toBeCloseTo(Math.min(...prices), 10);
      expect(count).toBe(inside.length);
    }
  },
);

test("twelve of five minutes are the hour", async () => {
  const from = end - (end % 3_600) - 40 * 3_600;
  const hours = await candlesOf(`from: ${from}, to: ${from + 36 * 3_600}`);
  const fives = await candlesOf(`interval: FIVE_MINUTES, from: ${from}, to: ${from + 36 * 3_600}`);
  expect([hours.length, fives.length]).toEqual([36, 36 * 12]);
  expect(hours.filter(({ swaps }) => swaps > 3).length).toBeGreaterThan(2);
  for (const [i, hour] of hours.entries()) {
    const parts = fives.slice(12 * i, 12 * i + 12);
    const total = (of: (candle: Candle) => string) => String(sum(parts.map((part) => BigInt(of(part)))));
    expect({ ...hour, lvr: null, volume: null, feesLp: null }).toEqual({
      ...{ timestamp: parts[0]?.timestamp, open: parts[0]?.open, close: parts[11]?.close },
      high: Math.max(...parts.map(({ high }) => high)),
      low: Math.min(...parts.map(({ low }) => low)),
      ...{ principal: parts[11]?.principal, liquidity: parts[11]?.liquidity },
      swaps: parts.reduce((all, part) => all + part.swaps, 0),
      ...{ lvr: null, volume: null, feesLp: null },
    });
    expect(hour.volume).toMatchObject({
      amount0: total(({ volume }) => volume.amount0),
      amount1: total(({ volume }) => volume.amount1),
    });
    expect(hour.feesLp).toMatchObject({
      amount0: total(({ feesLp }) => feesLp.amount0),
      amount1: total(({ feesLp }) => feesLp.amount1),
    });
    expect(hour.lvr).toBeCloseTo(
      parts.reduce((all, { lvr }) => all + lvr, 0),
      14,
    );
  }
});

test("all of them are the totals of the pool", async () => {
  const candles = await candlesOf("interval: HOUR, from: 0");
  const fields = `totals {swaps volume {amount0 amount1} feesLp ${FLOW}} adverseSelection(window: ALL) {lvr}`;
  const { totals, adverseSelection } = await poolAt(blocks.at(-1)?.number ?? 0, fields);
  const total = (of: (candle: Candle) => string) => String(sum(candles.map((one) => BigInt(of(one)))));
  expect(totals).toMatchObject({
    swaps: candles.reduce((all, { swaps }) => all + swaps, 0),
    volume: {
      amount0: total(({ volume }) => volume.amount0),
      amount1: total(({ volume }) => volume.amount1),
    },
    feesLp: {
      amount0: total(({ feesLp }) => feesLp.amount0),
      amount1: total(({ feesLp }) => feesLp.amount1),
    },
  });
  expect(totals.feesLp.valueThen).toBeCloseTo(
    candles.reduce((all, { feesLp }) => all + feesLp.valueThen, 0),
    12,
  );
  expect(adverseSelection.lvr).toBeGreaterThan(0);
  expect(adverseSelection.lvr).toBeCloseTo(
    candles.reduce((all, { lvr }) => all + lvr, 0),
    12,
  );
});

test("a close is the pool as of the last block before the end", async () => {
  const candles = await candlesOf("interval: FOUR_HOURS, from: 0");
  for (const { timestamp, close, principal, liquidity } of candles) {
    const block = blocks.filter((one) => one.timestamp < timestamp + 14_400).at(-1)?.number ?? 0;
    const then = await poolAt(block, "price liquidity principal {amount0 amount1 value}");
    expect({ price: close, liquidity, principal }).toEqual(then);
  }
});

describe("of a past pool", () => {
  test("go up to its block, also within five minutes and within a second", async () => {
    const pairs = blocks.filter(({ timestamp }, i) => timestamp === blocks[i + 1]?.timestamp);
    expect(pairs.length).toBeGreaterThan(5);
    for (const { number, timestamp } of pairs) {
      const from = timestamp - 7_200;
      const asOf = `, asOf: {block: ${number}}`;
      const last = (await candlesOf(`interval: HOUR, from: ${from}`, asOf)).at(-1);
      const then = await poolAt(number, "price liquidity");
      expect({ price: last?.close, liquidity: last?.liquidity }).toEqual(then);
      const seen = swaps.filter(
        (swap) => swap.blockNumber <= number && swap.timestamp >= (last?.timestamp ?? 0),
      );
      expect(last?.swaps).toBe(seen.length);
      const prices = [last?.open ?? 0, ...seen.map(({ sqrtPriceX96 }) => priceOf(sqrtPriceX96))];
      expect(last?.high).toBeCloseTo(Math.max(...prices), 10);
      expect(last?.low).toBeCloseTo(Math.min(...prices), 10);
    }
  });

  test("are none before the first price, and one price of Initialize alone", async () => {
    const created = blocks[0]?.number ?? 0;
    expect(await candlesOf("from: 0", `, asOf: {block: ${created}}`)).toEqual([]);
    const [only, ...more] = await candlesOf("from: 0", `, asOf: {block: ${created + 1}}`);
    expect(more).toEqual([]);
    expect(only).toEqual({
      ...{ timestamp: BORN - (BORN % 3_600), open: 1, high: 1, low: 1, close: 1, swaps: 0, liquidity: "0" },
      volume: { amount0: "0", amount1: "0", notional: 0 },
      feesLp: { amount0: "0", amount1: "0", decimal0: "0", valueThen: 0, valueThen0: 0 },
      ...{ principal: { amount0: "0", amount1: "0", value: 0 }, lvr: 0 },
    });
  });
});

test("an interval without an event stands at the close before", async () => {
  // Nothing happened for two hours after Initialize.
  const [, empty] = await candlesOf("from: 0");
  expect(empty).toMatchObject({
    open: 1,
    high: 1,
    low: 1,
    close: 1,
    swaps: 0,
    lvr: 0,
    volume: { notional: 0 },
  });
});

describe("a span", () => {
  const stamps = async (args: string) =>
    (await candlesOf(args, "", "{timestamp}")).map(({ timestamp }) => timestamp);

  test("is of whole intervals, and to is not in it", async () => {
    const hour = MONDAY + 10 * 3_600;
    expect(await stamps(`from: ${hour}, to: ${hour + 3_600}`)).toEqual([hour]);
    expect(await stamps(`from: ${hour + 5}, to: ${hour + 3_601}`)).toEqual([hour, hour + 3_600]);
    expect(await stamps(`from: ${hour}, to: ${hour}`)).toEqual([]);
    expect(await stamps(`from: 0, to: ${BORN}`)).toEqual([]);
    expect(await stamps(`from: 0, to: ${BORN + 1}`)).toEqual([BORN - (BORN % 3_600)]);
    expect(await stamps("from: 2000000000")).toEqual([]);
    expect(await stamps("interval: WEEK, from: 0")).toEqual([MONDAY - 604_800, MONDAY]);
    expect(await candlesOf(`from: ${hour + 5}, to: ${hour + 10}`)).toEqual(
      await candlesOf(`from: ${hour}, to: ${hour + 3_600}`),
    );
  });

  test.each([
    ["from: -1", "BAD_INPUT", "from is -1"],
    ["from: 20, to: 10", "BAD_INPUT", "from 20 is after to 10"],
    [`interval: MINUTE, from: ${MONDAY}, to: ${MONDAY + 1_501 * 60}`, "TOO_MANY_POINTS", "more than 1500"],
    [`interval: FIVE_MINUTES, from: ${MONDAY}, to: ${MONDAY + 172_801}`, "TOO_MANY_POINTS", "2 days"],
    [`interval: QUARTER_HOUR, from: 0, to: ${MONDAY + 200_000}`, "TOO_MANY_POINTS", "2 days"],
  ])("%s is refused", async (args, code, words) => {
    const query = `{pool(chainId: ${CHAIN_ID}, poolId: "${POOL}") {candles(${args}) {open}}}`;
    const { errors } = await ask(app, query);
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([code, expect.stringContaining(words)]);
  });

  test("of two days of five minutes, and of 1,500 minutes, is not", async () => {
    expect(await stamps(`interval: FIVE_MINUTES, from: ${MONDAY}, to: ${MONDAY + 172_800}`)).toHaveLength(
      576,
    );
    expect(await stamps(`interval: MINUTE, from: ${MONDAY}, to: ${MONDAY + 1_500 * 60}`)).toHaveLength(1_500);
  });
});

describe("in the quote token", () => {
  // Token0 as the quote token: token1 is worth the inverse of the price.
  const quotedApi = () =>
    createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: address("10"), quoteMinDepth: 0 }] });

  test("is at the token's price after each close", async () => {
    const to = end - (end % 86_400);
    const args = `interval: DAY, from: ${to - 4 * 86_400}, to: ${to}`;
    const fields = "{volume {amount1 notional(in: QUOTE)} feesLp {valueThen(in: QUOTE)} timestamp}";
    const query = `{pool(chainId: ${CHAIN_ID}, poolId: "${POOL}") {candles(${args}) ${fields}}}`;
    const { data, errors } = await ask(quotedApi(), query);
    expect(errors).toEqual([]);
    expect(data.pool.candles).toHaveLength(4);
    for (const { timestamp, volume } of data.pool.candles) {
      const block = blocks.filter((one) => one.timestamp < timestamp + 86_400).at(-1)?.number;
      const then = `{token(chainId: ${CHAIN_ID}, address: "${TOKEN1}") {quotePrice(asOf: {block: ${block}}) {price}}}`;
      const price = (await ask(quotedApi(), then)).data.token.quotePrice?.price ?? null;
      const amount = Number(volume.amount1) / 1e18;
      if (price === null) expect(volume.notional).toBe(amount === 0 ? 0 : null);
      else expect(volume.notional).toBeCloseTo(amount * price, 12);
    }
    expect(data.pool.candles.some(({ volume }: Candle) => volume.notional > 0)).toBe(true);
  });

  test("is affordable for 90 days, and not for 1,500 hours", async () => {
    const codeOf = async (args: string) => {
      const query = `{pool(chainId: ${CHAIN_ID}, poolId: "${POOL}") {candles(${args}) {volume {notional(in: QUOTE)}}}}`;
      return (await ask(quotedApi(), query)).errors[0]?.extensions.code;
    };
    expect(await codeOf(`interval: DAY, from: ${MONDAY}, to: ${MONDAY + 90 * 86_400}`)).toBeUndefined();
    expect(await codeOf(`from: ${MONDAY}, to: ${MONDAY + 1_400 * 3_600}`)).toBe("TOO_COMPLEX");
  });
});

test("counts as 500 rows at least", async () => {
  const query = (first: number) =>
    `{pools(first: ${first}) {items {candles(from: ${MONDAY}, to: ${MONDAY + 10}) {open}}}}`;
  expect((await ask(app, query(20))).errors).toEqual([]);
  expect((await ask(app, query(21))).errors[0]?.extensions.code).toBe("TOO_COMPLEX");
});

test("in quarantine has prices and volumes, and nothing from growth since", async () => {
  const before = await candlesOf("interval: FOUR_HOURS, from: 0");
  const middle = before[Math.floor(before.length / 2)]?.timestamp ?? 0;
  const since = blocks.find(({ timestamp }) => timestamp >= middle)?.number ?? 0;
  const { poolSnapshot } = tables;
  const quarantineIn = (quarantinedBlock: number | null) =>
    db.database.update(poolSnapshot).set({ quarantinedBlock }).where(gte(poolSnapshot.blockNumber, since));
  onTestFinished(async () => void (await quarantineIn(null)));
  await quarantineIn(since);
  const closedBefore = (start: number) =>
    (blocks.filter(({ timestamp }) => timestamp < start + 14_400).at(-1)?.number ?? 0) < since;
  expect(before.filter(({ timestamp }) => !closedBefore(timestamp)).length).toBeGreaterThan(3);
  expect(await candlesOf("interval: FOUR_HOURS, from: 0")).toEqual(
    before.map((candle) =>
      closedBefore(candle.timestamp) ? candle : { ...candle, feesLp: null, principal: null, lvr: null },
    ),
  );
});

test("of a pair: prices of its Syncs, principal without fees", async () => {
  const pairs = await createPglite();
  await fillChain(pairs.database, [20, 60, 100]);
  await pairs.database.insert(tables.pool).values(pair());
  const sold = { ...AFTER_SALE, blockNumber: 60, swaps: 1, volume0: 10n ** 19n, volume1: 19_743_160_687n };
  await pairs.database.insert(tables.poolSnapshot).values([pairSnapshot(), pairSnapshot(sold)]);
  const from = 1_700_000_020 - (1_700_000_020 % 60);
  const query = `{pool(chainId: 1, poolId: "${PAIR}") {candles(interval: MINUTE, from: 0) ${CANDLE}
    hour: candles(from: 0) {open close high low}}}`;
  const { data, errors } = await ask(createTestApi(pairs.database), query);
  expect(errors).toEqual([]);
  const [first, second, third, ...more] = data.pool.candles as Candle[];
  expect([first?.timestamp, second?.timestamp]).toEqual([from, from + 60]);
  expect([more, third?.swaps, third?.open, third?.low]).toEqual([[], 0, second?.close, second?.close]);
  // 2,000 before the sale of 1 % of the WETH, 1960.650336 after it.
  expect(first).toMatchObject({ swaps: 0, volume: { amount0: "0" } });
  expect(first?.close).toBeCloseTo(2_000, 6);
  expect(second?.open).toBe(first?.close);
  expect(second?.high).toBe(second?.open);
  expect(second?.close).toBeCloseTo(1960.650336, 5);
  expect(second?.low).toBe(second?.close);
  expect(second).toMatchObject({ swaps: 1, volume: { amount0: `${10n ** 19n}`, notional: 19_743.160687 } });
  // 2 L times the root of the price, all LP tokens being a hundred times those of the position's example.
  expect(second?.principal.value).toBeCloseTo(3_960_454.858678, 3);
  expect(data.pool.hour).toEqual([
    { open: first?.close, close: second?.close, high: second?.high, low: second?.low },
  ]);
  await pairs.close();
});

test("a pair's principals are worked out once for all candles, however many ask", async () => {
  const pool = { row: { chainId: 1, poolId: PAIR, protocol: "UNISWAP_V2" as const } };
  const principals = principalsAt(pool, []);
  const unread = () => Promise.reject(new Error("a pair's principals need no read"));
  expect(await principals(unread)).toBe(await principals(unread));
});
