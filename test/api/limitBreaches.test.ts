import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import {
  AT_2000,
  AT_60000,
  CHAIN,
  createAccountWorld,
  DUST,
  DUST_POOL,
  forget,
  quarantine,
  Story,
  setPrice,
  WBTC_POOL,
} from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { bucketBefore } from "./eventRows.ts";
import { ALICE, address, block, POOL, USDC, WETH } from "./rows.ts";

const BOB = address("d2");
const AT_2442 = { sqrtPriceX96: 3915851671308254420761618n, tick: -198311 };
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
beforeAll(async () => {
  db = await createAccountWorld();
});
beforeEach(() => {
  app = createTestApi(db.database, { chains: [CHAIN] });
});
afterEach(async () => {
  await forget(db.database);
  await setPrice(db.database, POOL, AT_2000);
});
afterAll(() => db.close());

const FIELDS = "{limit asOf {number} pool {poolId} position {id} token {address} value bound}";

async function accountOf(fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{account(chainId: 1, address: "${ALICE}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.account;
}

const breachesOf = async (limits: string, asOf = "") =>
  (await accountOf(`limitBreaches(limits: {${limits}}) ${FIELDS}`, asOf)).limitBreaches;

async function openR() {
  const r = new Story(db.database, R, 20);
  await r.deposit(10n ** 16n, AT_2000, 20);
  return r;
}

/** Half a WBTC at 60,000, below its range, and 10,000 USDC, above its own. */
async function openSecond() {
  const wbtc = { owner: ALICE, poolId: WBTC_POOL, tickLower: 64020, tickUpper: 64620 };
  await new Story(db.database, wbtc, 40).deposit(41540852326n, AT_60000, 40);
  const cash = { owner: ALICE, poolId: WBTC_POOL, tickLower: 63000, tickUpper: 63960 };
  await new Story(db.database, cash, 50).deposit(8716798795n, AT_60000, 50);
}

test("what of the book is over its bound is told, with what it is of, the worst first", async () => {
  await openR();
  await openSecond();
  const found = { asOf: { number: 100 }, pool: null, position: null, token: null };
  const limits =
    "maxSkew: 0.4, maxDelta: 0.7, minTicksToBound: 40, maxTokenShare: 0.35, maxImpermanentLoss: 0.01";
  expect(await breachesOf(limits)).toEqual([
    // 64020 - 63972 under its range, and 63972 - 63960 over the other: 88 and 52 under 40.
    {
      ...{ ...found, limit: "TICKS_TO_BOUND", value: -48, bound: 40 },
      position: { id: `1:${WBTC_POOL}:${ALICE}:64020:64620` },
    },
    {
      ...{ ...found, limit: "TICKS_TO_BOUND", value: -12, bound: 40 },
      position: { id: `1:${WBTC_POOL}:${ALICE}:63000:63960` },
    },
    // 62,887 in WETH of 140,743, 47,856 in USDC.
    {
      ...{
        ...found,
        limit: "TOKEN_SHARE",
        value: expect.closeTo(62887.172402 / 140742.876496, 8),
        bound: 0.35,
      },
      token: { address: WETH },
    },
    // 30,000 of 40,000 in WBTC.
    {
      ...{ ...found, limit: "SKEW", value: expect.closeTo(0.5, 6), bound: 0.4 },
      pool: { poolId: WBTC_POOL },
    },
    {
      ...{ ...found, limit: "DELTA", value: expect.closeTo(0.75, 6), bound: 0.7 },
      pool: { poolId: WBTC_POOL },
    },
  ]);
  expect(await breachesOf("maxSkew: 0.6, maxDelta: 0.8, maxTokenShare: 0.5")).toEqual([]);
  expect(await breachesOf("")).toEqual([]);
  expect(await breachesOf("maxSkew: null")).toEqual([]);
});

test("a loss is measured by the pool's book, and a gain is none", async () => {
  await openR();
  expect(await breachesOf("maxImpermanentLoss: 0.001")).toEqual([]);
  await setPrice(db.database, POOL, AT_2442);
  expect(await breachesOf("maxImpermanentLoss: 0.04")).toMatchObject([
    { limit: "IMPERMANENT_LOSS", value: expect.closeTo(0.04313525, 8), pool: { poolId: POOL } },
  ]);
  expect(await breachesOf("maxImpermanentLoss: 0.05")).toEqual([]);
  // Short token0 as much as it would be long: a size.
  expect(await breachesOf("maxSkew: 0.5")).toMatchObject([{ value: expect.closeTo(0.54735787607, 9) }]);
});

test("as of a block it is what it was then, by ids of then", async () => {
  const r = await openR();
  await openSecond();
  await r.withdraw(10n ** 16n, AT_2000, 50);
  const limits = "maxSkew: 0.2, minTicksToBound: 2000, maxTokenShare: 0.6";
  const fields =
    "{limit asOf {number} pool {id} position {id} token {address quotePrice {block {number}}} value}";
  const { limitBreaches } = await accountOf(
    `limitBreaches(limits: {${limits}}) ${fields}`,
    ", asOf: {block: 29}",
  );
  expect(limitBreaches).toMatchObject([
    { limit: "SKEW", asOf: { number: 20 }, pool: { id: `1:${POOL}@20` } },
    { limit: "TICKS_TO_BOUND", value: 1769, position: { id: `1:${POOL}:${ALICE}:-202080:-197280@20` } },
    { limit: "TOKEN_SHARE", token: { address: WETH, quotePrice: { block: { number: 20 } } } },
  ]);
  // What was withdrawn waits: it is of the tokens, and no longer of the pool's book.
  const now = await breachesOf("maxSkew: 0.2, minTicksToBound: 2000, maxTokenShare: 0.35");
  expect(now.map(({ limit, pool, token }: never) => [limit, pool, token])).toEqual([
    ...[["SKEW", { poolId: WBTC_POOL }, null]],
    ...[["TICKS_TO_BOUND", null, null]],
    ...[["TICKS_TO_BOUND", null, null]],
    ...[["TOKEN_SHARE", null, { address: WETH }]],
  ]);
});

test("a position that was passed on is of another's book", async () => {
  const r = await openR();
  expect(await breachesOf("maxSkew: 0.1")).toHaveLength(1);
  await r.transfer(BOB, AT_2000, 40);
  expect(await breachesOf("maxSkew: 0.1, minTicksToBound: 5000, maxTokenShare: 0.1")).toEqual([]);
});

test("in quarantine shares of the book are unknown, and not told; what follows the log is", async () => {
  await openR();
  await quarantine(db.database, POOL, 60);
  const limits = "maxSkew: 0.1, maxDelta: 0.1, minTicksToBound: 5000, maxTokenShare: 0.1";
  const found = await breachesOf(limits);
  expect(found.map(({ limit }: { limit: string }) => limit)).toEqual(["DELTA", "SKEW", "TICKS_TO_BOUND"]);
});

test.each([
  ["maxSkew: 0", "maxSkew is 0: it must be above 0 and at most 1, as 0.05 for 5 %."],
  ["maxDelta: 1.01", "maxDelta is 1.01: it must be above 0 and at most 1, as 0.05 for 5 %."],
  [
    "maxImpermanentLoss: -0.05",
    "maxImpermanentLoss is -0.05: it must be above 0 and at most 1, as 0.05 for 5 %.",
  ],
  ["maxTokenShare: 40", "maxTokenShare is 40: it must be above 0 and at most 1, as 0.05 for 5 %."],
  [
    "maxExpectedShortfall: 0",
    "maxExpectedShortfall is 0: it must be above 0 and at most 1, as 0.05 for 5 %.",
  ],
  ["minTicksToBound: -1", "minTicksToBound is -1: it must be 0 or more."],
])("%s is refused", async (limits, message) => {
  await openR();
  const query = `{account(chainId: 1, address: "${ALICE}") {limitBreaches(limits: {${limits}}) {value}}}`;
  const { errors } = await ask(app, query);
  expect(errors.map(({ extensions, message }) => [extensions.code, message])).toEqual([
    ["BAD_INPUT", `limits.${message}`],
  ]);
});

describe("limits that could not be read are told", () => {
  const unread = async (limits: string, asOf = "") => {
    const given = `limits: {${limits}}`;
    const fields = `limitBreaches(${given}) {limit} unreadLimits(${given}) {limit pool {poolId} position {id} token {address}}`;
    return accountOf(fields, asOf);
  };
  const none = { pool: null, position: null, token: null };
  const ALL =
    "maxSkew: 1, maxDelta: 1, maxImpermanentLoss: 1, minTicksToBound: 0, maxTokenShare: 1, maxExpectedShortfall: 1";

  test("of an unpriced token, by that token; the others and all other limits are read", async () => {
    await openR();
    const dust = { owner: ALICE, poolId: DUST_POOL, tickLower: -60, tickUpper: 60 };
    await new Story(db.database, dust, 40).deposit(10n ** 18n, { sqrtPriceX96: 2n ** 96n, tick: 0 }, 40);
    const limits = "maxSkew: 1, maxDelta: 1, maxImpermanentLoss: 1, minTicksToBound: 0, maxTokenShare: 1";
    const told = {
      limitBreaches: [],
      unreadLimits: [{ ...none, limit: "TOKEN_SHARE", token: { address: DUST } }],
    };
    expect(await unread(limits)).toEqual(told);
    expect(await unread(limits, ", asOf: {block: 45}")).toEqual(told);
    expect((await unread(limits, ", asOf: {block: 35}")).unreadLimits).toEqual([]);
  });

  test("of a quarantined pool, for all tokens and the shortfall, which has no value to be a share of", async () => {
    await openR();
    await quarantine(db.database, POOL, 60);
    expect((await unread(ALL)).unreadLimits).toEqual([
      { ...none, limit: "TOKEN_SHARE", token: { address: WETH } },
      { ...none, limit: "TOKEN_SHARE", token: { address: USDC } },
      { ...none, limit: "EXPECTED_SHORTFALL" },
    ]);
  });

  test("of a token that only fees which are not known would be of", async () => {
    await openR();
    // Above its range, where all of it is the other token.
    await setPrice(db.database, POOL, { sqrtPriceX96: 4357023000000000000000000n, tick: -196177 });
    expect((await unread("maxTokenShare: 1")).unreadLimits).toEqual([]);
    await quarantine(db.database, POOL, 60);
    const { unreadLimits } = await unread("maxTokenShare: 1");
    expect(unreadLimits).toContainEqual({ ...none, limit: "TOKEN_SHARE", token: { address: WETH } });
    expect(unreadLimits).toContainEqual({ ...none, limit: "TOKEN_SHARE", token: { address: USDC } });
  });

  test("of prices without a past: the shortfall alone, and not where its limit is not given", async () => {
    await openR();
    expect((await unread(ALL)).unreadLimits).toEqual([{ ...none, limit: "EXPECTED_SHORTFALL" }]);
    expect((await unread("maxSkew: 1, maxTokenShare: 1")).unreadLimits).toEqual([]);
    expect((await unread("")).unreadLimits).toEqual([]);
  });

  test("an account with nothing left has nothing to be read", async () => {
    const r = await openR();
    await r.transfer(BOB, AT_2000, 40);
    expect(await unread(ALL)).toEqual({ limitBreaches: [], unreadLimits: [] });
  });
});

test("breaches count as 20 rows, and what is asked of each as often", async () => {
  const lists = (breaches: string, first: number) =>
    `{account(chainId: 1, address: "${ALICE}") {limitBreaches(limits: {}) {${breaches}}} positions(first: ${first}) {items {id}}}`;
  const message = async (query: string) => (await ask(app, query)).errors[0]?.message;
  // With 100 for the book and 500 for prices.
  expect(await message(lists("value", 9_381))).toContain("10001 rows");
  expect(await message(lists("pool {principal {amount0}}", 7_401))).toContain("10001 rows");
  const unread = (limits: string, first: number) =>
    `{account(chainId: 1, address: "${ALICE}") {unreadLimits(limits: {${limits}}) {limit}} positions(first: ${first}) {items {id}}}`;
  expect(await message(unread("maxSkew: 1", 9_381))).toContain("10001 rows");
  expect(await message(unread("maxExpectedShortfall: 1", 8_381))).toContain("10001 rows");
});

test("what a day may cost is measured by a month's prices, over the value of the whole book", async () => {
  await openR();
  // The price fell by a ten-thousandth every five minutes of a day and a half, which ended a while ago.
  const fallen = Array.from({ length: 450 }, (_, i) => {
    const sqrtPriceX96 = BigInt(Math.round(Number(AT_2000.sqrtPriceX96) * 0.9999 ** ((i - 449) / 2)));
    return bucketBefore(1_700_004_000 + i * 300, sqrtPriceX96);
  });
  await db.database.insert(tables.poolBucket).values(fallen);
  const timestamp = 1_700_004_000 + 449 * 300;
  await db.database.insert(tables.block).values(block({ number: 5_000, timestamp }));
  const share = 1 - valueOfR(2000.0402896481 * 0.9999 ** 288) / valueOfR(2000.0402896481);
  // To second order (62,887 · 0.02839 + 223,609 / 2 · 0.02839²) / 100,743.
  expect(share).toBeCloseTo(0.0186, 4);
  expect(await breachesOf(`maxExpectedShortfall: ${share - 0.001}`)).toEqual([
    {
      ...{ limit: "EXPECTED_SHORTFALL", asOf: { number: 5_000 }, pool: null, position: null, token: null },
      ...{ value: expect.closeTo(share, 6), bound: share - 0.001 },
    },
  ]);
  expect(await breachesOf(`maxExpectedShortfall: ${share + 0.001}`)).toEqual([]);
  // Too little past for a month's figure.
  expect(await breachesOf("maxExpectedShortfall: 0.000001", ", asOf: {block: 100}")).toEqual([]);
});

/** By the closed form of metrics.md 3, whole token1. */
function valueOfR(price: number): number {
  return 10_000 * (2 * Math.sqrt(price) - price / Math.sqrt(2708.1132404783) - Math.sqrt(1675.7757117918));
}
