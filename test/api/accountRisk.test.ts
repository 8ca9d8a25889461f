import { inArray } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import {
  AT_2000,
  AT_60000,
  CHAIN,
  createAccountWorld,
  DUST_POOL,
  forget,
  quarantine,
  repeat,
  Story,
  timeOf,
  WBTC,
  WBTC_POOL,
} from "./accountWorld.ts";
import { ask, createTestApi, logged } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { bucketBefore } from "./eventRows.ts";
import { NATIVE } from "./protocolRows.ts";
import { insertQuotedPool } from "./quoteWorld.ts";
import { ALICE, address, block, POOL, USDC, WETH } from "./rows.ts";

const CROSS_POOL = address("b7");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
beforeAll(async () => {
  db = await createAccountWorld();
  await insertQuotedPool(db.database, {
    ...{ poolId: CROSS_POOL, token0: WBTC, token1: WETH },
    moments: [{ blockNumber: 10, tick: 264_282, liquidity: 10n ** 9n }],
  });
});
beforeEach(() => {
  app = createTestApi(db.database, { chains: [CHAIN] });
});
afterEach(async () => {
  await forget(db.database);
  await db.database.delete(tables.poolBucket);
});
afterAll(() => db.close());

async function accountOf(fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{account(chainId: 1, address: "${ALICE}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.account;
}

type Valued = { token: { address: string }; value: number };

function valueIn(inventory: Valued[], address: string): number {
  return inventory.find(({ token }) => token.address === address)?.value ?? Number.NaN;
}

async function openR() {
  const place = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };
  const story = new Story(db.database, place, 20);
  await story.deposit(10n ** 16n, AT_2000, 20);
  return story;
}

/** All WETH, and all WBTC: below their ranges. */
async function openWeth() {
  const place = { owner: ALICE, poolId: POOL, tickLower: -199980, tickUpper: -198000 };
  await new Story(db.database, place, 30).deposit(10n ** 16n, AT_2000, 30);
}
async function openWbtc() {
  const place = { owner: ALICE, poolId: WBTC_POOL, tickLower: 64620, tickUpper: 66600 };
  await new Story(db.database, place, 40).deposit(165n * 10n ** 8n, AT_60000, 40);
}

describe("a scenario of one token", () => {
  test("the worked example R: a tenth off WETH, and three tenths on it", async () => {
    await openR();
    const { value, scenario } = await accountOf(
      `value scenario(token: "${WETH}", shocks: [-0.3, -0.1, 0, 0.1, 0.3, 5e-324]) {shock value pnl}`,
    );
    const shocks = scenario.map(({ shock }: { shock: number }) => shock);
    expect(shocks).toEqual([-0.3, -0.1, 0, 0.1, 0.3, 5e-324]);
    // The quote price of WETH is its pool's tick, a little off R's price: principal is R's, marked at 2000.0402896481.
    const pnl = scenario.map((point: { pnl: number }) => point.pnl);
    expect(pnl[0]).toBeCloseTo(-27772.374, 3);
    expect(pnl[1]).toBeCloseTo(-7466.4231, 3);
    expect(pnl[2]).toBe(0);
    expect(pnl[3]).toBeCloseTo(5223.3079, 3);
    expect(pnl[4]).toBeCloseTo(10078.6963, 3);
    // Its denominator is more than a double holds.
    expect(pnl[5]).toBe(0);
    expect(scenario[2].value).toBeCloseTo(value, 9);
    expect(scenario[1].value - scenario[2].value).toBeCloseTo(pnl[1], 9);
  });

  test("where it is token1 the pool's price goes the other way", async () => {
    // All prices, so of each token as much by value.
    const price = { sqrtPriceX96: 43_430_000_000_000_000_000_000_000_000_000_000n, tick: 264_282 };
    const { data } = await ask(app, `{pool(chainId: 1, poolId: "${CROSS_POOL}") {sqrtPriceX96}}`);
    const place = { owner: ALICE, poolId: CROSS_POOL, tickLower: -887220, tickUpper: 887220 };
    const at = { ...price, sqrtPriceX96: BigInt(data.pool.sqrtPriceX96) };
    await new Story(db.database, place, 40).deposit(10n ** 14n, at, 40);
    const { inventory, scenario } = await accountOf(
      `inventory {token {address} value} scenario(token: "${WETH}", shocks: [0.21]) {pnl}`,
    );
    // WETH is worth 1.21 of it and WBTC the same: a position over all prices holds 1 / 1.1 of the WETH, 1.1 of the WBTC.
    const expected = valueIn(inventory, WETH) * (1.21 / 1.1 - 1) + valueIn(inventory, WBTC) * (1.1 - 1);
    // A raw unit of WBTC is 5 billionths of what is held.
    expect(scenario[0].pnl / expected).toBeCloseTo(1, 6);
  });

  test("what is owed stays what it is", async () => {
    const r = await openR();
    await r.withdraw(10n ** 16n, AT_2000, 50);
    const { scenario } = await accountOf(`scenario(token: "${WETH}", shocks: [-0.1]) {pnl}`);
    // 31.442952788347355011 WETH wait, and lose a tenth each.
    expect(scenario[0].pnl).toBeCloseTo(-0.1 * 31.442952788347355 * 2000.0402896481, 5);
  });

  test("a token that is not in the book moves nothing; of another pool it moves its own alone", async () => {
    await openR();
    const other = await accountOf(`scenario(token: "${WBTC}", shocks: [-0.5]) {pnl}`);
    expect(other.scenario).toEqual([{ pnl: 0 }]);
    const nobody = await accountOf(`scenario(token: "${address("77")}", shocks: [-0.5, 1]) {pnl}`);
    expect(nobody.scenario).toEqual([{ pnl: 0 }, { pnl: 0 }]);
    await openWbtc();
    const both = await accountOf(
      `weth: scenario(token: "${WETH}", shocks: [-0.1]) {pnl} wbtc: scenario(token: "${WBTC}", shocks: [-0.1]) {pnl}
       inventory {token {address} value}`,
    );
    expect(both.weth[0].pnl).toBeCloseTo(-7466.4231, 3);
    const wbtc = both.inventory.find((item: { token: { address: string } }) => item.token.address === WBTC);
    // Below its range all the way: all WBTC.
    expect(both.wbtc[0].pnl).toBeCloseTo(-0.1 * wbtc.value, 4);
  });

  test("native currency moves with its wrapped token", async () => {
    await openR();
    app = createTestApi(db.database, { chains: [{ ...CHAIN, wrappedNative: WETH }] });
    const { scenario } = await accountOf(`scenario(token: "${NATIVE}", shocks: [-0.1]) {pnl}`);
    expect(scenario[0].pnl).toBeCloseTo(-7466.4231, 3);
  });

  test("in a pool with a token without price the other one counts", async () => {
    const atOne = { sqrtPriceX96: 2n ** 96n, tick: 0 };
    const place = { owner: ALICE, poolId: DUST_POOL, tickLower: -887220, tickUpper: 887220 };
    await new Story(db.database, place, 40).deposit(10n ** 18n, atOne, 40);
    const { value, scenario } = await accountOf(`value scenario(token: "${WETH}", shocks: [0.21]) {pnl}`);
    // The pool's WETH falls to 1 / 1.1, each worth 1.21.
    expect(scenario[0].pnl).toBeCloseTo(value * 0.1, 6);
  });

  test("as of a block: of what was held then", async () => {
    await openR();
    await openWeth();
    const { scenario } = await accountOf(
      `scenario(token: "${WETH}", shocks: [-0.1]) {pnl}`,
      ", asOf: {block: 20}",
    );
    expect(scenario[0].pnl).toBeCloseTo(-7466.4231, 3);
  });

  test("null where the account's value is", async () => {
    await openR();
    await quarantine(db.database, POOL, 60);
    const fields = `value scenario(token: "${WETH}", shocks: [-0.1]) {shock value pnl} capitalAtRisk {valueAtRisk}`;
    const unknown = { value: null, scenario: [{ shock: -0.1, value: null, pnl: null }], capitalAtRisk: null };
    expect(await accountOf(fields)).toEqual(unknown);
    await quarantineNot();
    app = createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: null }] });
    expect(await accountOf(fields)).toEqual(unknown);
  });

  test.each([
    [
      USDC,
      "[0.1]",
      `${USDC} is what values are quoted in, so its own price is always 1: name one of the other tokens.`,
    ],
    [WETH, "[-1]", "A shock is -1: it must be above -1 and at most 1000000; -0.2 is a price 20 % lower."],
  ])("of %s by %s is refused", async (token, shocks, message) => {
    await openR();
    const { errors } = await ask(
      app,
      `{account(chainId: 1, address: "${ALICE}") {scenario(token: "${token}", shocks: ${shocks}) {pnl}}}`,
    );
    expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([["BAD_INPUT", message]]);
  });

  test("more positions than are marked so often are too many", async () => {
    await openR();
    await repeat(db.database, 1_000);
    const shocks = Array(50).fill("0.1").join();
    const { errors } = await ask(
      app,
      `{account(chainId: 1, address: "${ALICE}") {scenario(token: "${WETH}", shocks: [${shocks}]) {pnl}}}`,
    );
    expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([
      ["TOO_COMPLEX", "The account has 1001 positions: ask for 49 shocks at most."],
    ]);
  });
});

test("points of a history of a thousand positions are 24 at most", async () => {
  await openR();
  await repeat(db.database, 1_000);
  // Two a minute: as of every second one a minute ends.
  const numbers = Array.from({ length: 49 }, (_, i) => 51 + i);
  await db.database
    .insert(tables.block)
    .values(numbers.map((number) => block({ number, timestamp: timeOf(number) })));
  const askFrom = (number: number) =>
    ask(
      app,
      `{account(chainId: 1, address: "${ALICE}") {history(interval: MINUTE, from: ${timeOf(number)}) {block {number}}}}`,
    );
  const { data } = await askFrom(60);
  const { errors } = await askFrom(50);
  await db.database.delete(tables.block).where(inArray(tables.block.number, numbers));
  expect(data.account.history).toHaveLength(21);
  expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([
    [
      "TOO_COMPLEX",
      "The account's 1001 positions at 26 points are more than 25000 together: ask for 24 points at most, by from and to or by a longer interval.",
    ],
  ]);
});

async function quarantineNot() {
  await db.database.update(tables.pool).set({ quarantinedBlock: null });
}

/** The last mark up to the head. */
const LAST = Math.floor(timeOf(100) / 300) * 300;

/** Marks up to the last one, the newest first: the root of a pool's price, of so many marks. */
async function past(poolId: `0x${string}`, count: number, rootAt: (ago: number) => bigint) {
  await db.database
    .insert(tables.poolBucket)
    .values(
      Array.from({ length: count }, (_, ago) => bucketBefore(LAST - 300 * ago, rootAt(ago), { poolId })),
    );
}

describe("capital at risk", () => {
  const RISK = "valueAtRisk expectedShortfall";
  const FIVE_MINUTES = "horizonDays: 0.0035";
  const weth = AT_2000.sqrtPriceX96;
  const wbtc = AT_60000.sqrtPriceX96;

  test("of two pools that hedge each other is far less than of both apart", async () => {
    await openWeth();
    await openWbtc();
    // Each five minutes the one's root goes up by a two-hundredth and the other's down by one, or back.
    await past(POOL, 200, (ago) => (ago % 2 === 0 ? weth : (weth * 201n) / 200n));
    await past(WBTC_POOL, 200, (ago) => (ago % 2 === 0 ? wbtc : (wbtc * 200n) / 201n));
    const found = await accountOf(
      `inventory {token {address} value} capitalAtRisk(${FIVE_MINUTES}) {${RISK} impermanentLossAtRisk valueAtLower
         valueAtUpper confidence horizonDays method}
       positions {items {tickLower capitalAtRisk(model: HISTORICAL, ${FIVE_MINUTES}) {valueAtRisk}}}`,
    );
    const up = (201 / 200) ** 2;
    const [ofWeth, ofWbtc] = [valueIn(found.inventory, WETH), valueIn(found.inventory, WBTC)];
    const losses = [ofWeth * (1 - up) + ofWbtc * (1 - 1 / up), ofWeth * (1 - 1 / up) + ofWbtc * (1 - up)];
    const worst = Math.max(...losses);
    // Half of the moves are the worse one: it is the quantile, and the mean beyond.
    expect(found.capitalAtRisk).toEqual({
      ...{ valueAtRisk: expect.closeTo(worst, 5), expectedShortfall: expect.closeTo(worst, 5) },
      ...{ impermanentLossAtRisk: null, valueAtLower: null, valueAtUpper: null },
      ...{ confidence: 0.95, horizonDays: 0.0035, method: "ESTIMATE" },
    });
    const apart = found.positions.items.map(
      (item: { capitalAtRisk: { valueAtRisk: number } }) => item.capitalAtRisk.valueAtRisk,
    );
    expect(apart).toHaveLength(2);
    expect(Math.min(...apart)).toBeGreaterThan(10);
    expect(found.capitalAtRisk.valueAtRisk).toBeLessThan(0.2 * (apart[0] + apart[1]));
  });

  test("of one position at its pool's price is that position's, fees and what waits at the quote price", async () => {
    await openR();
    await past(POOL, 200, (ago) => (weth * BigInt(1_000 + ((ago * 37) % 101))) / 1_000n);
    const query = `capitalAtRisk(${FIVE_MINUTES}) {${RISK}} positions {items {capitalAtRisk(model: HISTORICAL, ${FIVE_MINUTES}) {${RISK}}}}`;
    const { capitalAtRisk, positions } = await accountOf(query);
    const own = positions.items[0].capitalAtRisk;
    expect(own.valueAtRisk).toBeGreaterThan(100);
    // The quote price of WETH is its pool's here.
    expect(capitalAtRisk.valueAtRisk / own.valueAtRisk).toBeCloseTo(1, 9);
    expect(capitalAtRisk.expectedShortfall / own.expectedShortfall).toBeCloseTo(1, 9);
  });

  test("takes what a move was over the horizon, and a hundred of them", async () => {
    await openWeth();
    // A fall of the root by a thousandth of it each mark.
    await past(POOL, 110, (ago) => (weth * BigInt(1_000 + ago)) / 1_000n);
    const { value, ten, eleven } = await accountOf(
      "value ten: capitalAtRisk(confidence: 0.5, horizonDays: 0.0347) {valueAtRisk} eleven: capitalAtRisk(horizonDays: 0.0382) {valueAtRisk}",
    );
    // Of a hundred moves over ten marks the 50th least, the newest being the greatest: from 1060 to 1050.
    expect(ten.valueAtRisk / value).toBeCloseTo(1 - (1050 / 1060) ** 2, 9);
    expect(eleven).toBeNull();
  });

  test("a pool of the book that is younger moved as its tokens did", async () => {
    await past(POOL, 200, (ago) => (ago % 2 === 0 ? weth : (weth * 201n) / 200n));
    await past(WBTC_POOL, 200, () => wbtc);
    const { data } = await ask(app, `{pool(chainId: 1, poolId: "${CROSS_POOL}") {sqrtPriceX96}}`);
    const at = { sqrtPriceX96: BigInt(data.pool.sqrtPriceX96), tick: 264_282 };
    await past(CROSS_POOL, 1, () => at.sqrtPriceX96);
    const place = { owner: ALICE, poolId: CROSS_POOL, tickLower: -887220, tickUpper: 887220 };
    await new Story(db.database, place, 40).deposit(10n ** 14n, at, 40);
    const { inventory, capitalAtRisk } = await accountOf(
      `inventory {token {address} value} capitalAtRisk(${FIVE_MINUTES}) {valueAtRisk}`,
    );
    // WBTC stands still. Where WETH falls by (200 / 201)², the pool holds 201 / 200 of its WETH and the inverse of its WBTC.
    const all = valueIn(inventory, WETH) + valueIn(inventory, WBTC);
    expect(capitalAtRisk.valueAtRisk / all).toBeCloseTo(1 - 200 / 201, 7);
  });

  test("null without a past, 0 with nothing held", async () => {
    const r = await openR();
    expect(await accountOf(`capitalAtRisk {${RISK}}`)).toEqual({ capitalAtRisk: null });
    await past(POOL, 200, (ago) => weth + BigInt(ago));
    await r.transfer(address("d2"), AT_2000, 50);
    expect(await accountOf(`value capitalAtRisk {${RISK}}`)).toEqual({
      value: 0,
      capitalAtRisk: { valueAtRisk: 0, expectedShortfall: 0 },
    });
  });

  test("as of a block: by the prices and positions up to then", async () => {
    await openR();
    await openWeth();
    await past(POOL, 200, (ago) => (weth * BigInt(1_000 + ((ago * 37) % 101))) / 1_000n);
    const then = await accountOf(`capitalAtRisk(${FIVE_MINUTES}) {${RISK}}`, ", asOf: {block: 20}");
    const { data } = await ask(
      app,
      `{position(id: "1:${POOL}:${ALICE}:-202080:-197280@20") {capitalAtRisk(model: HISTORICAL, ${FIVE_MINUTES}) {${RISK}}}}`,
    );
    const own = data.position.capitalAtRisk;
    expect(then.capitalAtRisk.valueAtRisk / own.valueAtRisk).toBeCloseTo(1, 9);
    expect(then.capitalAtRisk.expectedShortfall / own.expectedShortfall).toBeCloseTo(1, 9);
    const now = await accountOf(`capitalAtRisk(${FIVE_MINUTES}) {valueAtRisk}`);
    expect(now.capitalAtRisk.valueAtRisk).toBeGreaterThan(1.1 * own.valueAtRisk);
  });

  test("more positions at more moments than are simulated are too many", async () => {
    await openR();
    await repeat(db.database, 1_900);
    const [far, last] = [LAST - 300 * 11_999, LAST];
    await db.database.insert(tables.poolBucket).values([far, last].map((mark) => bucketBefore(mark, weth)));
    const { errors } = await ask(
      app,
      `{account(chainId: 1, address: "${ALICE}") {capitalAtRisk(window: ALL) {valueAtRisk}}}`,
    );
    expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([
      [
        "TOO_COMPLEX",
        "The account's 1901 positions at 12000 moments are more than 20000000 together: ask for a shorter window, or for capitalAtRisk of positions.",
      ],
    ]);
  });

  test("is a limit of the book: the mean beyond a day's quantile as a share of its value", async () => {
    await openWeth();
    // Two days and more of marks; the last mark is a tenth of the root below all of the day before it.
    await past(POOL, 700, (ago) => (ago === 0 ? (weth * 9n) / 10n : weth));
    const breaches = (bound: number) =>
      accountOf(
        `value capitalAtRisk {${RISK}} limitBreaches(limits: {maxExpectedShortfall: ${bound}}) {limit value bound}`,
      );
    const { value, capitalAtRisk, limitBreaches } = await breaches(0.009);
    // One of 412 moves over 288 marks lost 0.19: its part of the 20.6 beyond is the mean.
    expect(capitalAtRisk.valueAtRisk).toBe(0);
    expect(capitalAtRisk.expectedShortfall / value).toBeCloseTo(0.19 / 20.6, 9);
    expect(limitBreaches).toEqual([
      { limit: "EXPECTED_SHORTFALL", value: capitalAtRisk.expectedShortfall / value, bound: 0.009 },
    ]);
    expect((await breaches(0.01)).limitBreaches).toEqual([]);
  });

  test("refuses what is no confidence, and counts as 1,000 rows", async () => {
    const of = (args: string, more = "") =>
      ask(app, `{account(chainId: 1, address: "${ALICE}") {capitalAtRisk(${args}) {valueAtRisk}} ${more}}`);
    await openR();
    expect((await of("confidence: 1")).errors[0]?.message).toContain("confidence is 1");
    expect((await of("horizonDays: 0")).errors[0]?.message).toContain("horizonDays is 0");
    const list = (first: number) => `positions(first: ${first}) {items {id}}`;
    expect((await of("horizonDays: 1", list(8_401))).errors[0]?.message).toContain("up to 10001 rows");
    expect((await of("horizonDays: 1", list(8_400))).errors[0]?.message).not.toContain("rows");
    const limits = (bounds: string, more: string) =>
      ask(
        app,
        `{account(chainId: 1, address: "${ALICE}") {limitBreaches(limits: {${bounds}}) {value} ${more}}}`,
      );
    const simulated = await limits("maxExpectedShortfall: 0.1", list(8_381));
    expect(simulated.errors[0]?.message).toContain("up to 10001 rows");
    const given = `query ($l: RiskLimits!) {account(chainId: 1, address: "${ALICE}") {limitBreaches(limits: $l) {value} ${list(8_381)}}}`;
    const rowsOf = async (l: object) => (await ask(app, given, { l })).errors[0]?.message;
    expect(await rowsOf({ maxExpectedShortfall: 0.1 })).toContain("up to 10001 rows");
    expect(await rowsOf({ maxSkew: 0.1 })).not.toContain("rows");
    expect((await limits("maxSkew: 0.1", list(9_381))).errors[0]?.message).toContain("up to 10001 rows");
  });
});

test("a wrong argument is the only error, whatever else is still being read when it ends the answer", async () => {
  await openR();
  logged.length = 0;
  for (const others of [
    "value",
    "value pnl {total} history {value}",
    "exposure {lvrRate} inventory {value}",
  ]) {
    const bad = `${others} scenario(token: "${WETH}", shocks: [-1]) {value}`;
    const { status, errors } = await ask(app, `{account(chainId: 1, address: "${ALICE}") {${bad}}}`);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("A shock is -1")]);
    expect([status, logged]).toEqual([400, []]);
  }
});

test("what was still to be read when a wrong argument ended the answer is not asked any more", async () => {
  await openR();
  const late: PropertyKey[] = [];
  const watching = createTestApi(db.database, {
    chains: [CHAIN],
    snapshots: {
      read: async (question) => {
        let closed = false;
        const answer = await question(
          new Proxy(db.database, {
            get(target, key) {
              if (closed) late.push(key);
              const value = Reflect.get(target, key);
              return typeof value === "function" ? value.bind(target) : value;
            },
          }),
          () => true,
        );
        closed = true;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return answer;
      },
    },
  });
  const bad = `value pnl {total} scenario(token: "${WETH}", shocks: [-1]) {value}`;
  const { errors } = await ask(watching, `{account(chainId: 1, address: "${ALICE}") {${bad}}}`);
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("A shock is -1")]);
  expect(late).toEqual([]);
});
