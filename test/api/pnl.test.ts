import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { ask, createTestApi } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import {
  address,
  block,
  MANAGER,
  NO_FEES,
  ownership,
  POOL,
  type PositionRow,
  pool,
  position,
  tickSnapshot,
  token,
  USDC,
} from "./rows.ts";

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** The pool of 4.3's benchmarks, at 2442.83. */
const HIGH = address("b2");

/** R: 10^16 put in at tick -200311, at 2000.04. */
const R: Partial<PositionRow> = {
  ...{ ...NO_FEES, poolId: HIGH, positionId: `${MANAGER}:9`, tokenId: 9n, liquidity: 10n ** 16n },
  ...{ hold0: 31442952788347355012n, hold1: 37855704095n, entryValue1: 62887172402n },
  ...{ cost0: 50370423545279356186n, cost1: 100742876497n, maxCapital1: 100742876497n },
  ...{ realizedIl0: 0n, realizedIl1: 0n, deposited0: 31442952788347355012n, deposited1: 37855704095n },
  ...{ depositedValue0: 50370423545279356186n, depositedValue1: 100742876497n },
  ...{ withdrawn0: 0n, withdrawn1: 0n, withdrawnValue0: 0n, withdrawnValue1: 0n },
  ...{ released0: 0n, released1: 0n, collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n },
};

beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await database.insert(tables.block).values([block({ number: 90 }), block()]);
  await database.insert(tables.token).values([token(), token({ address: USDC, decimals: 6 })]);
  const sqrtPriceX96 = getSqrtPriceAtTick(-198311);
  await database.insert(tables.pool).values([pool(), pool({ poolId: HIGH, sqrtPriceX96, tick: -198311 })]);
  const ticks = [POOL, HIGH].flatMap((poolId) =>
    [-202080, -197280].map((tick) => tickSnapshot({ poolId, tick })),
  );
  await database.insert(tables.tickSnapshot).values(ticks);
  await database.insert(tables.position).values([position(), position(R)]);
  await database.insert(tables.ownership).values([ownership(), ownership({ ...R, number: 0 })]);
  app = createTestApi(database);
});

afterAll(() => db.close());

async function asked(fields: string, tokenId = 7) {
  const { data, errors } = await ask(app, `{position(id: "1:${MANAGER}:${tokenId}") {${fields}}}`);
  expect(errors).toEqual([]);
  return data.position;
}

const PARTS = ["total", "realized", "unrealized", "priceEffect", "impermanentLoss", "fees"];
const PNL = `${PARTS.join(" ")} ${PARTS.map((name) => `${name}0: ${name}(in: TOKEN0)`).join(" ")} roi`;

const WORKED = {
  ...{ total: 5761.312628, realized: 5086.391303, unrealized: 674.921325 },
  ...{ priceEffect: 7651.146277, impermanentLoss: -1889.833649, fees: 0 },
  // Whole numbers of 10^-18, each flow at its own price in token0.
  ...{ total0: -2.892444752397869, realized0: -2.7234136590932403, unrealized0: -0.16903109330462876 },
  ...{ priceEffect0: -2.0713757926370135, impermanentLoss0: -0.8210689597608558, fees0: 0 },
  roi: 5761312628 / 153833345317,
};

test("the worked example's profit, to the documented digits, for the position and for its one owner", async () => {
  const { pnl, owners, impermanentLoss } = await asked(`pnl {${PNL}} owners {pnl {${PNL}}}
    impermanentLoss {versusToken0 versusToken1 versusHalf total allFlowsAtSpot breakEvenLower breakEvenUpper}`);
  expect(pnl).toEqual(WORKED);
  expect(owners).toEqual([{ pnl: WORKED }]);
  expect(impermanentLoss).toMatchObject({ total: -1889.833649, allFlowsAtSpot: 601.964665 });
  // Without fees nothing pays.
  expect([impermanentLoss.breakEvenLower, impermanentLoss.breakEvenUpper]).toEqual([null, null]);
});

test("benchmarks, to the documented digits", async () => {
  const { impermanentLoss } = await asked(
    `impermanentLoss {total versusToken0 versusToken1 versusHalf in0: versusToken0(in: TOKEN0)
      half0: versusHalf(in: TOKEN0)}`,
    9,
  );
  expect(impermanentLoss.total).toBeCloseTo(-4946.1248, 4);
  expect(impermanentLoss.versusToken0).toBeCloseTo(-13327.0197, 4);
  expect(impermanentLoss.versusToken1).toBeCloseTo(8976.5006, 4);
  expect(impermanentLoss.versusHalf).toBeCloseTo(-2175.2596, 4);
  expect(impermanentLoss.in0).toBeCloseTo(-5.455565100328316, 12);
  expect(impermanentLoss.half0).toBeCloseTo(-0.8904669150492688, 12);
});

/** 500 of token1 wait, 0.1 of token0 was collected when it was worth 210. */
const PAID: Partial<PositionRow> = {
  ...{ tokensOwed1: 500_000_000n, feesAccrued0: 10n ** 17n, feesAccrued1: 500_000_000n },
  ...{
    collected0: 13858161189406625917n,
    debited0: 13858161189406625917n,
    feesCollected0Value1: 210_000_000n,
  },
};

async function update(row: Partial<PositionRow>): Promise<void> {
  await db.database
    .update(tables.position)
    .set(row)
    .where(eq(tables.position.positionId, `${MANAGER}:7`));
}

test("fees are added, collected ones at the price of their collection", async () => {
  await update(PAID);
  const { pnl, impermanentLoss } = await asked(`pnl {${PNL}}
    impermanentLoss {netOfFees feeCoverage breakEvenLower breakEvenUpper}`);
  expect(pnl).toMatchObject({
    ...{ total: 5761.312628 + 710, realized: 5086.391303 + 210, priceEffect: 7651.146277 },
    ...{ unrealized: expect.closeTo(674.921325 + 500, 9), impermanentLoss: -1889.833649, fees: 710 },
  });
  // 0.1 at 2102.579292 and 500.
  expect(impermanentLoss.netOfFees).toBeCloseTo(-1889.833649 + 210.257929 + 500, 5);
  expect(impermanentLoss.feeCoverage).toBeCloseTo(710.257929 / 1889.833649, 8);
  // What is realised alone, -1717.889797, is more than fees pay near here.
  expect([impermanentLoss.breakEvenLower, impermanentLoss.breakEvenUpper]).toEqual([null, null]);
  await update(position());
});

test("returns a year: null under an hour of open time, and capital counts while it was at work", async () => {
  const fields = "pnl {apr} fees {apr} impermanentLoss {apr}";
  const none = { pnl: { apr: null }, fees: { apr: null }, impermanentLoss: { apr: null } };
  // 80 seconds since it was settled.
  await update({ ...PAID, secondsOpen: 3_519, capitalSeconds1: 10n ** 14n });
  expect(await asked(fields)).toEqual(none);
  await update({ secondsOpen: 3_520 });
  const capital = 10 ** 14 + 61533338127 * 80;
  const perYear = (gain: number) => expect.closeTo((gain * 31_536_000) / capital, 6);
  expect(await asked(fields)).toEqual({
    pnl: { apr: perYear(6471312628) },
    fees: { apr: perYear(710257929.2) },
    impermanentLoss: { apr: perYear(-1889833649) },
  });
  // Closed: no more of either.
  await update({ liquidity: 0n, hold0: 0n, hold1: 0n, cost0: 0n, cost1: 0n });
  expect(await asked(fields)).toEqual(none);
  await update({ secondsOpen: 3_600 });
  const { impermanentLoss } = await asked(fields);
  expect(impermanentLoss.apr).toBeCloseTo((-1717889797 * 31_536_000) / 10 ** 14, 6);
  await update(position());
});

test("break-even moves are where fees at the moved price pay the loss there", async () => {
  await db.database
    .update(tables.position)
    .set({ tokensOwed1: 6_000_000_000n, feesAccrued1: 6_000_000_000n })
    .where(eq(tables.position.positionId, `${MANAGER}:9`));
  const { impermanentLoss } = await asked("impermanentLoss {netOfFees breakEvenLower breakEvenUpper}", 9);
  expect(impermanentLoss.netOfFees).toBeCloseTo(6_000 - 4946.1248, 4);
  const net = (move: number) => {
    const price = 2442.8302994109517 * (1 + move);
    const [pa, pb] = [1675.7757117918, 2708.1132404783];
    const root = Math.sqrt(Math.min(Math.max(price, pa), pb));
    const held = 10_000 * ((1 / root - 1 / Math.sqrt(pb)) * price + root - Math.sqrt(pa));
    return held + 6_000 - 31.442952788347355 * price - 37855.704095;
  };
  // Above, the range ends at a move of 0.1086; below, at -0.314.
  expect(impermanentLoss.breakEvenUpper).toBeGreaterThan(0.01);
  expect(impermanentLoss.breakEvenLower).toBeLessThan(-0.01);
  expect(net(impermanentLoss.breakEvenUpper)).toBeCloseTo(0, 4);
  expect(net(impermanentLoss.breakEvenLower)).toBeCloseTo(0, 4);
  expect(net(impermanentLoss.breakEvenUpper / 2)).toBeGreaterThan(0);
  expect(net(impermanentLoss.breakEvenLower / 2)).toBeGreaterThan(0);
});
