import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { bucketBefore, fillChain } from "./eventRows.ts";
import { pair, pairPosition, pairSnapshot, snapshotOf, v4Pool, v4Position } from "./protocolRows.ts";
import { block, MANAGER, pool, poolSnapshot, position, USDC } from "./rows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

type App = ReturnType<typeof createTestApi>;

async function answer(app: App, query: string, variables: object = {}) {
  const { data, errors } = await ask(app, query, variables);
  expect(errors).toEqual([]);
  return data;
}

const RISK = "valueAtRisk expectedShortfall impermanentLossAtRisk";
const ALL = `${RISK} confidence horizonDays valueAtLower valueAtUpper method`;

describe("over a window of prices", () => {
  let db: TestDatabase;
  let app: App;

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

  const of = (id: string, args: string, fields = ALL) =>
    answer(app, `{position(id: "${id}") {capitalAtRisk(${args}) {${fields}}}}`).then(
      ({ position: { capitalAtRisk } }) => capitalAtRisk,
    );

  // The closed form at the volatility of 0.7758943793021996, worked out with 60 digits apart from the code.
  test.each([
    [A, 0.95, 1, [0.00038754654267909167, 0.0004810911837590034, 0.0002293126925967957]],
    [A, 0.99, 7, [0.001347167817801804, 0.00151049624067722, 0.0008344402850254743]],
    [B, 0.95, 1, [0.0015379521973712426, 0.002005744855773833, 0.000743007061859761]],
    [B, 0.99, 7, [0.006336771051845819, 0.00715353443077978, 0.0037419040323514625]],
  ])("%s at %s over %s days", async (id, confidence, days, expected) => {
    const found = await of(id, `confidence: ${confidence}, horizonDays: ${days}, window: DAY`, RISK);
    const figures = [found.valueAtRisk, found.expectedShortfall, found.impermanentLossAtRisk];
    // Principal is whole units.
    expect(figures).toEqual(expected.map((figure) => expect.closeTo(figure, 16)));
  });

  test("names what was asked for, and what it is worth at its bounds", async () => {
    expect(await of(A, "window: DAY")).toMatchObject({
      ...{ confidence: 0.95, horizonDays: 1, method: "ESTIMATE" },
      // 10^18 in [-60, 60): 10^18 (1.0001^30 - 1.0001^-30) of token1 above, that times the price of -60 below.
      valueAtLower: expect.closeTo(0.00596382033266, 12),
      valueAtUpper: expect.closeTo(0.00599970901865, 12),
    });
  });

  test("in quarantine the price is still followed", async () => {
    const before = await of(A, "window: DAY");
    await db.database.update(tables.pool).set({ quarantinedBlock: 106 });
    const then = await of(A, "window: DAY");
    await db.database.update(tables.pool).set({ quarantinedBlock: null });
    expect(then).toEqual(before);
  });

  test("as of a block, out of range below, with the prices up to then", async () => {
    const past = await of(`${A}@103`, "window: DAY", RISK);
    // At the price of -79, all token0: a fall takes its whole part of it.
    const { position } = await answer(
      app,
      `{position(id: "${A}@103") {pool {realizedVolatility(window: DAY)} inventory {amounts {value}}}}`,
    );
    const deviation = position.pool.realizedVolatility / Math.sqrt(365);
    const fallen = 1 - Math.exp(-(deviation ** 2) / 2 - 1.6448536269514726 * deviation);
    expect(past.valueAtRisk).toBeCloseTo(position.inventory.amounts.value * fallen, 14);
    expect(past.valueAtRisk).not.toBeCloseTo((await of(A, "window: DAY", RISK)).valueAtRisk, 6);
  });

  test("of the past: its returns over the horizon, null under a hundred of them", async () => {
    const none = { valueAtRisk: null, expectedShortfall: null, impermanentLossAtRisk: null };
    expect(await of(A, "model: HISTORICAL, window: DAY", RISK)).toEqual(none);
    expect(await of(A, "model: HISTORICAL, window: HOUR, horizonDays: 0.01", RISK)).toEqual(none);
    // 72 marks since the first swap: under a hundred too, whatever the horizon.
    expect(await of(A, "model: HISTORICAL, window: ALL, horizonDays: 0.001", RISK)).toEqual(none);
  });

  test("of the past: its losses in order, and the mean of the worst", async () => {
    const world = await createVectorWorld();
    const { database } = world;
    await database.insert(tables.block).values(block({ number: 110, timestamp: timeOf(110) }));
    // One price at 120 marks in a row, but for nine falls of its root, of one to nine thousandths, that last one mark.
    const root = 79148827001082974240769902322n;
    const rootAt = (mark: number) =>
      mark % 12 === 0 && mark < 120 ? (root * BigInt(1_000 - mark / 12)) / 1_000n : root;
    await database
      .insert(tables.poolBucket)
      .values(
        Array.from({ length: 120 }, (_, i) => bucketBefore(timeOf(100) + 300 * (i + 1), rootAt(i + 1))),
      );
    const args = "model: HISTORICAL, window: DAY, horizonDays";
    const risks = `one: capitalAtRisk(${args}: 0.0035) {${RISK}} many: capitalAtRisk(${args}: 0.07) {${RISK}}`;
    const { position } = await answer(createTestApi(database), `{position(id: "${B}") {${risks}}}`);
    await world.close();
    // 119 returns: nine gains, 101 of nothing, nine losses. ceil(0.95 * 119) = 114 is the fourth of these.
    // The upper bound is 1.0001 ** 300: that power of a double has lost digits.
    const [s0, upper] = [Number(root) / 2 ** 96, 1.0304529883759128];
    const lossOf = (k: number) => {
      const s1 = s0 * (1 - k / 1_000);
      return 0.5 * (2 * (s0 - s1) - (s0 ** 2 - s1 ** 2) / upper);
    };
    expect(position.one.valueAtRisk).toBeCloseTo(lossOf(4), 14);
    const beyond = [5, 6, 7, 8, 9].reduce((sum, k) => sum + lossOf(k), 0);
    expect(position.one.expectedShortfall).toBeCloseTo((beyond + 0.95 * lossOf(4)) / 5.95, 14);
    // 0.014776505439568585 of each was put in at price 1.
    const divergenceAt = (s: number) =>
      0.014776505439568585 * (s * s + 1) - 0.5 * (2 * s - s ** 2 / upper - 1 / upper);
    const falls = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => 1 - k / 1_000);
    const roots = [...falls, ...falls.map((fall) => 1 / fall), ...Array<number>(101).fill(1)].map(
      (by) => by * s0,
    );
    const divergence = roots.map(divergenceAt).sort((a, b) => a - b)[113];
    expect(position.one.impermanentLossAtRisk).toBeCloseTo(divergence ?? Number.NaN, 15);
    // 20 steps of 120 marks leave a hundred returns, and 21 would not.
    expect(position.many.valueAtRisk).not.toBeNull();
  });

  test.each([
    ["confidence: 1", "confidence is 1: it must be from 0.5 to below 1; 0.95 is 95 %."],
    ["confidence: 0.49", "confidence is 0.49: it must be from 0.5 to below 1; 0.95 is 95 %."],
    ["confidence: 95", "confidence is 95: it must be from 0.5 to below 1; 0.95 is 95 %."],
    ["horizonDays: 0", "horizonDays is 0: it must be above 0 and at most 3650."],
    ["horizonDays: -1", "horizonDays is -1: it must be above 0 and at most 3650."],
    ["horizonDays: 3651", "horizonDays is 3651: it must be above 0 and at most 3650."],
  ])("%s is refused", async (args, message) => {
    const { errors } = await ask(app, `{position(id: "${A}") {capitalAtRisk(${args}) {valueAtRisk}}}`);
    expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([["BAD_INPUT", message]]);
  });

  test("counts as 50 rows, and each shock as one", async () => {
    const page = (first: number, fields: string) => `{positions(first: ${first}) {items {${fields}}}}`;
    expect((await ask(app, page(200, "capitalAtRisk {valueAtRisk}"))).errors).toEqual([]);
    expect((await ask(app, page(201, "capitalAtRisk {valueAtRisk}"))).errors[0]?.message).toContain(
      "10050 rows",
    );
    const ten = "scenario(shocks: [0,1,2,3,4,5,6,7,8,9]) {value}";
    expect((await ask(app, page(1_001, ten))).errors[0]?.message).toContain("10010 rows");
    const given = `query ($s: [Float!]!) ${page(3_334, "scenario(shocks: $s) {value}")}`;
    expect((await ask(app, given, { s: [0, 1, 2] })).errors[0]?.message).toContain("10002 rows");
    expect((await ask(app, page(1_667, "scenario {value}"))).errors[0]?.message).toContain("10002 rows");
  });

  test("positions of one pool share its prices", async () => {
    const { positions } = await answer(
      app,
      `{positions {items {id capitalAtRisk(window: DAY) {valueAtRisk} h: capitalAtRisk(model: HISTORICAL) {method}}}}`,
    );
    for (const { capitalAtRisk } of positions.items) expect(capitalAtRisk.valueAtRisk).toBeGreaterThan(0);
  });
});

describe("of one moment", () => {
  let db: TestDatabase;
  let app: App;
  const closed = { liquidity: 0n, hold0: 0n, hold1: 0n, closedBlock: 60, closedTimestamp: 1_700_000_060 };
  const above = { tickLower: -201000, tickUpper: -200000 };
  const CLOSED = `${MANAGER}:8`;
  const DUST = `${MANAGER}:9`;

  beforeAll(async () => {
    db = await createPglite();
    const { database } = db;
    await fillChain(database, [20, 60, 100]);
    await database.insert(tables.pool).values([pool(), v4Pool(), pair()]);
    await database.insert(tables.poolSnapshot).values([poolSnapshot(), pairSnapshot()]);
    const rows = [
      position(),
      position({ positionId: CLOSED, tokenId: 8n, ...closed }),
      // One unit of liquidity rounds down to nothing of either token.
      position({ ...above, positionId: DUST, tokenId: 9n, liquidity: 1n, hold0: 0n, hold1: 0n }),
      position({ positionId: `${MANAGER}:10`, tokenId: 10n, tickLower: -199000, tickUpper: -198000 }),
      position({ positionId: `${MANAGER}:11`, tokenId: 11n, ...above }),
      position({ positionId: `${MANAGER}:12`, tokenId: 12n, tickLower: -199811, tickUpper: -199810 }),
      v4Position(),
      pairPosition(),
    ];
    await database.insert(tables.position).values(rows);
    await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
    app = createTestApi(database);
  });

  afterAll(() => db.close());

  const fieldsOf = async (id: string, fields: string) =>
    (await answer(app, `{position(id: "1:${id}") {${fields}}}`)).position;

  const POINT = "shock price amounts {amount0 amount1 value} value impermanentLoss skew";

  test.each([
    ["v3", `${MANAGER}:7`],
    ["v4", v4Position().positionId],
  ])("%s at the present price is what it is, and elsewhere another", async (_, id) => {
    const found = await fieldsOf(
      id,
      `scenario(shocks: [0, -0.5]) {${POINT}} pool {price} impermanentLoss {total}
       inventory {skew amounts {amount0 amount1 value}}`,
    );
    const { inventory, pool, impermanentLoss, scenario } = found;
    expect(scenario[0]).toEqual({
      ...{ shock: 0, price: pool.price, amounts: inventory.amounts, value: inventory.amounts.value },
      ...{ impermanentLoss: impermanentLoss.total, skew: inventory.skew },
    });
    // 6 * 10^15 of R's 10^16, all token0: six tenths of 52120737543872097557.
    const half = scenario[1];
    expect(half.amounts.amount0).toBe("31272442526323258534");
    expect(half).toMatchObject({ shock: -0.5, amounts: { amount1: "0" }, skew: 1 });
    expect(half.price).toBeCloseTo(pool.price / 2, 9);
    expect(half.value).toBeCloseTo((31.272442526323257 * pool.price) / 2, 5);
    expect(half.amounts.value).toBe(half.value);
  });

  test("v2: at the present price what it is, and at four times it half and twice", async () => {
    const { scenario, inventory } = await fieldsOf(
      pairPosition().positionId,
      `scenario(shocks: [0, 3]) {${POINT}} inventory {amounts {amount0 amount1 value}}`,
    );
    expect(scenario[0].amounts).toEqual(inventory.amounts);
    expect(Number(scenario[1].amounts.amount0)).toBeCloseTo(Number(inventory.amounts.amount0) / 2, -4);
    expect(Number(scenario[1].amounts.amount1)).toBeCloseTo(Number(inventory.amounts.amount1) * 2, -1);
    expect(scenario[1].skew).toBeCloseTo(0, 9);
    // 2 sqrt(k) / (1 + k) - 1 of the basket, 10 WETH and 20,000 USDC put in at another price: within it.
    expect(scenario[1].impermanentLoss).toBeLessThan(-19_000);
  });

  test("past block: at the price of then", async () => {
    const now = await fieldsOf(`${MANAGER}:7`, "scenario(shocks: [0.1]) {price}");
    await db.database
      .insert(tables.poolSnapshot)
      .values(poolSnapshot({ blockNumber: 60, sqrtPriceX96: 2n * (pool().sqrtPriceX96 ?? 0n) }));
    const then = await fieldsOf(`${MANAGER}:7@20`, "scenario(shocks: [0.1]) {price}");
    const later = await fieldsOf(`${MANAGER}:7@60`, "scenario(shocks: [0.1]) {price}");
    expect(then).toEqual(now);
    expect(later.scenario[0].price).toBeCloseTo(4 * now.scenario[0].price, 6);
  });

  test.each([
    ["-1", "A shock is -1: it must be above -1 and at most 1000000; -0.2 is a price 20 % lower."],
    ["1000001", "A shock is 1000001: it must be above -1 and at most 1000000; -0.2 is a price 20 % lower."],
    [Array(51).fill("0.1").join(), "shocks are 51: ask for 50 at most."],
  ])("shocks of %s are refused", async (shocks, message) => {
    const { errors } = await ask(
      app,
      `{position(id: "1:${MANAGER}:7") {scenario(shocks: [${shocks}]) {value}}}`,
    );
    expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([["BAD_INPUT", message]]);
  });

  const UNKNOWN = { valueAtRisk: null, expectedShortfall: null, impermanentLossAtRisk: null };
  const NOTHING = { valueAtRisk: 0, expectedShortfall: 0, impermanentLossAtRisk: 0 };
  const NO_BOUNDS = { valueAtLower: null, valueAtUpper: null };
  const some = expect.any(Number);

  // The pool's price never moved: there is no volatility, and no return.
  test.each([
    ["in range", `${MANAGER}:7`, { ...UNKNOWN, valueAtLower: some, valueAtUpper: some }, some],
    ["below its range", `${MANAGER}:10`, { ...UNKNOWN, valueAtLower: some, valueAtUpper: some }, 1],
    ["above its range", `${MANAGER}:11`, { ...UNKNOWN, valueAtLower: some, valueAtUpper: some }, -1],
    ["one tick wide", `${MANAGER}:12`, { ...UNKNOWN, valueAtLower: some, valueAtUpper: some }, some],
    ["v2", pairPosition().positionId, { ...UNKNOWN, ...NO_BOUNDS }, some],
    ["closed", CLOSED, { ...NOTHING, ...NO_BOUNDS }, null],
    ["of liquidity that holds nothing", DUST, { ...UNKNOWN, valueAtLower: 0, valueAtUpper: 0 }, null],
  ])("without volatility, %s: what is null and what is 0", async (_, id, expected, skew) => {
    for (const model of ["LOGNORMAL", "HISTORICAL"]) {
      const found = await fieldsOf(
        id,
        `capitalAtRisk(model: ${model}) {${ALL}} scenario(shocks: [0]) {skew}`,
      );
      expect(found).toEqual({
        capitalAtRisk: { ...expected, confidence: 0.95, horizonDays: 1, method: "ESTIMATE" },
        scenario: [{ skew }],
      });
    }
  });

  test("closed: nothing at any price but the loss that was realised", async () => {
    const { scenario, impermanentLoss } = await fieldsOf(
      CLOSED,
      `scenario {${POINT}} impermanentLoss {realized}`,
    );
    expect(scenario.map(({ shock }: { shock: number }) => shock)).toEqual([-0.5, -0.2, -0.1, 0.1, 0.2, 0.5]);
    for (const point of scenario) {
      expect(point).toMatchObject({
        ...{ amounts: { amount0: "0", amount1: "0", value: 0 }, value: 0, skew: null },
        impermanentLoss: impermanentLoss.realized,
      });
    }
    expect(impermanentLoss.realized).toBe(-1717.889797);
  });

  test("without decimals of token1 nothing has a size", async () => {
    const ofToken1 = eq(tables.token.address, USDC);
    await db.database.update(tables.token).set({ decimals: null }).where(ofToken1);
    const found = await fieldsOf(
      `${MANAGER}:7`,
      `capitalAtRisk {${ALL}} scenario(shocks: [0.1]) {price value impermanentLoss skew}`,
    );
    await db.database.update(tables.token).set({ decimals: 6 }).where(ofToken1);
    expect(found).toEqual({
      capitalAtRisk: { ...UNKNOWN, ...NO_BOUNDS, confidence: 0.95, horizonDays: 1, method: "ESTIMATE" },
      scenario: [{ price: null, value: null, impermanentLoss: null, skew: some }],
    });
  });
});
