import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { fillChain, liquidityEvent, type SwapRow, swap } from "./eventRows.ts";
import { AFTER_SALE, PAIR, pair, pairPosition, pairSnapshot, snapshotOf } from "./protocolRows.ts";
import { block, MANAGER, POOL, pool, poolSnapshot } from "./rows.ts";
import { createSwapVector } from "./swapVector.ts";
import { A, B, timeOf } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

const HOOKED = `0x${"ab".repeat(32)}` as const;

beforeAll(async () => {
  db = await createSwapVector();
  app = createTestApi(db.database);
  const hooks = `0x${"0".repeat(39)}4` as const;
  const hooked = { poolId: HOOKED, protocol: "UNISWAP_V4", hooks, trackedFromBlock: 100 };
  await db.database.insert(tables.pool).values(pool(hooked));
  await db.database.insert(tables.poolSnapshot).values(poolSnapshot({ poolId: HOOKED, blockNumber: 100 }));
});

afterAll(() => db.close());

const E15 = 10n ** 15n;
const NARROW = { tickLower: -60, tickUpper: 60, amount0: 15n * 10n ** 14n, amount1: 15n * 10n ** 14n };

async function backtest(args: object, fields: string, on = app) {
  const given = { chainId: 1, poolId: POOL, ...NARROW, from: timeOf(100), ...args };
  const text = Object.entries(given).map(([name, value]) => `${name}: ${literal(name, value)}`);
  return ask(on, `{backtest(${text.join(", ")}) {${fields}}}`);
}

function literal(name: string, value: unknown): string {
  return typeof value === "number" || name === "interval" ? String(value) : `"${value}"`;
}

// All figures by fractions apart from the code: steps and fees of the five swaps by metrics 5.4.
describe("a position that never was, beside the two of the published vector", () => {
  test("earns its share of each step that it is in range for, and of part of a step that part", async () => {
    const narrow = await backtest({}, "liquidity fees {amount0 amount1} timeInRange");
    expect(narrow.errors).toEqual([]);
    expect(narrow.data.backtest).toEqual({
      liquidity: "500775374564549173",
      fees: { amount0: "3394009857520", amount1: "1877179895844" },
      timeInRange: 3 / 7,
    });
    // Tick -120, where it ends, is none of the pool's: S1 passes it and S2 comes back over it within a step.
    const wide = await backtest(
      { tickLower: -120, amount0: E15, amount1: E15 },
      "liquidity fees {amount0 amount1}",
    );
    expect(wide.data.backtest).toEqual({
      liquidity: "167175499835819766",
      fees: { amount0: "2495763322696", amount1: "1820054463112" },
    });
  });

  test("holds what its liquidity holds, and is measured against its deposit", async () => {
    const fields = `impermanentLoss {hold {amount0 amount1} unrealizedRaw1 realizedRaw1 netOfFees}
      pnl {total fees impermanentLoss} adverseSelection {lvr lvrPerSwap feesLp feesMinusLvr lvrCoverage markout toxicVolumeShare horizon}`;
    expect((await backtest({}, fields)).data.backtest).toEqual({
      impermanentLoss: {
        hold: { amount0: "1500000000000000", amount1: "1500000000000000" },
        ...{ unrealizedRaw1: "-502133351048", realizedRaw1: "0", netOfFees: 0.000004762262588346 },
      },
      pnl: {
        ...{ total: 0.000001759701788235, fees: 0.000005264395939395 },
        impermanentLoss: -5.02133351048e-7,
      },
      adverseSelection: {
        ...{ lvr: 0.000038549995935645, lvrPerSwap: null, feesLp: 0.000005264395939395 },
        ...{ feesMinusLvr: -0.00003328559999625, lvrCoverage: 0.13656022034822748 },
        ...{ markout: -0.013356340332721414, toxicVolumeShare: 1, horizon: 300 },
      },
    });
    const asymmetric = { tickLower: -120, amount0: E15, amount1: E15 };
    const { data } = await backtest(asymmetric, "adverseSelection {lvr markout toxicVolumeShare}");
    expect(data.backtest.adverseSelection).toEqual({
      ...{ lvr: 0.000022964128203466, markout: -0.010213054023904046, toxicVolumeShare: 0.5456734146446995 },
    });
  });

  test("has a point at each interval's end, one a block, the last at its own end", async () => {
    const fields = "history {block {number} amounts {amount0 amount1} feesEarned {amount0 amount1} status}";
    const { data } = await backtest({ interval: "HOUR", to: timeOf(105) }, fields);
    const none = { amount0: "0", amount1: "0" };
    const below = { amount0: "3004506531094112", amount1: "0" };
    const earned = { amount0: "3394009857520", amount1: "0" };
    const point = (number: number, status: string) => ({
      ...{ block: { number }, amounts: below, feesEarned: earned, status },
    });
    expect(data.backtest.history).toEqual([
      {
        ...{ block: { number: 100 }, status: "IN_RANGE", feesEarned: none },
        amounts: { amount0: "1499999999999999", amount1: "1499999999999999" },
      },
      point(101, "BELOW"),
      point(102, "BELOW"),
      point(103, "BELOW"),
      point(104, "IN_RANGE"),
    ]);
    const days = await backtest({ interval: "DAY" }, "history {block {number}}");
    // Block 101 is the last before midnight.
    expect(days.data.backtest.history).toEqual([{ block: { number: 101 } }, { block: { number: 107 } }]);
  });

  test("ends before `to`: an event at that very second is not in it", async () => {
    const wide = { tickLower: -120, amount0: E15, amount1: E15 };
    const upTo = async (to: number) =>
      (await backtest({ ...wide, to }, "fees {amount1}")).data.backtest.fees.amount1;
    expect(await upTo(timeOf(102))).toBe("0");
    expect(await upTo(timeOf(102) + 1)).toBe("778799048526");
  });
});

test("on v2 it shares the recorded LP fee over all prices by l / (L + l), and LP tokens have their part of a swap", async () => {
  const v2 = await createPglite();
  await fillChain(v2.database, [20, 60, 100]);
  await v2.database.insert(tables.pool).values(pair());
  const after = pairSnapshot({ ...pair(), blockNumber: 60 });
  await v2.database.insert(tables.poolSnapshot).values([pairSnapshot({ blockNumber: 20 }), after]);
  const { sqrtPriceX96, tick, liquidity } = AFTER_SALE;
  const sale = { blockNumber: 60, amount0: 10n ** 19n, amount1: -19_743_160_687n, feeLp: 3n * 10n ** 16n };
  await v2.database
    .insert(tables.swap)
    .values(swap({ poolId: PAIR, ...sale, sqrtPriceX96, tick, liquidity }));
  const on = createTestApi(v2.database);
  const all = { tickLower: -887272, tickUpper: 887272, from: 1_700_000_020 };
  const args = { ...all, poolId: PAIR, amount0: 10n ** 19n, amount1: 2n * 10n ** 10n };
  const { data, errors } = await backtest(args, "liquidity fees {amount0 amount1} timeInRange", on);
  expect(errors).toEqual([]);
  // 3 * 10^16 * l / (44721359549995793 + l): a unit less than a hundredth and first, as l is rounded down.
  expect(data.backtest).toEqual({
    liquidity: "447213595499957",
    fees: { amount0: "297029702970296", amount1: "0" },
    timeInRange: 1,
  });
  // A hundredth of the pair's LP tokens: what a burn of them pays, before and after the sale, at the price after it.
  const held = pairPosition({ openedTimestamp: 1_700_000_020 });
  await v2.database.insert(tables.position).values(held);
  await v2.database.insert(tables.positionSnapshot).values(snapshotOf(held));
  const minted = { positionId: held.positionId, liquidityDelta: held.liquidity };
  await v2.database.insert(tables.liquidityEvent).values(liquidityEvent({ poolId: PAIR, ...minted }));
  const fields = "adverseSelection(window: DAY, horizon: 0) {markout toxicVolumeShare}";
  const marked = await ask(on, `{position(id: "1:${held.positionId}") {${fields}}}`);
  expect(marked.errors).toEqual([]);
  expect(marked.data.position.adverseSelection).toEqual({
    ...{ markout: -0.006921750941203776, toxicVolumeShare: 1 },
  });
  const part = await backtest({ ...args, tickLower: -60 }, "liquidity", on);
  expect(part.errors[0]?.message).toContain(
    "they must be -887272 and 887272, all prices, since the pool is a pair",
  );
  await v2.close();
});

test("on Algebra the range is held against the tick spacing as of from, not the present one", async () => {
  const algebra = await createSwapVector();
  const { database } = algebra;
  await database.update(tables.pool).set({ protocol: "ALGEBRA_INTEGRAL", tickSpacing: 100 });
  const spacings = [
    { blockNumber: 99, tickSpacing: 60 },
    { blockNumber: 103, tickSpacing: 100 },
  ];
  const key = { chainId: 1, poolId: POOL };
  await database.insert(tables.spacingSnapshot).values(spacings.map((row) => ({ ...key, ...row })));
  const on = createTestApi(database);
  const early = await backtest({ tickLower: -100, tickUpper: 100 }, "liquidity", on);
  expect(early.errors[0]?.message).toContain("they must be multiples of 60 from");
  const later = await backtest({ from: timeOf(103) }, "liquidity", on);
  expect(later.errors[0]?.message).toContain("they must be multiples of 100 from");
  const { data } = await ask(
    on,
    `{a: pool(chainId: 1, poolId: "${POOL}", asOf: {block: 102}) {tickSpacing} b: pool(chainId: 1, poolId: "${POOL}") {tickSpacing}}`,
  );
  expect(data).toEqual({ a: { tickSpacing: 60 }, b: { tickSpacing: 100 } });
  await algebra.close();
});

describe("what cannot be played is refused by name", () => {
  test.for([
    [{ tickLower: -61 }, "they must be multiples of 60 from -887272 to 887272"],
    [{ tickLower: 60, tickUpper: -60 }, "the lower one first"],
    [{ tickLower: -887280 }, "they must be multiples of 60"],
    [{ amount0: 0n, amount1: 0n }, "buy no liquidity in this range"],
    [{ tickUpper: -60, tickLower: -120, amount1: 0n }, "buy no liquidity in this range"],
    [{ amount0: -1n }, "amount0 is -1"],
    [{ amount0: 2n ** 127n, amount1: 2n ** 127n }, "more than 2^128 - 1"],
    [{ amount1: 2n ** 128n }, "they must be from 0 to 2^128 - 1"],
    [{ amount0: 10n ** 77n, amount1: 10n ** 77n }, "they must be from 0 to 2^128 - 1"],
    [{ to: timeOf(100) }, "to must be after from"],
    [{ to: timeOf(99) }, `is after to ${timeOf(99)}`],
    [{ from: timeOf(95) }, "the pool had no price then"],
    [{ from: timeOf(107) }, `After from ${timeOf(107)} no block with an indexed event`],
    [{ chainId: 5 }, "Chain 5 is not indexed here"],
    [{ poolId: HOOKED }, "hook may take or add amounts that no log shows"],
  ] as const)("%o: %s", async ([args, message]) => {
    const { errors } = await backtest(args, "liquidity");
    expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT" } }]);
    expect(errors[0]?.message).toContain(message);
  });

  test("null for a pool that is not indexed", async () => {
    expect((await backtest({ poolId: MANAGER }, "liquidity")).data).toEqual({ backtest: null });
  });

  test("too many intervals, too many swaps, and time after the pool's quarantine", async () => {
    const later = await createSwapVector();
    const [last] = await later.database
      .select()
      .from(tables.poolSnapshot)
      .where(eq(tables.poolSnapshot.blockNumber, 106));
    const states = [
      { blockNumber: 109 },
      { blockNumber: 110, swaps: 200_006 },
      { blockNumber: 115, quarantinedBlock: 115 },
    ];
    for (const state of states) {
      const { blockNumber: number } = state;
      await later.database.insert(tables.block).values(block({ number, timestamp: timeOf(number) }));
      await later.database.insert(tables.poolSnapshot).values({ ...poolSnapshot(), ...last, ...state });
    }
    const refused = async (args: object) =>
      (await backtest(args, "liquidity", createTestApi(later.database))).errors;
    expect(await refused({ interval: "MINUTE", to: timeOf(109) + 1 })).toMatchObject([
      { message: expect.stringContaining("more than 500"), extensions: { code: "TOO_MANY_POINTS" } },
    ]);
    expect(await refused({ to: timeOf(111) })).toMatchObject([
      {
        message: expect.stringContaining("200006 swaps in this time, more than the 200000"),
        extensions: { code: "TOO_COMPLEX" },
      },
    ]);
    expect(await refused({})).toMatchObject([
      { message: expect.stringContaining("not known from block 115 on"), extensions: { code: "BAD_INPUT" } },
    ]);
    expect(await refused({ to: timeOf(110) })).toEqual([]);
    expect(await refused({ to: timeOf(116) })).toMatchObject([
      { message: expect.stringContaining("to is past what is indexed") },
    ]);
    await later.close();
  });

  test("two in one operation", async () => {
    const one = `backtest(chainId: 1, poolId: "${POOL}", tickLower: -60, tickUpper: 60, amount0: "1000", amount1: "1000", from: ${timeOf(100)}) {liquidity}`;
    const { errors } = await ask(app, `{a: ${one} b: ${one}}`);
    expect(errors).toMatchObject([{ extensions: { code: "TOO_COMPLEX" } }]);
  });
});

describe("markouts of recorded positions", () => {
  const of = async (id: string, args: string) => {
    const query = `{position(id: "${id}") {adverseSelection(${args}) {markout toxicVolumeShare horizon}}}`;
    const { data, errors } = await ask(app, query);
    return errors.length > 0 ? errors : data.position.adverseSelection;
  };

  test("are those of its own inventory and its own share of each step's fee", async () => {
    expect(await of(A, "window: DAY")).toEqual({
      ...{ markout: -0.012664391978080095, toxicVolumeShare: 0.6003491397945638, horizon: 300 },
    });
    expect(await of(B, "window: WEEK")).toEqual({
      ...{ markout: -0.008075772753268274, toxicVolumeShare: 0.8899275503816486, horizon: 300 },
    });
    // S5 alone is in the last hour.
    expect(await of(A, "window: HOUR")).toMatchObject({
      markout: 0.0005075318857015239,
      toxicVolumeShare: 0,
    });
  });

  test("take the last price up to the horizon, and leave out swaps whose horizon has not ended", async () => {
    // Two hours on: of S1 the price of 103, of S2 that of 104, of S3 and S4 that of 106; S5's is not known yet.
    expect(await of(B, "window: DAY, horizon: 7200")).toEqual({
      ...{ markout: 0.0014392603196415634, toxicVolumeShare: 0.4388313595806526, horizon: 7200 },
    });
    expect(await of(`${B}@101`, "window: DAY")).toMatchObject({ markout: null, toxicVolumeShare: null });
    expect(await of(`${B}@101`, "window: DAY, horizon: 0")).toMatchObject({ toxicVolumeShare: 1 });
  });

  test("null for longer windows and in lists, and refused for a horizon of over a day", async () => {
    expect(await of(A, "window: MONTH")).toMatchObject({ markout: null, toxicVolumeShare: null });
    expect(await of(A, "horizon: 86401")).toMatchObject([
      { message: "horizon is 86401: it must be from 0 to 86400 seconds.", extensions: { code: "BAD_INPUT" } },
    ]);
    expect(await of(A, "horizon: -1")).toMatchObject([{ extensions: { code: "BAD_INPUT" } }]);
    const { data } = await ask(app, "{positions(first: 2) {items {adverseSelection {lvr markout}}}}");
    expect(data.positions.items).toHaveLength(2);
    for (const { adverseSelection } of data.positions.items) {
      expect(adverseSelection).toMatchObject({ lvr: expect.any(Number), markout: null });
    }
  });
});

describe("a history that does not play to what was recorded gives an error and no figure", () => {
  test.for([
    [
      "a swap is missing",
      "a swap does not fit its pool",
      (rows: SwapRow[]) => rows.filter((_, i) => i !== 1),
    ],
    [
      "a fee is another",
      "paid LPs 1154140400221 and the protocol 230828080043, played again 1154140400220 and 230828080043",
      (rows: SwapRow[]) => rows.map((row, i) => (i === 2 ? { ...row, feeLp: 1154140400221n } : row)),
    ],
  ] as const)("%s", async ([, message, change]) => {
    const broken = await createSwapVector(change);
    const on = createTestApi(broken.database);
    const args = `tickLower: -60, tickUpper: 60, amount0: "${E15}", amount1: "${E15}", from: ${timeOf(100)}`;
    const backtested = await ask(on, `{backtest(chainId: 1, poolId: "${POOL}", ${args}) {liquidity}}`);
    expect(backtested.errors[0]?.message).toContain(message);
    const marked = await ask(on, `{position(id: "${A}") {adverseSelection(window: DAY) {lvr markout}}}`);
    expect(marked.errors[0]?.message).toContain(message);
    expect(marked.data.position.adverseSelection).toEqual({ lvr: expect.any(Number), markout: null });
    await broken.close();
  });
});
