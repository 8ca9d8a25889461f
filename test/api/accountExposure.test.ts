import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
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
  timeOf,
  WBTC_POOL,
} from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { bucketBefore } from "./eventRows.ts";
import { ALICE, address, block, POOL, pool, poolSnapshot, WETH } from "./rows.ts";

const BOB = address("d2");
const PRICE = 2000.0402896481;
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };
const AT_1 = { sqrtPriceX96: 2n ** 96n, tick: 0 };
const AT_2442 = { sqrtPriceX96: 3915851671308254420761618n, tick: -198311 };

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;

/** Two hours and more in which each pool's price went up by a thousandth and back every five minutes. */
beforeAll(async () => {
  db = await createAccountWorld();
  await db.database.insert(tables.block).values(block({ number: 350, timestamp: timeOf(350) }));
  const prices = [
    [POOL, AT_2000.sqrtPriceX96],
    [WBTC_POOL, AT_60000.sqrtPriceX96],
    [DUST_POOL, AT_1.sqrtPriceX96],
  ] as const;
  for (const [poolId, price] of prices) {
    const marks = Array.from({ length: 30 }, (_, i) =>
      bucketBefore(timeOf(20) + i * 300, i % 2 === 0 ? price : price + price / 2_000n, { poolId }),
    );
    await db.database.insert(tables.poolBucket).values(marks);
  }
});
beforeEach(() => {
  app = createTestApi(db.database, { chains: [CHAIN] });
});
afterEach(() => forget(db.database));
afterAll(() => db.close());

const TOKENS =
  "tokens {token {symbol} deltaRaw deltaValue hedgeRaw hedgeValue hedgeToHoldRaw hedgeToHoldValue}";
const RATES = "lvrRate(window: DAY) theta(window: DAY) vega(window: DAY) dollarGamma1Percent";

async function exposureOf(fields: string, asOf = "", owner: string = ALICE) {
  const { data, errors } = await ask(
    app,
    `{account(chainId: 1, address: "${owner}"${asOf}) {exposure {${fields}}}
      pool(chainId: 1, poolId: "${POOL}"${asOf}) {realizedVolatility(window: DAY)}}`,
  );
  expect(errors).toEqual([]);
  return { ...data.account.exposure, volatility: data.pool.realizedVolatility };
}

async function openR(): Promise<Story> {
  const r = new Story(db.database, R, 20);
  await r.deposit(10n ** 16n, AT_2000, 20);
  return r;
}

async function openOthers(): Promise<void> {
  // Half a WBTC under its range, and WETH with a token that has no price, 1 for 1.
  const wbtc = { owner: ALICE, poolId: WBTC_POOL, tickLower: 64020, tickUpper: 64620 };
  await new Story(db.database, wbtc, 40).deposit(41540852326n, AT_60000, 40);
  const dust = { owner: ALICE, poolId: DUST_POOL, tickLower: -60, tickUpper: 60 };
  await new Story(db.database, dust, 40).deposit(10n ** 18n, AT_1, 40);
}

test("tokens are netted over pools: what is held is what is to be sold", async () => {
  await openR();
  await openOthers();
  const { tokens } = await exposureOf(TOKENS);
  const of = (symbol: string) =>
    tokens.find(({ token }: { token: { symbol: string } }) => token.symbol === symbol);
  // R's, and 2995354955910780 beside the dust; a unit each is lost to rounding.
  const weth = (31442952788347355011n + 2995354955910780n).toString();
  expect(of("WETH")).toEqual({
    ...{ token: { symbol: "WETH" }, deltaRaw: weth, hedgeRaw: `-${weth}`, hedgeToHoldRaw: "2" },
    ...{ deltaValue: expect.closeTo(62_893.163233, 5), hedgeValue: expect.closeTo(-62_893.163233, 5) },
    hedgeToHoldValue: expect.closeTo(2e-18 * PRICE, 20),
  });
  expect(of("DUST")).toEqual({
    ...{ token: { symbol: "DUST" }, deltaRaw: "2995354955910780", hedgeRaw: "-2995354955910780" },
    ...{ hedgeToHoldRaw: "1", deltaValue: null, hedgeValue: null, hedgeToHoldValue: null },
  });
});

test("after a move what holding would have is to be bought back", async () => {
  await openR();
  await setPrice(db.database, POOL, AT_2442);
  const { tokens } = await exposureOf(TOKENS);
  const found = await exposureOf(TOKENS, ", asOf: {block: 60}");
  await setPrice(db.database, POOL, AT_2000);
  expect(found.tokens).toEqual(tokens);
  const [usdc, weth] = tokens;
  expect([usdc.token.symbol, weth.token.symbol]).toEqual(["USDC", "WETH"]);
  expect(Number(weth.hedgeToHoldRaw) / 1e18).toBeCloseTo(21.277774327, 9);
  expect(Number(usdc.hedgeToHoldRaw) / 1e6).toBeCloseTo(-47_031.867064, 5);
  expect(usdc.hedgeToHoldValue).toBeCloseTo(-47_031.867064, 5);
});

test("rates add up over pools, each at the quote price of its token1", async () => {
  await openR();
  await openOthers();
  const { volatility, ...found } = await exposureOf(RATES);
  // Returns of a thousandth, less the first, of the 30 five minutes since.
  expect(volatility).toBeGreaterThan(0.3);
  const scale = 10_000 * Math.sqrt(PRICE) + PRICE;
  expect(found.lvrRate).toBeCloseTo((scale * volatility ** 2) / 4 / 365, 6);
  expect(found.vega).toBeCloseTo(-(scale * volatility) / 2 / 365 / 100, 6);
  // R's -2236.0905, nothing out of range, and half a hundredth of a WETH.
  expect(found.dollarGamma1Percent).toBeCloseTo(-2_236.0905 - 0.005 * PRICE, 3);
  // Nothing was earned.
  expect(found.theta).toBeCloseTo(-found.lvrRate, 6);
});

test("a part that is not known leaves the sum unknown, and so does a chain without prices", async () => {
  await openR();
  await openOthers();
  await quarantine(db.database, DUST_POOL, 60);
  const { lvrRate, theta, dollarGamma1Percent } = await exposureOf(RATES);
  expect([lvrRate === null, theta, dollarGamma1Percent === null]).toEqual([false, null, false]);
  const { tokens } = await exposureOf(TOKENS);
  const weth = tokens.find(({ token }: { token: { symbol: string } }) => token.symbol === "WETH");
  expect([weth.deltaValue, weth.hedgeValue, weth.hedgeToHoldValue === null]).toEqual([null, null, false]);
  app = createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: null }] });
  expect(await exposureOf(RATES)).toMatchObject({
    ...{ lvrRate: null, theta: null, vega: null, dollarGamma1Percent: null },
  });
});

test("a pool whose token1 has no price is left out, not everything with it", async () => {
  await openR();
  const { volatility, ...before } = await exposureOf(RATES);
  const gift = { poolId: address("b7"), token0: WETH, token1: DUST, ...AT_1, liquidity: 10n ** 18n };
  await db.database.insert(tables.pool).values(pool(gift));
  await db.database.insert(tables.poolSnapshot).values(poolSnapshot({ ...gift, blockNumber: 10 }));
  const place = { owner: ALICE, poolId: gift.poolId, tickLower: -60, tickUpper: 60 };
  await new Story(db.database, place, 40).deposit(10n ** 18n, AT_1, 40);
  expect(await exposureOf(RATES)).toEqual({ ...before, volatility });
  expect(before.lvrRate).toBeGreaterThan(0);
});

test("before any volatility is known what rests on it is not", async () => {
  await openR();
  expect(await exposureOf(RATES, ", asOf: {block: 60}")).toEqual({
    ...{ lvrRate: null, theta: null, vega: null, volatility: null },
    dollarGamma1Percent: expect.closeTo(-2_236.0905, 3),
  });
});

test("an account with nothing left loses nothing and earns nothing", async () => {
  const r = await openR();
  await r.transfer(BOB, AT_2000, 40);
  expect(await exposureOf(`${RATES} ${TOKENS}`)).toMatchObject({
    ...{ lvrRate: 0, theta: null, vega: 0, dollarGamma1Percent: 0, tokens: [] },
  });
  expect((await exposureOf(RATES, "", BOB)).lvrRate).toBeGreaterThan(0);
});

test("a rate of a whole book counts as 1,000 rows, through fragments too", async () => {
  const lists = (fields: string, first: number, fragment = "") =>
    `{account(chainId: 1, address: "${ALICE}") {${fields}} positions(first: ${first}) {items {id}}} ${fragment}`;
  const message = async (query: string) => (await ask(app, query)).errors[0]?.message;
  // With 100 for the book and 500 for prices.
  expect(await message(lists("exposure {lvrRate}", 8_401))).toContain("10001 rows");
  const spread = "fragment E on Account {exposure {lvrRate}}";
  expect(await message(lists("...E", 8_401, spread))).toContain("10001 rows");
  expect(await message(lists("exposure {dollarGamma1Percent}", 9_401))).toContain("10001 rows");
});
