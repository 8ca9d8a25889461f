import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { ask, createTestApi, logged } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import {
  block,
  core,
  MANAGER,
  NO_FEES,
  POOL,
  type PositionRow,
  pool,
  position,
  tickSnapshot,
  token,
  USDC,
} from "./rows.ts";

const Q128 = 2n ** 128n;
const RANGE = { tickLower: -202080, tickUpper: -197280 };
const LIQUIDITY = 6_000_000_000_000_000n;
const CORE_ID = `${POOL}:${MANAGER}:-202080:-197280`;

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** A pool whose growth in the worked example's range has passed 2^256 since: 7 and 5 units a 10^15 of liquidity. */
beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  await database.insert(tables.block).values(block());
  await database.insert(tables.token).values([token(), token({ address: USDC, decimals: 6 })]);
  const growth = {
    feeGrowthGlobal0X128: (7n * Q128) / 10n ** 15n - 1n,
    feeGrowthGlobal1X128: (5n * Q128) / 10n ** 15n,
  };
  await database.insert(tables.pool).values(pool(growth));
  await database
    .insert(tables.tickSnapshot)
    .values([
      tickSnapshot({ feeGrowthOutside0X128: 2n ** 256n - 1n }),
      tickSnapshot({ tick: -197280, liquidityNet: -LIQUIDITY }),
      ...[-600, 600].map((tick) => tickSnapshot({ tick, liquidityGross: 0n, liquidityNet: 0n })),
    ]);
  app = createTestApi(database);
});

afterAll(() => db.close());

const FIELDS = `owed {amount0 amount1} principalOwed {amount0 amount1} residual {amount0 amount1} fees {
  uncollected {amount0 amount1} earned {amount0 amount1}
  collected {amount0 amount1 valueThen valueThen0: valueThen(in: TOKEN0)}}`;

async function served(row: Partial<PositionRow>, cores: ReturnType<typeof core>[] = []) {
  const { database } = db;
  await database.delete(tables.position);
  await database.delete(tables.corePositionSnapshot);
  const inserted = position({ ...NO_FEES, ...row });
  await database.insert(tables.position).values(inserted);
  if (cores.length > 0) await database.insert(tables.corePositionSnapshot).values(cores);
  return ask(app, `{position(id: "1:${inserted.positionId}") {${FIELDS}}}`);
}

async function figures(row: Partial<PositionRow>, cores: ReturnType<typeof core>[] = []) {
  const { data, errors } = await served(row, cores);
  expect(errors).toEqual([]);
  return data.position;
}

const amounts = (amount0: number | bigint, amount1: number | bigint) => ({
  amount0: String(amount0),
  amount1: String(amount1),
});

/** Nothing was withdrawn, collected or released. */
const FRESH = {
  ...{ withdrawn0: 0n, withdrawn1: 0n, collected0: 0n, collected1: 0n, debited0: 0n, debited1: 0n },
  ...{ released0: 0n, released1: 0n, deposited0: 16684813541769073517n, deposited1: 27299059861n },
};
const DIRECT = { manager: null, tokenId: null, positionId: `${POOL}:${MANAGER}:-202080:-197280` };

test("growth that has gone round 2^256 is owed like any other", async () => {
  const seen = await figures({ ...FRESH, ...DIRECT, ...RANGE });
  // 6 * 10^15 of liquidity, rounded down once in growth and once in the amount.
  const fees = amounts(41, 29);
  expect(seen).toMatchObject({ owed: fees, fees: { uncollected: fees, earned: fees } });
  expect(seen.residual).toEqual(amounts(0, 0));
});

test("of what is owed, principal that was withdrawn and waits is no fee", async () => {
  const seen = await figures({
    ...{ ...FRESH, ...DIRECT },
    ...{
      withdrawn0: 1_000n,
      withdrawn1: 2_000n,
      collected0: 300n,
      debited0: 300n,
      collected1: 2_500n,
      debited1: 2_500n,
    },
    ...{ tokensOwed0: 800n, tokensOwed1: 40n, feesAccrued0: 100n, feesAccrued1: 540n },
    ...{ feesCollected0Value1: 0n, feesCollected1Value0: 12n },
  });
  expect(seen).toEqual({
    owed: amounts(841, 69),
    principalOwed: amounts(700, 0),
    residual: amounts(0, 0),
    fees: {
      uncollected: amounts(141, 69),
      collected: { ...amounts(0, 500), valueThen: 0.0005, valueThen0: 1.2e-17 },
      earned: amounts(141, 569),
    },
  });
});

test.each([
  ["debited0", { debited0: 3n }, amounts(3, 0)],
  ["feesAccrued1", { feesAccrued1: 2n ** 128n + 4n }, amounts(0, -4)],
  ["released0", { released0: 5n }, amounts(-5, 0)],
  ["hold1", { hold1: 27299059860n }, amounts(0, 1)],
  ["tokensOwed1", { tokensOwed1: 2n ** 128n - 2n }, amounts(0, -2)],
])("a wrong %s shows in the residual", async (_, wrong, expected) => {
  expect((await figures({ ...FRESH, ...DIRECT, ...wrong })).residual).toEqual(expected);
});

test("an NFT is owed no more than the pool keeps for its manager, while its fees are its own", async () => {
  const nft = { ...FRESH, tokensOwed0: 10n, tokensOwed1: 10n, feesAccrued0: 10n, feesAccrued1: 10n };
  const fees = amounts(51, 39);
  const poor = core({ liquidity: 0n, tokensOwed0: 50n, tokensOwed1: 40n, blockNumber: 90 });
  // The newest counts.
  const old = core({ liquidity: 0n, tokensOwed0: 1n, tokensOwed1: 1n });
  expect(await figures(nft, [old, poor])).toMatchObject({
    ...{ owed: amounts(50, 39), fees: { uncollected: fees, earned: fees }, residual: amounts(0, 0) },
  });
  // With liquidity of its own the core position has pending fees too: 41 and 29.
  expect(await figures(nft, [core({ tokensOwed0: 9n, tokensOwed1: 11n })])).toMatchObject({
    owed: amounts(50, 39),
  });
  expect(await figures(nft, [core({ tokensOwed0: 10n ** 9n, tokensOwed1: 9n })])).toMatchObject({
    owed: amounts(51, 38),
  });
});

test("so is what somebody minted into the pool for a manager without an NFT", async () => {
  const row = { ...FRESH, ...DIRECT, owner: MANAGER };
  const poor = core({ corePositionId: CORE_ID, liquidity: 0n, tokensOwed0: 3n, tokensOwed1: 100n });
  expect(await figures(row, [poor])).toMatchObject({
    owed: amounts(3, 29),
    fees: { earned: amounts(41, 29) },
  });
});

test("a closed position needs no ticks: what it was owed last is what it is owed", async () => {
  const closed = { ...FRESH, ...DIRECT, liquidity: 0n, tokensOwed0: 4n, feesAccrued0: 4n };
  const seen = await figures({ ...closed, tickLower: -600, tickUpper: 600 });
  expect(seen).toMatchObject({ owed: amounts(4, 0), residual: amounts(0, 0) });
  // Ticks that never were.
  expect(await figures({ ...closed, tickLower: -1200, tickUpper: 1200 })).toMatchObject({
    owed: amounts(4, 0),
  });
});

test.each([
  ["liquidity between ticks that are not initialised", DIRECT, [], "PositionWithoutTicksError"],
  ["an NFT without a core position", RANGE, [], "NftWithoutCorePositionError"],
])("%s is our error, named in the log", async (_, row, cores, name) => {
  const range = name === "PositionWithoutTicksError" ? { tickLower: -600, tickUpper: 600 } : {};
  logged.length = 0;
  const { status, errors } = await served({ ...FRESH, ...row, ...range }, cores);
  expect([status, errors[0]?.extensions.code]).toEqual([500, "INTERNAL"]);
  expect(logged.map((error) => error.name)).toContain(name);
});

test("a core position of liquidity whose ticks are gone is our error too", async () => {
  const closed = { ...FRESH, liquidity: 0n, tickLower: -600, tickUpper: 600 };
  const impossible = core({ corePositionId: `${POOL}:${MANAGER}:-600:600` });
  logged.length = 0;
  await served(closed, [impossible]);
  expect(logged.map((error) => error.name)).toContain("PositionWithoutTicksError");
});

test("a walk over ticks that do not add up is our error", async () => {
  const { database } = db;
  const ticks = [
    { tick: -600, liquidityNet: 7n },
    { tick: 600, liquidityNet: -6n },
  ];
  for (const { tick, liquidityNet } of ticks) {
    const { blockNumber: _, ...row } = tickSnapshot({ tick, liquidityNet, liquidityGross: 7n });
    await database.insert(tables.tick).values(row);
  }
  logged.length = 0;
  const { data } = await ask(app, `{pool(chainId: 1, poolId: "${POOL}") {tick principal {amount0}}}`);
  expect(data.pool).toEqual({ tick: -199811, principal: null });
  expect(logged.map((error) => error.name)).toEqual(["UnbalancedTicksError"]);
  const upper = and(eq(tables.tick.tick, 600), eq(tables.tick.poolId, POOL));
  await database.update(tables.tick).set({ liquidityNet: -8n }).where(upper);
  logged.length = 0;
  await ask(app, `{pool(chainId: 1, poolId: "${POOL}") {uncollectedFees {amount0}}}`);
  expect(logged.map((error) => error.name)).toEqual(["UnbalancedTicksError"]);
});
