import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { POOL } from "./rows.ts";
import { A, B, createVectorWorld, timeOf } from "./vectorWorld.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  db = await createVectorWorld();
  app = createTestApi(db.database);
});

afterAll(() => db.close());

async function position(id: string, fields: string) {
  const { data, errors } = await ask(app, `{position(id: "${id}") {${fields}}}`);
  expect(errors).toEqual([]);
  return data.position;
}

test("time in range is that of the ticks after each block, up to the block that is asked for", async () => {
  // A is in range for the hours after blocks 100, 104 and 106.
  expect(await position(A, "timeInRange")).toEqual({ timeInRange: 3 / 7 });
  expect(await position(`${A}@103`, "timeInRange")).toEqual({ timeInRange: 1 / 3 });
  expect(await position(`${A}@105`, "timeInRange")).toEqual({ timeInRange: 2 / 5 });
  expect(await position(`${A}@100`, "timeInRange")).toEqual({ timeInRange: null });
  expect(await position(B, "timeInRange")).toEqual({ timeInRange: 1 });
});

describe("loss versus rebalancing and fees", () => {
  const FIELDS = "{lvr feesLp feesMinusLvr lvrCoverage}";

  test("over a life: the samples at block ends, each range on its own", async () => {
    const a = (await position(A, `adverseSelection(window: ALL) ${FIELDS}`)).adverseSelection;
    // 76980614250784.9 by decimals of 80 digits, sample by sample; fees at a price of 0.9979982927...
    expect(a.lvr).toBe(0.000076980614250784);
    expect(a.feesLp).toBe(0.00001402208693756);
    expect(a.feesMinusLvr).toBe(-0.000062958527313224);
    expect(a.lvrCoverage).toBe(0.18215088401191226);
    const b = (await position(B, `adverseSelection(window: ALL) ${FIELDS}`)).adverseSelection;
    expect(b.lvr).toBe(0.000145739027121534);
  });

  test("over a window: what came since the last block before it", async () => {
    const a = (await position(A, `adverseSelection(window: HOUR) ${FIELDS}`)).adverseSelection;
    // The first two samples of A cost 72992632830874.7; S5 paid it 4999999999999 of token1.
    expect(a.lvr).toBe(0.00000398798141991);
    expect(a.feesLp).toBe(0.000004999999999999);
    expect(a.feesMinusLvr).toBe(0.000001012018580088);
    expect(a.lvrCoverage).toBe(1.2537671251516458);
    // Younger than a day, and than a week, which is the default.
    const life = (await position(A, `adverseSelection(window: ALL) ${FIELDS}`)).adverseSelection;
    expect(await position(A, `adverseSelection(window: DAY) ${FIELDS}`)).toEqual({ adverseSelection: life });
    expect(await position(A, `adverseSelection ${FIELDS}`)).toEqual({ adverseSelection: life });
  });

  test("null coverage where nothing was lost", async () => {
    expect(await position(`${A}@100`, `adverseSelection ${FIELDS}`)).toEqual({
      adverseSelection: { lvr: 0, feesLp: 0, feesMinusLvr: 0, lvrCoverage: null },
    });
  });
});

test("impermanent loss net of fees, and how far they paid for it", async () => {
  expect(
    await position(
      A,
      "worth worth0: worth(in: TOKEN0) impermanentLoss {total netOfFees net0: netOfFees(in: TOKEN0) feeCoverage}",
    ),
  ).toEqual({
    // 3997713628646105 and 1993999999999999 held, fees of 9040182736435 and 4999999999999.
    ...{ worth: 0.00599773346342937, worth0: 0.006009763249797228 },
    impermanentLoss: {
      ...{ total: -0.000001002711747728, netOfFees: 0.000013019375189831, net0: 0.000013045488437966 },
      feeCoverage: 13.984165408774777,
    },
  });
});

describe("a pool's totals", () => {
  const TOTALS = `from {number timestamp} swaps mints burns volume {amount0 amount1 decimal1 notional n0: notional(in: TOKEN0)}
    feesGross {amount0 amount1 valueThen valueThen0: valueThen(in: TOKEN0)}
    feesProtocol {amount0 amount1 valueThen} feesLp {amount0 amount1 valueThen decimal1}`;

  async function totals(args: string, asOf = "") {
    const query = `{pool(chainId: 1, poolId: "${POOL}"${asOf}) {totals${args} {${TOTALS}}}}`;
    const { data, errors } = await ask(app, query);
    expect(errors).toEqual([]);
    return data.pool.totals;
  }

  test("since the beginning", async () => {
    const all = await totals("");
    expect(all).toEqual({
      from: { number: 100, timestamp: timeOf(100) },
      ...{ swaps: 5, mints: 2, burns: 0 },
      volume: {
        ...{ amount0: "18466461990897011", amount1: "18253720386751641", decimal1: "0.018253720386751641" },
        ...{ notional: 0.018253720386751642, n0: 0.01846646199089701 },
      },
      feesProtocol: { amount0: "0", amount1: "1730828080043", valueThen: 0.000001730828080043 },
      feesLp: {
        ...{ amount0: "30000000000001", amount1: "22280311368840", decimal1: "0.00002228031136884" },
        valueThen: 0.00005146220236884,
      },
      feesGross: {
        ...{ amount0: "30000000000001", amount1: "24011139448883" },
        ...{ valueThen: 0.000053193030448883, valueThen0: 0.00005414622 },
      },
    });
    expect(await totals("(window: DAY)")).toEqual(all);
    expect(await totals("(window: MONTH)", ", asOf: {block: 107}")).toEqual(all);
  });

  test("of the current hour and the whole one before it", async () => {
    expect(await totals("(window: HOUR)")).toMatchObject({
      from: { number: 106, timestamp: timeOf(106) },
      ...{ swaps: 1, mints: 0, burns: 0 },
      volume: { amount0: "3002993085009901", amount1: "3000000000000000" },
      feesProtocol: { amount0: "0", amount1: "1500000000000" },
      feesLp: { amount0: "0", amount1: "7500000000000", valueThen: 0.0000075 },
    });
  });

  test("of an hour in the past, and of one without a block", async () => {
    expect(await totals("(window: HOUR)", ", asOf: {block: 102}")).toMatchObject({
      ...{ from: { number: 101 }, swaps: 2, mints: 0 },
      volume: { amount0: "15000000000000000", amount1: "14792064226664067" },
    });
    // Younger than the window: counted from where it is known.
    expect(await totals("(window: HOUR)", ", asOf: {block: 100}")).toMatchObject({
      ...{ from: { number: 100 }, swaps: 0, mints: 2 },
    });
  });
});

test("what a pool holds, by a walk over its ticks; the rest of its balance is what is owed to LPs", async () => {
  const at = (asOf: string) => `pool(chainId: 1, poolId: "${POOL}"${asOf}) {
    principal {amount0 amount1} uncollectedFees {amount0 amount1} protocolFees {amount0 amount1}}`;
  const query = `{now: ${at("")} then: ${at(", asOf: {block: 105}")}
    a: position(id: "${A}") {inventory {amounts {amount0 amount1}}}
    b: position(id: "${B}") {inventory {amounts {amount0 amount1}}}}`;
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  const { now, then, a, b } = data;
  const sum = (key: "amount0" | "amount1") =>
    BigInt(a.inventory.amounts[key]) + BigInt(b.inventory.amounts[key]);
  // Three segments, each rounded down, against two positions.
  for (const key of ["amount0", "amount1"] as const) {
    expect(Math.abs(Number(BigInt(now.principal[key]) - sum(key)))).toBeLessThan(3);
  }
  // The vector's A and B together, and what two mints, five swaps and their steps rounded.
  expect(BigInt(now.uncollectedFees.amount0) - 30000000000001n).toBeGreaterThanOrEqual(0n);
  expect(BigInt(now.uncollectedFees.amount0) - 30000000000001n).toBeLessThan(10n);
  expect(BigInt(now.uncollectedFees.amount1) - 23434451769058n).toBeGreaterThanOrEqual(0n);
  expect(BigInt(now.uncollectedFees.amount1) - 23434451769058n).toBeLessThan(10n);
  expect(now.protocolFees).toEqual({ amount0: "0", amount1: "1730828080043" });
  // S5 paid 9 * 10^12, a sixth of it to the protocol, and rounded once.
  expect(BigInt(now.uncollectedFees.amount1) - BigInt(then.uncollectedFees.amount1)).toBe(7500000000001n);
});
