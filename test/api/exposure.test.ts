import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { AT_2000, CHAIN, createAccountWorld, Story, setPrice } from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { bucketBefore, fillChain } from "./eventRows.ts";
import { pair, pairPosition, pairSnapshot, snapshotOf, v4Pool, v4Position } from "./protocolRows.ts";
import { ALICE, MANAGER, POOL, pool, poolSnapshot, position } from "./rows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

async function answer(app: ReturnType<typeof createTestApi>, query: string) {
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data;
}

describe("over a window of prices", () => {
  let db: TestDatabase;
  let app: ReturnType<typeof createTestApi>;

  beforeAll(async () => {
    db = await createVectorWorld();
    // The prices that the five swaps of the vector left, an hour apart.
    const prices = [
      [101, 78139577256552007988194929836n],
      [102, 78917913163490934909760147909n],
      [104, 78990846045029531151608375686n],
      [105, 78990846045029531151608375686n],
      [106, 79148827001082974240769902322n],
    ] as const;
    await db.database
      .insert(tables.poolBucket)
      .values(prices.map(([blockNumber, sqrtPriceX96]) => bucketBefore(timeOf(blockNumber), sqrtPriceX96)));
    app = createTestApi(db.database);
  });

  afterAll(() => db.close());

  test("loss by the model, carry and break-even, of the fees that the position earned", async () => {
    const fields =
      "lvrRate(window: DAY) theta(window: DAY) vega(window: DAY) breakEvenVolatility(window: DAY)";
    const data = await answer(
      app,
      `{position(id: "${A}") {exposure {${fields}} pool {realizedVolatility(window: DAY)}}}`,
    );
    const { exposure } = data.position;
    // By decimals of 60 digits: returns at four of 72 marks; fees of 0.00001402208693756 in 7 hours.
    expect(data.position.pool.realizedVolatility).toBeCloseTo(0.7758943793021996, 12);
    expect(exposure.lvrRate).toBeCloseTo(0.0004119241507158055, 15);
    expect(exposure.theta).toBeCloseTo(-0.00036384842407274264, 15);
    expect(exposure.vega).toBeCloseTo(-0.00001061804703589345, 16);
    expect(exposure.breakEvenVolatility).toBeCloseTo(0.26506775929247395, 12);
  });

  test("an hour without moves: all that came in is carry", async () => {
    const fields =
      "lvrRate(window: HOUR) theta(window: HOUR) vega(window: HOUR) breakEvenVolatility(window: HOUR)";
    const { position } = await answer(
      app,
      `{position(id: "${A}") {exposure {${fields} exitProbability(window: HOUR)}}}`,
    );
    // 4999999999999 of token1 in an hour.
    expect(position.exposure).toEqual({
      ...{ lvrRate: 0, theta: expect.closeTo(0.000119999999999976, 15), vega: 0, exitProbability: 0 },
      breakEvenVolatility: expect.closeTo(0.4187787163161807, 12),
    });
  });

  test("out of range nothing is lost and nothing is curved, what came in is carry", async () => {
    const fields = "gamma gamma1Percent dollarGamma1Percent lvrRate(window: DAY) vega(window: DAY)";
    const { position } = await answer(
      app,
      `{position(id: "${A}@103") {status exposure {${fields} capitalEfficiency breakEvenVolatility ticksToLower ticksToUpper}}}`,
    );
    expect(position).toEqual({
      status: "BELOW",
      exposure: {
        ...{ gamma: 0, gamma1Percent: 0, dollarGamma1Percent: 0, lvrRate: 0, vega: 0 },
        // At tick -79 of [-60, 60).
        ...{ capitalEfficiency: null, breakEvenVolatility: null, ticksToLower: -19, ticksToUpper: 139 },
      },
    });
  });

  test("the wider range is likelier to hold, and the longer time likelier to leave", async () => {
    const fields =
      "exposure {day: exitProbability(window: DAY) week: exitProbability(horizonDays: 7, window: DAY)}";
    const { a, b } = await answer(
      app,
      `{a: position(id: "${A}") {${fields}} b: position(id: "${B}") {${fields}}}`,
    );
    expect(a.exposure.day).toBeGreaterThan(b.exposure.day);
    expect(b.exposure.week).toBeGreaterThan(b.exposure.day);
    expect(b.exposure.day).toBeGreaterThan(0);
  });

  test.each(["0", "-1", "3651"])("horizonDays %s is refused", async (days) => {
    const { errors } = await ask(
      app,
      `{position(id: "${A}") {exposure {exitProbability(horizonDays: ${days})}}}`,
    );
    expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      ["BAD_INPUT", `horizonDays is ${days}: it must be above 0 and at most 3650.`],
    ]);
  });

  test("where fees are unknown the loss is told, carry and break-even are not", async () => {
    const fields = "lvrRate(window: DAY) theta(window: DAY) breakEvenVolatility(window: DAY)";
    const of = `{position(id: "${A}") {exposure {${fields}}}}`;
    await db.database.update(tables.pool).set({ quarantinedBlock: 106 });
    const { position } = await answer(app, of);
    await db.database.update(tables.pool).set({ quarantinedBlock: null });
    expect(position.exposure).toEqual({
      ...{ lvrRate: expect.closeTo(0.0004119241507158055, 15), theta: null, breakEvenVolatility: null },
    });
    expect((await answer(app, of)).position.exposure.theta).not.toBeNull();
  });

  test("each window counts as 50 rows, however many figures are of it, through fragments too", async () => {
    const page = (first: number, figures: string) =>
      `query ($w: Window! = WEEK) {positions(first: ${first}) {items {exposure {${figures}}}}}`;
    const week = "lvrRate theta(window: WEEK) vega(window: $w) exitProbability";
    expect((await ask(app, page(200, week))).errors).toEqual([]);
    expect((await ask(app, page(201, week))).errors[0]?.message).toContain("10050 rows");
    const two = `${week} day: theta(window: DAY) ...V`;
    const query = (first: number) =>
      `${page(first, two)} fragment V on Exposure {a: vega(window: DAY) lvrRate}`;
    expect((await ask(app, query(100))).errors).toEqual([]);
    expect((await ask(app, query(101))).errors[0]?.message).toContain("10100 rows");
  });
});

describe("of one moment", () => {
  let db: TestDatabase;
  let app: ReturnType<typeof createTestApi>;
  const closed = { liquidity: 0n, hold0: 0n, hold1: 0n, closedBlock: 60, closedTimestamp: 1_700_000_060 };

  beforeAll(async () => {
    db = await createPglite();
    const { database } = db;
    await fillChain(database, [20, 60, 100]);
    await database.insert(tables.pool).values([pool(), v4Pool(), pair()]);
    await database.insert(tables.poolSnapshot).values([poolSnapshot(), pairSnapshot()]);
    const rows = [
      position(),
      position({ positionId: `${MANAGER}:8`, tokenId: 8n, ...closed }),
      v4Position(),
      pairPosition(),
    ];
    await database.insert(tables.position).values(rows);
    await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
    app = createTestApi(database);
  });

  afterAll(() => db.close());

  const FIELDS = `delta0 delta1 gamma gamma1Percent dollarGamma1Percent capitalEfficiency hedge0 hedge0Raw hedgeToHold0
    hedgeToHold0Raw ticksToLower ticksToUpper`;
  const IN_WINDOW = "lvrRate theta vega breakEvenVolatility exitProbability";
  const exposureOf = async (id: string, fields: string) =>
    (await answer(app, `{position(id: "1:${id}") {exposure {${fields}}}}`)).position.exposure;

  test.each([
    ["v3", `${MANAGER}:7`],
    ["v4", v4Position().positionId],
  ])("of %s: what is held, and what it takes to be flat", async (_, id) => {
    expect(await exposureOf(id, FIELDS)).toEqual({
      ...{ delta0: 15.553445685090027, hedge0: -15.553445685090027, hedge0Raw: "-15553445685090027117" },
      // 15.553445685090027 at 2102.579292; the basket has 16.684813541769073517.
      ...{ delta1: expect.closeTo(32702.35281, 4), hedgeToHold0Raw: "1131367856679046400" },
      ...{ hedgeToHold0: 1.1313678566790464, gamma: expect.closeTo(-0.03111663893606415, 14) },
      ...{ gamma1Percent: expect.closeTo(-0.6542520066330352, 13) },
      ...{ dollarGamma1Percent: expect.closeTo(-1375.616720889635, 9) },
      // 550246.688356 over 62208.259452.
      ...{ capitalEfficiency: expect.closeTo(8.8452353, 6), ticksToLower: 2269, ticksToUpper: 2531 },
    });
  });

  test("of LP tokens: over all prices, so without bounds", async () => {
    expect(await exposureOf(pairPosition().positionId, FIELDS)).toMatchObject({
      ...{ delta0: expect.closeTo(10.099849998884, 11), gamma: expect.closeTo(-0.0025756377396003, 15) },
      ...{ gamma1Percent: expect.closeTo(-0.0504992499944185, 14) },
      ...{ dollarGamma1Percent: expect.closeTo(-99.01137146695467, 11) },
      // Held is rounded down.
      ...{ capitalEfficiency: expect.closeTo(1, 9), ticksToLower: null, ticksToUpper: null },
    });
  });

  test("of a closed position: nothing, and what has no meaning without liquidity is null", async () => {
    expect(await exposureOf(`${MANAGER}:8`, `${FIELDS} ${IN_WINDOW}`)).toEqual({
      ...{
        delta0: 0,
        delta1: 0,
        gamma: 0,
        gamma1Percent: 0,
        dollarGamma1Percent: 0,
        capitalEfficiency: null,
      },
      ...{ hedge0: 0, hedge0Raw: "0", hedgeToHold0: 0, hedgeToHold0Raw: "0" },
      ...{ ticksToLower: null, ticksToUpper: null, lvrRate: 0, vega: 0 },
      ...{ theta: null, breakEvenVolatility: null, exitProbability: null },
    });
  });

  test.each([
    ["v3", `${MANAGER}:7`],
    ["v4", v4Position().positionId],
    ["v2", pairPosition().positionId],
  ])("of %s without swaps, a minute old: what takes a window is null", async (_, id) => {
    expect(await exposureOf(id, IN_WINDOW)).toEqual({
      ...{ lvrRate: null, theta: null, vega: null, breakEvenVolatility: null, exitProbability: null },
    });
  });
});

test("a pool's book: of all ranges, and of what the account owns", async () => {
  const db = await createAccountWorld();
  const { database } = db;
  const app = createTestApi(database, { chains: [CHAIN] });
  const range = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };
  await new Story(database, range, 20).deposit(10n ** 16n, AT_2000, 20);
  await new Story(database, { ...range, tickLower: -200340, tickUpper: -200280 }, 21).deposit(
    10n ** 15n,
    AT_2000,
    20,
  );
  await new Story(database, { ...range, tickLower: -198000 }, 22).deposit(10n ** 17n, AT_2000, 20);
  await setPrice(database, POOL, AT_2000);
  const fields = "delta0 hedge0Raw gamma capitalEfficiency ticksToLower ticksToUpper exitProbability";
  const { account } = await answer(
    app,
    `{account(chainId: 1, address: "${ALICE}") {pools {exposure {${fields}} inventory {amounts {amount0}}}}}`,
  );
  const [{ exposure, inventory }] = account.pools;
  expect(account.pools).toHaveLength(1);
  expect(exposure).toMatchObject({
    hedge0Raw: `-${inventory.amounts.amount0}`,
    // 1.1 times R's: the third is out of range.
    gamma: expect.closeTo(-0.06149001133, 9),
    // The third is nearest below, 2311 past it; the second nearest above.
    ...{ ticksToLower: -2311, ticksToUpper: 31, exitProbability: null },
  });
  expect(exposure.capitalEfficiency).toBeLessThan(8.878406);
  await db.close();
});
