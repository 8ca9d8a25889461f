import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { findTrades } from "../../src/api/queries/windowSwaps.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { bucketBefore, swap } from "./eventRows.ts";
import { ENGINES } from "./listWorld.ts";
import { PAIR, pair, pairSnapshot } from "./protocolRows.ts";
import { address, block, POOL, pool, poolSnapshot, token, USDC } from "./rows.ts";

const Q96 = 2n ** 96n;
const Q128 = 2n ** 128n;
/** At price 4: fees of 3 and 14 are 26 of token1. */
const EARNED = { lvrX128: 25n * Q128, lvrPerSwapX128: 46n * Q128, feesLp0: 3n, feesLp1: 14n };
/** On the hour; block 100 is there, each later one 30 minutes on, but for 107 a day later. */
const START = 1_699_999_200;
const timeOf = (number: number) => START + (number === 107 ? 30 * 3_600 : (number - 100) * 1_800);
const [QUIET, BUSY] = [address("b7"), address("b8")];

const at = (blockNumber: number, amount0: bigint, amount1: bigint, sqrtPriceX96 = Q96, logIndex = 0) =>
  swap({ ...{ blockNumber, logIndex, timestamp: timeOf(blockNumber), amount0, amount1 }, sqrtPriceX96 });

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let app: Hono;

  beforeAll(async () => {
    db = await create();
    const { database } = db;
    const numbers = [100, 101, 102, 103, 104, 105, 107];
    await database
      .insert(tables.block)
      .values(numbers.map((number) => block({ number, timestamp: timeOf(number) })));
    await database
      .insert(tables.token)
      .values([token({ decimals: 3 }), token({ address: USDC, decimals: 3 })]);
    const pools = [
      pool({ sqrtPriceX96: 2n * Q96, tick: 13863 }),
      pool({ poolId: QUIET }),
      pool({ poolId: BUSY, swaps: 200_001 }),
      pair(),
    ];
    await database.insert(tables.pool).values(pools);
    const price = { sqrtPriceX96: Q96, tick: 0 };
    await database
      .insert(tables.poolSnapshot)
      .values([
        poolSnapshot({ blockNumber: 100, ...price, lvrX128: 5n * Q128, lvrPerSwapX128: 6n * Q128 }),
        poolSnapshot({ blockNumber: 105, sqrtPriceX96: 2n * Q96, tick: 13863, ...EARNED }),
        ...[QUIET, BUSY].map((poolId) => poolSnapshot({ poolId, blockNumber: 100 })),
        pairSnapshot({ blockNumber: 100 }),
      ]);
    await database.insert(tables.swap).values([
      // Bought for 4010 and 2006, sold for 2990; the last two in one block, whose price is 4.
      at(101, -4_000n, 4_010n),
      at(103, 3_000n, -2_990n),
      at(105, -1n, 0n, Q96, 3),
      at(105, -500n, 2_006n, 2n * Q96, 10),
      { ...at(104, 7n, 9n), poolId: PAIR },
      { ...at(105, 1_000n, -900n), poolId: PAIR },
    ]);
    await database.insert(tables.poolBucket).values([
      bucketBefore(timeOf(101), Q96),
      bucketBefore(timeOf(103), Q96),
      bucketBefore(timeOf(105), 2n * Q96),
      // Not over at block 105.
      bucketBefore(timeOf(105) + 300, 9n * Q96),
    ]);
    app = createTestApi(database);
  });

  afterAll(() => db.close());

  async function read(fields: string, poolId: string = POOL, block = 105) {
    const { data, errors } = await ask(
      app,
      `{pool(chainId: 1, poolId: "${poolId}", asOf: {block: ${block}}) {${fields}}}`,
    );
    expect(errors).toEqual([]);
    return data.pool;
  }

  test("what was paid in and taken out, each swap at its own price", async () => {
    const side =
      "{amount0 amount1 decimal1 valueThen in0: valueThen(in: TOKEN0) quoted: valueThen(in: QUOTE_THEN) valueNow}";
    const { flow } = await read(`flow {paidIn ${side} takenOut ${side} swaps imbalance}`);
    expect(flow).toEqual({
      paidIn: {
        ...{ amount0: "3000", amount1: "6016", decimal1: "6.016", quoted: null },
        // 3000 + 4010 + 2006; 2006 at 4 is 501 of token0. Now: 3000 at 4 and 6016.
        ...{ valueThen: 9.016, in0: 7.511, valueNow: 18.016 },
      },
      takenOut: {
        ...{ amount0: "4501", amount1: "2990", decimal1: "2.99", quoted: null },
        // 4000 + 1 + 500 at 4, and 2990.
        ...{ valueThen: 8.991, in0: 7.491, valueNow: 20.994 },
      },
      ...{ swaps: 4, imbalance: 3_026 / 9_006 },
    });
  });

  test("of a window, of a past block, and of the last hour alone", async () => {
    // The hour of block 105 begins with block 104, the one before it with block 102.
    const fields = "flow(window: HOUR) {swaps imbalance toxicity}";
    expect(await read(fields)).toEqual({
      flow: { swaps: 3, imbalance: -984 / 4996, toxicity: expect.any(Number) },
    });
    expect(await read(fields, POOL, 103)).toEqual({
      flow: { swaps: 2, imbalance: 1_020 / 7_000, toxicity: expect.any(Number) },
    });
    expect(await read("flow(window: HOUR) {swaps} all: flow(window: ALL) {swaps}", POOL, 107)).toEqual({
      ...{ flow: { swaps: 0 }, all: { swaps: 4 } },
    });
  });

  test("toxicity: parts of a fiftieth of the day's volume, the newest fifty", async () => {
    // 9006 in all, parts of 180.12. Newest first 2006 (11.1370 parts), 2990 (up to 27.7371 parts), 4010: the 12th and
    // the 28th have both sides. By whole fractions, apart from the code.
    const { flow } = await read("flow {toxicity}");
    expect(flow.toxicity).toBeCloseTo(0.9840017765933822, 12);
    // In the hour 4996: 27 parts, all but one of one side.
    const hour = await read("flow(window: HOUR) {toxicity}");
    expect(hour.flow.toxicity).toBeCloseTo(0.9898503878073054, 12);
  });

  test("trades are told newest first, within a block too, and what is paid in both tokens is on no side", async () => {
    const trades = (poolId: `0x${string}`) =>
      findTrades(db.database, { chainId: 1, poolId, fromBlock: 100, toBlock: 105 });
    expect(await trades(POOL)).toEqual([2_006n, 0n, -2_990n, 4_010n]);
    expect(await trades(PAIR)).toEqual([-900n, 0n]);
    expect(await trades(QUIET)).toEqual([]);
  });

  test.each([
    ["no swap in a day", POOL, 107, { imbalance: null, toxicity: null, swaps: 0 }],
    ["no swap ever", QUIET, 105, { imbalance: null, toxicity: null, swaps: 0 }],
    // 7 and 9 were paid in and nothing taken: no side.
    ["a pair", PAIR, 105, { imbalance: -1, toxicity: 1, swaps: 2 }],
    ["a pair that was only given to", PAIR, 104, { imbalance: null, toxicity: null, swaps: 1 }],
  ])("%s", async (_, poolId, blockNumber, expected) => {
    expect(await read("flow {imbalance toxicity swaps}", poolId, blockNumber)).toEqual({ flow: expected });
  });

  test("realised volatility: of the price before each mark of five minutes", async () => {
    // Price 1 before block 101's mark, 4 before 105's, two hours of 24 returns after it.
    const { all, hour } = await read(
      "all: realizedVolatility(window: ALL) hour: realizedVolatility(window: HOUR)",
    );
    // ln 4 once in the 24 returns since block 101, and in the 18 since the hour began.
    expect(all).toBeCloseTo(Math.log(4) * Math.sqrt(105_120 / 24), 9);
    expect(hour).toBeCloseTo(Math.log(4) * Math.sqrt(105_120 / 18), 9);
  });

  test.each([
    // What the price was before the window is its first: nothing moved since.
    ["no swap since before the window", POOL, 107, "DAY", 0],
    ["the swaps are under an hour old", POOL, 102, "ALL", null],
    ["no swap and no price before", QUIET, 105, "ALL", null],
    ["no swap since a price before", QUIET, 105, "HOUR", 0],
  ])("%s", async (_, poolId, blockNumber, window, expected) => {
    const fields = `realizedVolatility(window: ${window})`;
    expect(await read(fields, poolId, blockNumber)).toEqual({ realizedVolatility: expected });
  });

  test("more than 200,000 swaps are not read", async () => {
    const { errors } = await ask(app, `{pool(chainId: 1, poolId: "${BUSY}") {flow(window: ALL) {swaps}}}`);
    expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      [
        "TOO_COMPLEX",
        "The pool has 200001 swaps in this window, more than the 200000 that are read for one figure: ask for a shorter one.",
      ],
    ]);
  });

  test("loss versus rebalancing of all LPs in the window, by block and by swap, against their fees", async () => {
    const fields = "lvr lvrPerSwap feesLp feesMinusLvr lvrCoverage horizon";
    const { all, day } = await read(
      `all: adverseSelection(window: ALL) {${fields}} day: adverseSelection(window: DAY, horizon: 60) {${fields}}`,
    );
    expect(all).toEqual({
      ...{
        lvr: 0.025,
        lvrPerSwap: 0.046,
        feesLp: 0.026,
        feesMinusLvr: 0.001,
        lvrCoverage: 1.04,
        horizon: 300,
      },
    });
    // The day begins before block 100: the same.
    expect(day).toEqual({ ...all, horizon: 60 });
    const hour = await read("adverseSelection(window: HOUR) {lvr lvrPerSwap feesLp}");
    expect(hour.adverseSelection).toEqual({ lvr: 0.02, lvrPerSwap: 0.04, feesLp: 0.026 });
  });

  // Bought 4000 for 4010 and 500 for 2006, sold 3000 for 2990, and 1 was taken for nothing; the price is 1, then 4.
  test.each([
    ["five minutes on: 10 + 10 - 4 + 6", POOL, 107, 300, { markout: 22 / 9_006, toxicVolumeShare: 0 }],
    [
      "two hours on, to the second: -11990 + 9010 - 4 + 6",
      ...[POOL, 107, 7_200, { markout: -2_978 / 9_006, toxicVolumeShare: 4_010 / 9_006 }],
    ],
    [
      "a second less: 10 + 9010 - 4 + 6",
      ...[POOL, 107, 7_199, { markout: 9_022 / 9_006, toxicVolumeShare: 0 }],
    ],
    ["those that it has passed since alone", POOL, 105, 300, { markout: 20 / 7_000, toxicVolumeShare: 0 }],
    ["at once, at the last price of the second", POOL, 105, 0, { markout: 22 / 9_006, toxicVolumeShare: 0 }],
    ["none that it has passed since", POOL, 101, 300, { markout: null, toxicVolumeShare: null }],
    ["no swap", QUIET, 105, 300, { markout: null, toxicVolumeShare: null }],
    [
      "a pair: 7 and 9 were given, then 1000 for 900",
      PAIR,
      107,
      0,
      { markout: 116 / 909, toxicVolumeShare: 0 },
    ],
  ] as const)("markout: %s", async (_, poolId, blockNumber, horizon, expected) => {
    const fields = `adverseSelection(window: ALL, horizon: ${horizon}) {markout toxicVolumeShare}`;
    expect(await read(fields, poolId, blockNumber)).toEqual({ adverseSelection: expected });
  });

  test.each(["-1", "86401"])("a horizon of %s is refused", async (horizon) => {
    const { errors } = await ask(
      app,
      `{pool(chainId: 1, poolId: "${POOL}") {adverseSelection(horizon: ${horizon}) {lvr}}}`,
    );
    expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      ["BAD_INPUT", `horizon is ${horizon}: it must be from 0 to 86400 seconds.`],
    ]);
  });

  test("in quarantine none of it is known", async () => {
    await db.database.update(tables.pool).set({ quarantinedBlock: 105 });
    const { data } = await ask(
      app,
      `{pool(chainId: 1, poolId: "${POOL}") {adverseSelection {lvr lvrPerSwap feesLp feesMinusLvr lvrCoverage markout toxicVolumeShare}}}`,
    );
    await db.database.update(tables.pool).set({ quarantinedBlock: null });
    const unknown = { lvr: null, lvrPerSwap: null, feesLp: null, feesMinusLvr: null, lvrCoverage: null };
    expect(data.pool.adverseSelection).toEqual({ ...unknown, markout: null, toxicVolumeShare: null });
  });

  test("each counts as 250 rows, what was paid in and taken out as 125 more", async () => {
    const pools = (first: number, fields: string) => ask(app, `{pools(first: ${first}) {items {${fields}}}}`);
    expect((await pools(40, "flow {swaps}")).errors.map(({ extensions }) => extensions.code)).not.toContain(
      "GRAPHQL_VALIDATION_FAILED",
    );
    expect((await pools(41, "flow {swaps}")).errors[0]?.message).toContain("10250 rows");
    expect((await pools(21, "flow {swaps} realizedVolatility")).errors[0]?.message).toContain("10500 rows");
    const sides = "flow {paidIn {amount0} takenOut {amount0}}";
    expect((await pools(21, sides)).errors[0]?.message).toContain("10500 rows");
  });
});
