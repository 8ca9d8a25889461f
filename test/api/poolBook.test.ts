import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSnapshots, type Snapshot } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import {
  AT_2000,
  CHAIN,
  createAccountWorld,
  DUST_POOL,
  forget,
  type Price,
  quarantine,
  repeat,
  Story,
  setPrice,
} from "./accountWorld.ts";
import { ask, createTestApi, PATIENT } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ALICE, address, POOL } from "./rows.ts";

const BOB = address("d2");
const R = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 };

const atTick = (tick: number): Price => ({ sqrtPriceX96: getSqrtPriceAtTick(tick), tick });

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

async function accountOf(owner: string, fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{account(chainId: 1, address: "${owner}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.account;
}

/** The worked history of one position: two deposits and a withdrawal, then the pool at -199811. */
async function tellHistory(): Promise<Story> {
  const story = new Story(db.database, R, 20);
  await story.deposit(10n ** 16n, atTick(-200311), 20);
  await story.deposit(5n * 10n ** 15n, atTick(-199311), 30);
  await story.withdraw(9n * 10n ** 15n, atTick(-198811), 40);
  await setPrice(db.database, POOL, atTick(-199811));
  return story;
}

const PNL = "total realized unrealized priceEffect impermanentLoss fees";
const BOOK = `pools {pool {poolId} positions pnl {${PNL} roi apr}
  fees {earned {amount0 amount1} uncollected {amount0}} impermanentLoss {realizedRaw1 unrealizedRaw1 ratio}}`;

/** Of metrics 4.6, in whole token1. */
const WORKED = {
  ...{ total: 5761.312628, realized: 5086.391303, unrealized: 674.921325 },
  ...{ priceEffect: 7651.146277, impermanentLoss: -1889.833649, fees: 0 },
};

test("the worked profit and loss is that of the pool and of the whole book", async () => {
  await tellHistory();
  const { pnl, pools } = await accountOf(ALICE, `pnl {${PNL}} ${BOOK}`);
  expect(pools).toHaveLength(1);
  expect(pools[0]).toMatchObject({ pool: { poolId: POOL }, positions: 1, pnl: WORKED });
  expect(pools[0].impermanentLoss).toMatchObject({
    ...{ realizedRaw1: "-1717889797", unrealizedRaw1: "-171943852" },
  });
  expect(pools[0].impermanentLoss.ratio).toBeCloseTo(-0.00275638, 8);
  expect(pools[0].pnl.roi).toBeCloseTo(5761.312628 / 153_833.345317, 9);
  expect(pnl).toEqual(WORKED);
});

test("in the quote token then it is the same, where that is token1 itself", async () => {
  await tellHistory();
  const fields = "total realized priceEffect impermanentLoss"
    .split(" ")
    .map((name) => `${name}(in: QUOTE_THEN)`)
    .join(" ");
  const { pnl } = await accountOf(ALICE, `pnl {${fields}}`);
  expect(pnl.total).toBeCloseTo(WORKED.total, 6);
  expect(pnl.realized).toBeCloseTo(WORKED.realized, 6);
  expect(pnl.priceEffect).toBeCloseTo(WORKED.priceEffect, 6);
  expect(pnl.impermanentLoss).toBeCloseTo(WORKED.impermanentLoss, 6);
});

test("what is closed and paid keeps its figures, then as now", async () => {
  const story = await tellHistory();
  await story.withdraw(6n * 10n ** 15n, atTick(-199811), 50);
  const waiting = await accountOf(ALICE, `openPositions inventory {amount} pnl {${PNL}}`);
  expect(waiting.openPositions).toBe(0);
  expect(waiting.inventory.length).toBe(2);
  await story.collect(atTick(-199811), 60);
  const query = `inventory {amount} openPositions pnl {${PNL} quoted: total(in: QUOTE_THEN)} ${BOOK}`;
  const { pnl, pools, ...book } = await accountOf(ALICE, query);
  expect(book).toEqual({ inventory: [], openPositions: 0 });
  expect(pnl).toMatchObject({ total: 5761.312628, fees: 0, unrealized: 0 });
  expect(pnl.quoted).toBeCloseTo(5761.312628, 6);
  expect(pnl.impermanentLoss).toBeCloseTo(-1889.833649, 5);
  expect(pools[0]).toMatchObject({ positions: 1, fees: { earned: { amount0: "0", amount1: "0" } } });
  expect(pools[0].impermanentLoss.unrealizedRaw1).toBe("0");
  const before = await accountOf(ALICE, `openPositions pnl {${PNL}}`, ", asOf: {block: 49}");
  expect(before).toEqual({ openPositions: 1, pnl: WORKED });
});

test("what was passed on keeps its figures too", async () => {
  const story = await tellHistory();
  await story.transfer(BOB, atTick(-199811), 50);
  const alice = await accountOf(ALICE, `openPositions pnl {${PNL}} ${BOOK}`);
  expect(alice.openPositions).toBe(0);
  expect(alice.pnl.total).toBeCloseTo(5761.312628, 5);
  expect(alice.pnl.impermanentLoss).toBeCloseTo(-1889.833649, 5);
  const bob = await accountOf(BOB, `openPositions pnl {${PNL}}`);
  expect(bob.openPositions).toBe(1);
  // The deposit was rounded up by a unit of each token.
  expect(bob.pnl.total).toBeCloseTo(0, 5);
});

test("owners' losses stand apart where a transfer realises them, and their profits add up", async () => {
  const wide = { owner: ALICE, poolId: DUST_POOL, tickLower: -887220, tickUpper: 887220 };
  const story = new Story(db.database, wide, 20);
  await story.deposit(10n ** 18n, atTick(0), 20);
  const two = { sqrtPriceX96: 112045541949572279837463876454n, tick: 6931 };
  await story.transfer(BOB, two, 30);
  const figures = "pools {impermanentLoss {total} pnl {total}}";
  const of = async (owner: string) => (await accountOf(owner, figures)).pools[0];
  const [alice, bob] = [await of(ALICE), await of(BOB)];
  expect(alice.impermanentLoss.total).toBeCloseTo(-0.171573, 6);
  expect(bob.impermanentLoss.total).toBeCloseTo(-0.12132, 6);
  expect(alice.pnl.total).toBeCloseTo(0.828427, 6);
  expect(bob.pnl.total).toBeCloseTo(-0.828427, 6);
});

const INVENTORY = `pools {positions inventory {amounts {amount0 amount1} skew skewE18 rangePosition
  netInventory {amount0 amount1} skewVsEntry}}`;

test("amounts of a pool are summed before its skew, never skews averaged", async () => {
  await new Story(db.database, R, 20).deposit(10n ** 16n, AT_2000, 20);
  const alone = (await accountOf(ALICE, INVENTORY)).pools[0];
  expect(alone.inventory).toMatchObject({ skewE18: "248468866274055952" });
  expect(alone.inventory.rangePosition).not.toBeNull();
  const cash = { ...R, tickUpper: -201060 };
  await new Story(db.database, cash, 30).deposit(9337972079356593n, AT_2000, 30);
  const { positions, inventory } = (await accountOf(ALICE, INVENTORY)).pools[0];
  expect(positions).toBe(2);
  expect(inventory.skew).toBeCloseTo(0.041671, 6);
  expect(inventory).toMatchObject({
    amounts: { amount0: "31442952788347355011", amount1: "57855704094" },
    netInventory: { amount0: "-1", amount1: "-2" },
    rangePosition: null,
  });
  expect(inventory.skewVsEntry).toBeCloseTo(0, 9);
});

test("in quarantine what needs fees is null", async () => {
  await tellHistory();
  await quarantine(db.database, POOL, 60);
  const { pnl } = await accountOf(ALICE, `pnl {${PNL}}`);
  expect(pnl).toMatchObject({ total: null, realized: null, fees: null });
  expect(pnl.impermanentLoss).toBeCloseTo(-1889.833649, 6);
});

test("in quarantine a time that ended before keeps its figures, one that lasts has none though all is paid", async () => {
  const story = await tellHistory();
  await story.transfer(BOB, atTick(-199811), 50);
  await story.withdraw(6n * 10n ** 15n, atTick(-199811), 60);
  await story.collect(atTick(-199811), 70);
  await quarantine(db.database, POOL, 80);
  const alice = await accountOf(ALICE, "pnl {total} pools {fees {earned {amount0}}}");
  expect(alice.pnl.total).toBeCloseTo(5761.312628, 5);
  expect(alice.pools[0].fees.earned).toEqual({ amount0: "0" });
  const bob = await accountOf(BOB, "pnl {total impermanentLoss} pools {fees {earned {amount0}}}");
  expect(bob.pnl).toEqual({ total: null, impermanentLoss: expect.closeTo(0, 5) });
  expect(bob.pools[0].fees.earned).toBeNull();
});

test("a pool whose token1 has no price is left out of the book's profit, and named", async () => {
  await tellHistory();
  const narrow = { owner: ALICE, poolId: DUST_POOL, tickLower: -60, tickUpper: 60 };
  await new Story(db.database, narrow, 40).deposit(10n ** 18n, atTick(60), 40);
  app = createTestApi(db.database, { chains: [{ ...CHAIN, quoteMinDepth: 10 ** 12 }] });
  const { pnl, pools, leftOut } = await accountOf(ALICE, `pnl {total} leftOut {poolId} ${BOOK}`);
  expect(pnl.total).toBeCloseTo(5761.312628, 6);
  expect(leftOut).toEqual([{ poolId: DUST_POOL }]);
  expect(pools.map(({ pool }: { pool: { poolId: string } }) => pool.poolId)).toEqual([POOL, DUST_POOL]);
});

test.each(["TOKEN0", "TOKEN1"])("a book over pools has no figure in %s", async (numeraire) => {
  await tellHistory();
  const query = `{account(chainId: 1, address: "${ALICE}") {pnl {total(in: ${numeraire})}}}`;
  const { data, errors } = await ask(app, query);
  expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
  expect(data.account.pnl.total).toBeNull();
});

const EVERYTHING = `value skew concentration openPositions unpriced {address} inventory {value}
  pnl {${PNL}} ${BOOK}`;

test("an account of a thousand positions takes as many queries as one of one", async () => {
  await new Story(db.database, R, 20).deposit(10n ** 16n, AT_2000, 20);
  let reads = 0;
  const snapshots = createSnapshots(db.database, new Turns(1), PATIENT);
  const counting = (snapshot: Snapshot): Snapshot =>
    new Proxy(snapshot, {
      get(target, name) {
        if (name === "select" || name === "selectDistinct" || name === "execute") reads += 1;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  app = createTestApi(db.database, {
    chains: [CHAIN],
    snapshots: {
      read: (question) => snapshots.read((snapshot, isAwaited) => question(counting(snapshot), isAwaited)),
    },
  });
  const one = await accountOf(ALICE, EVERYTHING);
  const alone = reads;
  await repeat(db.database, 999);
  reads = 0;
  const thousand = await accountOf(ALICE, EVERYTHING);
  // The chain's quote prices are kept from the first.
  expect(reads).toBeLessThanOrEqual(alone);
  expect(thousand.openPositions).toBe(1000);
  expect(thousand.value).toBeCloseTo(1000 * one.value, 2);
  expect(thousand.skew).toBeCloseTo(one.skew, 12);
});

test("an account of more than 2,000 open positions is refused with what to do, its closed ones are not counted", async () => {
  const story = new Story(db.database, R, 20);
  await story.deposit(10n ** 16n, AT_2000, 20);
  await repeat(db.database, 2000);
  const { errors } = await ask(app, `{account(chainId: 1, address: "${ALICE}") {value}}`);
  expect(errors[0]?.extensions.code).toBe("TOO_COMPLEX");
  expect(errors[0]?.message).toContain("positions(where: {owner: ...})");
  await forget(db.database);
  const closed = new Story(db.database, R, 20);
  await closed.deposit(10n ** 16n, AT_2000, 20);
  await closed.withdraw(10n ** 16n, AT_2000, 30);
  await closed.collect(AT_2000, 40);
  await repeat(db.database, 2000);
  const query = `openPositions pnl {total quoted: total(in: QUOTE_THEN)} pools {positions}`;
  expect(await accountOf(ALICE, query)).toEqual({
    // Each lost a raw unit of either token: 0.000000 and some USDC.
    ...{ openPositions: 0, pnl: { total: -0.002001, quoted: null }, pools: [{ positions: 2001 }] },
  });
});
