import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { bucketBefore, fillChain } from "./eventRows.ts";
import { pair, pairPosition, pairSnapshot, snapshotOf, v4Pool, v4Position, word } from "./protocolRows.ts";
import { address, MANAGER, POOL, pool, poolSnapshot, position, USDC } from "./rows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

afterAll(() => db.close());

async function of(id: string, fields: string) {
  const { data, errors } = await ask(app, `{position(id: "${id}") {${fields}}}`);
  expect(errors).toEqual([]);
  return data.position;
}

const REBALANCE =
  "{quote {amountIn amountOut amountInUsed ticksCrossed} zeroForOne after {amount0 amount1} cost1}";

const PRICES = [
  [101, 78139577256552007988194929836n],
  [102, 78917913163490934909760147909n],
  [104, 78990846045029531151608375686n],
  [106, 79148827001082974240769902322n],
] as const;
const BUCKETS = PRICES.map(([number, sqrtPriceX96]) => bucketBefore(timeOf(number), sqrtPriceX96));

describe("of a position of the published vector", () => {
  beforeAll(async () => {
    db = await createVectorWorld();
    await db.database.insert(tables.poolBucket).values(BUCKETS);
    await db.database.update(tables.poolSnapshot).set({ fee: 3000 });
    app = createTestApi(db.database);
  });

  // Each by whole numbers in Python: into the 5 * 10^17 of B alone, at a fee of 3000.
  test("what is sold goes into the liquidity of the others alone", async () => {
    const { half, much } = await of(
      A,
      `half: rebalance ${REBALANCE} much: rebalance(targetShare: 0.9) ${REBALANCE}`,
    );
    expect(half).toEqual({
      quote: {
        ...{ amountIn: "999857109420878", amountOut: "992884574447299", amountInUsed: "999857109420878" },
        ticksCrossed: 0,
      },
      ...{ zeroForOne: true, after: { amount0: "2997856519225227", amount1: "2986884574447298" } },
      cost1: 4971113798606e-18,
    });
    expect(much).toEqual({
      quote: {
        ...{ amountIn: "1395628862350818", amountOut: "1390359733516182", amountInUsed: "1395628862350818" },
        ticksCrossed: 0,
      },
      ...{ zeroForOne: false, after: { amount0: "5388073362162287", amount1: "598371137649181" } },
      cost1: 8052221923908e-18,
    });
  });

  test("as of a block at which it was out of range, all of it is to be traded by halves", async () => {
    expect((await of(`${A}@103`, `rebalance ${REBALANCE}`)).rebalance).toEqual({
      quote: {
        ...{ amountIn: "2999854509326353", amountOut: "2949900694084097", amountInUsed: "2999854509326353" },
        ticksCrossed: 0,
      },
      ...{ zeroForOne: true, after: { amount0: "2999854509326353", amount1: "2949900694084097" } },
      cost1: 26505571185508e-18,
    });
  });

  test("the range follows the skew by the window's volatility, also as of a block before", async () => {
    const fields = "suggestedRange(window: DAY) {reservationPrice tickLower tickUpper volatility}";
    const {
      inventory,
      pool: itsPool,
      suggestedRange,
    } = await of(A, `${fields} inventory {skew} pool {price realizedVolatility(window: DAY)}`);
    const volatility = itsPool.realizedVolatility;
    expect(volatility).toBeCloseTo(0.7758943793021996, 12);
    const ratio = 1 - (2 * inventory.skew * volatility ** 2) / 365;
    expect(suggestedRange).toEqual({
      ...{ reservationPrice: expect.closeTo(itsPool.price * ratio, 12), volatility },
      // Tick -20.04 and 11.0 down, 60 to either side: -91 to 29, snapped to 60.
      ...{ tickLower: -120, tickUpper: 60 },
    });
    expect((await of(`${A}@100`, fields)).suggestedRange).toBeNull();
    const averse = await of(A, "suggestedRange(riskAversion: 10000, window: DAY) {tickLower}");
    expect(averse.suggestedRange).toBeNull();
  });

  test("in quarantine there is no quote, and the amounts are those of a free trade", async () => {
    await db.database.update(tables.pool).set({ quarantinedBlock: 106 });
    const { rebalance } = await of(A, `rebalance ${REBALANCE}`);
    await db.database.update(tables.pool).set({ quarantinedBlock: null });
    expect(rebalance).toEqual({
      ...{ quote: null, zeroForOne: true, cost1: null },
      // 999857109420878 less, 997855688245905 more.
      after: { amount0: "2997856519225227", amount1: "2991855688245904" },
    });
    expect((await of(`${B}@100`, `rebalance ${REBALANCE}`)).rebalance.zeroForOne).toBeNull();
  });

  test.each([
    [
      "rebalance(targetShare: 1.5) {cost1}",
      "targetShare is 1.5: it is from 0 to 1, as 0.3 for 30 % of the value in token0.",
    ],
    [
      "rebalance(targetShare: -0.1) {cost1}",
      "targetShare is -0.1: it is from 0 to 1, as 0.3 for 30 % of the value in token0.",
    ],
    ["suggestedRange(riskAversion: -1) {tickLower}", "riskAversion is -1: it must be 0 or more."],
    ["suggestedRange(horizonDays: 0) {tickLower}", "horizonDays is 0: it must be above 0 and at most 3650."],
    [
      "suggestedRange(horizonDays: 4000) {tickLower}",
      "horizonDays is 4000: it must be above 0 and at most 3650.",
    ],
  ])("%s is refused", async (field, message) => {
    const { errors } = await ask(app, `{position(id: "${A}") {${field}}}`);
    expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      ["BAD_INPUT", message],
    ]);
  });

  test("a rebalance counts as 500 rows, quote and all, a suggested range as 50", async () => {
    const page = (first: number, fields: string) => `{positions(first: ${first}) {items {${fields}}}}`;
    expect((await ask(app, page(20, "rebalance {quote {amountOut} cost1}"))).errors).toEqual([]);
    expect((await ask(app, page(21, "rebalance {cost1}"))).errors[0]?.message).toContain("10500 rows");
    expect((await ask(app, page(200, "suggestedRange {tickLower}"))).errors).toEqual([]);
    expect((await ask(app, page(201, "suggestedRange {tickLower}"))).errors[0]?.message).toContain(
      "10050 rows",
    );
  });
});

describe("of other pools", () => {
  const HOOKED = word("b7");
  const closed = { liquidity: 0n, hold0: 0n, hold1: 0n, closedBlock: 60, closedTimestamp: 1_700_000_060 };

  beforeAll(async () => {
    db = await createPglite();
    const { database } = db;
    await fillChain(database, [20, 60, 100]);
    const hooked = v4Pool({ poolId: HOOKED, hooks: address("80") });
    await database.insert(tables.pool).values([pool(), v4Pool(), hooked, pair()]);
    await database.insert(tables.poolSnapshot).values([poolSnapshot(), pairSnapshot()]);
    const rows = [
      position(),
      position({ positionId: `${MANAGER}:8`, tokenId: 8n, ...closed }),
      v4Position({ poolId: HOOKED }),
      pairPosition(),
    ];
    await database.insert(tables.position).values(rows);
    await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
    app = createTestApi(database);
  });

  const idOf = (id: string) => `1:${id}`;
  const RANGE = "suggestedRange {tickLower}";

  test("LP tokens trade against what the others have in the reserves, and have no range", async () => {
    const id = idOf(pairPosition().positionId);
    const fields = `sold: rebalance(targetShare: 0.3) ${REBALANCE} bought: rebalance(targetShare: 0.9) ${REBALANCE} ${RANGE}`;
    expect(await of(id, fields)).toEqual({
      sold: {
        quote: {
          ...{ amountIn: "4039939999613297259", amountOut: "7865463148", ticksCrossed: null },
          amountInUsed: "4039939999613297259",
        },
        ...{ zeroForOne: true, after: { amount0: "6059909999270403344", amount1: "27667737441" } },
        cost1: 55.446569,
      },
      bought: {
        quote: {
          ...{ amountIn: "15841819434", amountOut: "7991259210419178647", ticksCrossed: null },
          amountInUsed: "15841819434",
        },
        ...{ zeroForOne: false, after: { amount0: "18091109209302879250", amount1: "3960454859" } },
        cost1: 173.754378,
      },
      suggestedRange: null,
    });
  });

  test("a position that is all of its pool has nobody to trade with: everything stays", async () => {
    const { rebalance, inventory } = await of(
      idOf(`${MANAGER}:7`),
      `rebalance(targetShare: 1) ${REBALANCE} inventory {amounts {amount0 amount1}}`,
    );
    expect(rebalance).toMatchObject({
      ...{ quote: { amountInUsed: "0", amountOut: "0" }, zeroForOne: false, cost1: 0 },
      after: inventory.amounts,
    });
  });

  test("behind hooks nothing is quoted", async () => {
    const id = idOf(v4Position().positionId);
    expect((await of(id, `rebalance(targetShare: 0) ${REBALANCE}`)).rebalance).toEqual({
      ...{ quote: null, zeroForOne: true, cost1: null },
      // 15553445685090027117 at 2102.579292 and 29505906636.
      after: { amount0: "0", amount1: "62208259452" },
    });
  });

  test("a closed position has nothing to trade and no range", async () => {
    expect(await of(idOf(`${MANAGER}:8`), `rebalance ${REBALANCE} ${RANGE}`)).toEqual({
      rebalance: { quote: null, zeroForOne: null, after: { amount0: "0", amount1: "0" }, cost1: 0 },
      suggestedRange: null,
    });
  });

  test("without a price's history there is no volatility, and so no range", async () => {
    expect((await of(idOf(`${MANAGER}:7`), RANGE)).suggestedRange).toBeNull();
  });
});

describe("wherever a range stands to the price", () => {
  const BARE = address("b8");
  const AT = 3632919503999448234869331n;
  const ranges = {
    closed: { liquidity: 0n, closedBlock: 20, closedTimestamp: 1_700_000_020 },
    "above the price": { tickLower: -199800, tickUpper: -199000 },
    "below the price": { tickLower: -200600, tickUpper: -199811 },
    "of one tick, in range": { tickLower: -199811, tickUpper: -199810 },
    "of one tick, out of range": { tickLower: -199810, tickUpper: -199809 },
    "holding less than a unit": { liquidity: 1n, tickLower: -200600, tickUpper: -199811 },
    "alone in its pool": { poolId: BARE, tickLower: -199800, tickUpper: -199000 },
  };
  const NAMES = Object.keys(ranges) as (keyof typeof ranges)[];
  const idOf = (name: keyof typeof ranges) => `${MANAGER}:${NAMES.indexOf(name)}`;

  beforeAll(async () => {
    db = await createPglite();
    const { database } = db;
    await fillChain(database, [20, 10_000]);
    const terms = { tickSpacing: 1, fee: 3000 };
    // 6 * 10^15 of another's in range beside each of them.
    const whole = pool({ ...terms, liquidity: 7_000_000_000_000_000n });
    await database.insert(tables.pool).values([whole, pool({ ...terms, poolId: BARE, liquidity: 0n })]);
    const other = { chainId: 1, poolId: POOL, liquidityGross: 6n * 10n ** 15n, secondsOutside: 0 };
    const growth = { feeGrowthOutside0X128: 0n, feeGrowthOutside1X128: 0n, lvrOutsideX128: 0n };
    await database.insert(tables.tick).values([
      { ...other, ...growth, tick: -202080, liquidityNet: 6n * 10n ** 15n },
      { ...other, ...growth, tick: -197280, liquidityNet: -6n * 10n ** 15n },
    ]);
    const rows = NAMES.map((name, i) =>
      position({ liquidity: 10n ** 15n, ...ranges[name], positionId: idOf(name), tokenId: BigInt(i) }),
    );
    await database.insert(tables.position).values(rows);
    await database.insert(tables.positionSnapshot).values(rows.map(snapshotOf));
    const marks = Array.from({ length: 20 }, (_, i) =>
      [POOL, BARE].map((poolId) =>
        bucketBefore(1_700_000_400 + i * 300, i % 2 === 0 ? AT : AT + AT / 1_000n, { poolId }),
      ),
    );
    await database.insert(tables.poolBucket).values(marks.flat());
    app = createTestApi(database);
  });

  const FIELDS = `skewed: inventory {skew} rebalance {quote {amountIn amountInUsed} zeroForOne cost1}
    suggestedRange {reservationPrice tickLower tickUpper} liquidityShare`;
  const trade = (zeroForOne: boolean) => ({ zeroForOne, quoted: true, free: false });
  const none = { zeroForOne: null, quoted: false, free: true };

  // Skew, trade, width of the suggested range (a tick more where snapped), share of 7 * 10^15.
  test.each([
    ["closed", null, none, null, 0],
    ["above the price", 1, trade(true), 801, 0],
    ["below the price", -1, trade(false), 790, 0],
    ["of one tick, in range", expect.any(Number), expect.objectContaining({ quoted: true }), 2, 1 / 7],
    ["of one tick, out of range", 1, trade(true), 2, 0],
    ["holding less than a unit", null, none, null, 0],
    ["alone in its pool", 1, { zeroForOne: true, quoted: true, free: true }, 801, null],
  ] as const)("%s", async (name, skew, traded, width, share) => {
    const { skewed, rebalance, suggestedRange, liquidityShare } = await of(`1:${idOf(name)}`, FIELDS);
    const { zeroForOne, quote, cost1 } = rebalance;
    expect({ zeroForOne, quoted: quote !== null, free: cost1 === 0 }).toEqual(traded);
    expect([skewed.skew, liquidityShare]).toEqual([skew, share]);
    expect(suggestedRange && suggestedRange.tickUpper - suggestedRange.tickLower).toBe(width);
    // Long token0 it asks for less, long token1 for more.
    if (width !== null && skew === 1) expect(suggestedRange.reservationPrice).toBeLessThan(2102.579292);
    if (skew === -1) expect(suggestedRange.reservationPrice).toBeGreaterThan(2102.579293);
  });
});

test("a reservation price past the largest double is none", async () => {
  const { database, close } = await createVectorWorld();
  const at = { sqrtPriceX96: 2n ** 97n, tick: 13_863 };
  await database.update(tables.pool).set(at);
  await database.update(tables.token).set({ decimals: 0 }).where(eq(tables.token.address, USDC));
  await database.insert(tables.poolBucket).values(BUCKETS);
  const range = (riskAversion: string) =>
    `suggestedRange(riskAversion: ${riskAversion}, window: DAY) {reservationPrice}`;
  const fields = `far: ${range("1e280")} farther: ${range("1e300")}`;
  const { data, errors } = await ask(createTestApi(database), `{position(id: "${A}") {${fields}}}`);
  expect(errors).toEqual([]);
  expect(data.position.far.reservationPrice).toBeGreaterThan(1e290);
  expect(data.position.farther).toBeNull();
  await close();
});
