import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { address, POOL, pool } from "./rows.ts";
import { A, createVectorWorld, timeOf } from "./vectorWorld.ts";

const HEALTHY = address("b2");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** The vector's pool, of which a log did not fit in block 105; another one is well. */
beforeAll(async () => {
  db = await createVectorWorld();
  const { database } = db;
  const since = { quarantinedBlock: 105 };
  await database.update(tables.pool).set(since);
  for (const blockNumber of [105, 106]) {
    const { poolSnapshot } = tables;
    await database.update(poolSnapshot).set(since).where(eq(poolSnapshot.blockNumber, blockNumber));
  }
  await database.insert(tables.pool).values(pool({ poolId: HEALTHY }));
  await database
    .insert(tables.quarantine)
    .values([
      ...[
        { chainId: 1, poolId: POOL, blockNumber: 105, timestamp: timeOf(105), logIndex: 3, reason: "lost" },
      ],
      ...[{ chainId: 2, poolId: POOL, blockNumber: 9, timestamp: 9, logIndex: 1, reason: "another chain's" }],
    ]);
  app = createTestApi(database);
});

afterAll(() => db.close());

const POOL_FIGURES = `tick liquidity exact caveats feeGrowthGlobal0X128 feeGrowthGlobal1X128 protocolFees {amount0}
  principal {amount0} uncollectedFees {amount0}
  totals {swaps volume {amount0} feesGross {amount0} feesProtocol {amount0} feesLp {amount0}}`;
const POSITION_FIGURES = `status worth owed {amount0} principalOwed {amount0} residual {amount0} timeInRange
  fees {uncollected {amount0} collected {amount0} earned {amount0} method}
  adverseSelection {lvr feesLp feesMinusLvr lvrCoverage}
  inventory {amounts {amount0}} impermanentLoss {unrealizedRaw1 netOfFees feeCoverage}`;

async function figures(asOf = "") {
  const { data, errors } = await ask(
    app,
    `{pool(chainId: 1, poolId: "${POOL}"${asOf}) {${POOL_FIGURES}} position(id: "${A}"${asOf}) {${POSITION_FIGURES}}}`,
  );
  expect(errors).toEqual([]);
  return data;
}

test("of a pool in quarantine, what follows the log is served and what comes from growth is not known", async () => {
  const { pool: seen, position } = await figures();
  expect(seen).toEqual({
    ...{ tick: -21, liquidity: "1500000000000000000", exact: false, caveats: ["QUARANTINED"] },
    ...{ feeGrowthGlobal0X128: null, feeGrowthGlobal1X128: null, protocolFees: null },
    ...{ principal: null, uncollectedFees: null },
    totals: {
      ...{ swaps: 5, volume: { amount0: "18466461990897011" } },
      ...{ feesGross: null, feesProtocol: null, feesLp: null },
    },
  });
  expect(position).toEqual({
    ...{
      status: "IN_RANGE",
      worth: null,
      owed: null,
      principalOwed: null,
      residual: null,
      timeInRange: null,
    },
    fees: { uncollected: null, collected: null, earned: null, method: null },
    adverseSelection: { lvr: null, feesLp: null, feesMinusLvr: null, lvrCoverage: null },
    inventory: { amounts: { amount0: "3997713628646105" } },
    impermanentLoss: { unrealizedRaw1: "-1002711747728", netOfFees: null, feeCoverage: null },
  });
});

test("what was known of it before stays", async () => {
  expect(await figures(", asOf: {block: 104}")).toMatchObject({
    pool: { exact: true, caveats: [], feeGrowthGlobal0X128: "14264512457352945109763889445166677" },
    position: { owed: { amount0: "9040182736435" }, fees: { method: "EXACT" }, timeInRange: 0.25 },
  });
  expect(await figures(", asOf: {block: 105}")).toMatchObject({
    pool: { exact: false, caveats: ["QUARANTINED"] },
    position: { owed: null, fees: { method: null } },
  });
});

test("lists tell it from pools that are exact", async () => {
  const { data } = await ask(
    app,
    "{yes: pools(where: {exact: true}) {items {poolId}} no: pools(where: {exact: false}) {items {poolId}}}",
  );
  expect(data).toEqual({ yes: { items: [{ poolId: HEALTHY }] }, no: { items: [{ poolId: POOL }] } });
});

test("status counts them by chain, and says since when and why", async () => {
  const { data, errors } = await ask(
    app,
    "{status {quarantinedPools quarantines {poolId block {number timestamp} reason}}}",
  );
  expect(errors).toEqual([]);
  expect(data.status).toEqual([
    {
      quarantinedPools: 1,
      quarantines: [{ poolId: POOL, block: { number: 105, timestamp: timeOf(105) }, reason: "lost" }],
    },
  ]);
});
