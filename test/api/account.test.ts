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
  WBTC_POOL,
} from "./accountWorld.ts";
import { ask, createTestApi } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { ALICE, address, block, POOL, WETH } from "./rows.ts";

const BOB = address("d2");

let db: TestDatabase;
let app: ReturnType<typeof createTestApi>;
beforeAll(async () => {
  db = await createAccountWorld();
});
beforeEach(() => {
  app = createTestApi(db.database, { chains: [CHAIN] });
});
afterEach(() => forget(db.database));
afterAll(() => db.close());

const BOOK = `value skew concentration openPositions unpriced {address}
  inventory {token {symbol} amount decimal value share netInventory}`;

async function accountOf(owner: string, fields: string, asOf = "") {
  const { data, errors } = await ask(app, `{account(chainId: 1, address: "${owner}"${asOf}) {${fields}}}`);
  expect(errors).toEqual([]);
  return data.account;
}

/** R at its entry, and 20,000 USDC in another range of the pool. */
async function openPair() {
  const r = new Story(
    db.database,
    { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 },
    20,
  );
  await r.deposit(10n ** 16n, AT_2000, 20);
  const cash = { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -201060 };
  await new Story(db.database, cash, 30).deposit(9337972079356593n, AT_2000, 30);
  return r;
}

/** 0.5 WBTC at 60,000 and 10,000 USDC. */
async function openThird() {
  const wbtc = { owner: ALICE, poolId: WBTC_POOL, tickLower: 64020, tickUpper: 64620 };
  await new Story(db.database, wbtc, 40).deposit(41540852326n, AT_60000, 40);
  const cash = { owner: ALICE, poolId: WBTC_POOL, tickLower: 63000, tickUpper: 63960 };
  await new Story(db.database, cash, 50).deposit(8716798795n, AT_60000, 50);
}

test("the worked example: two positions of a pool, then a third asset", async () => {
  await openPair();
  const pair = await accountOf(ALICE, BOOK);
  expect(pair.skew).toBeCloseTo(0.041671, 6);
  expect(pair.value).toBeCloseTo(120_742.876496, 5);
  await openThird();
  const all = await accountOf(ALICE, BOOK);
  expect(all.skew).toBeCloseTo(0.155724, 6);
  expect(all.concentration).toBeCloseTo(0.366092, 6);
  expect(all.value).toBeCloseTo(160_742.876496, 4);
  expect(all).toMatchObject({ openPositions: 4, unpriced: [] });
  expect(all.inventory).toMatchObject([
    { token: { symbol: "USDC" }, amount: "67855704094", decimal: "67855.704094", value: 67855.704094 },
    { token: { symbol: "WETH" }, amount: "31442952788347355011", decimal: "31.442952788347355011" },
    { token: { symbol: "WBTC" }, amount: "50000000", decimal: "0.5" },
  ]);
  const shares = all.inventory.map(({ share }: { share: number }) => share);
  expect(shares[0]).toBeCloseTo(67_855.704094 / 160_742.876496, 9);
  expect(shares[0] + shares[1] + shares[2]).toBeCloseTo(1, 12);
  // Each deposit was rounded up by one unit of what it paid.
  const net = all.inventory.map(({ netInventory }: { netInventory: string }) => netInventory);
  expect(net).toEqual(["-3", "-1", "-1"]);
});

test("is asked for in any letter case, and is null where nothing was provided", async () => {
  await openPair();
  const shouted = ALICE.toUpperCase().replace("0X", "0x");
  expect(await accountOf(shouted, "id chainId address asOf {number}")).toEqual({
    ...{ id: `1:${ALICE}`, chainId: 1, address: ALICE, asOf: { number: 100 } },
  });
  expect(await accountOf(BOB, "id")).toBeNull();
});

test("as of a block it is what it was then", async () => {
  const r = await openPair();
  await r.withdraw(10n ** 16n, AT_2000, 50);
  expect(await accountOf(ALICE, "id", ", asOf: {block: 19}")).toBeNull();
  const first = await accountOf(ALICE, `id asOf {number} ${BOOK}`, ", asOf: {block: 29}");
  expect(first).toMatchObject({ id: `1:${ALICE}@20`, asOf: { number: 20 }, openPositions: 1 });
  expect(first.value).toBeCloseTo(100_742.876496, 5);
  expect(await accountOf(ALICE, "openPositions", ", asOf: {block: 40}")).toEqual({ openPositions: 2 });
  const now = await accountOf(ALICE, BOOK);
  // What was withdrawn waits to be collected, and is still its own.
  expect(now.openPositions).toBe(1);
  expect(now.value).toBeCloseTo(120_742.876496, 5);
  const weth = now.inventory.find(({ token }: { token: { symbol: string } }) => token.symbol === "WETH");
  expect(weth).toMatchObject({ amount: "31442952788347355011", netInventory: "0" });
});

test("a position that was passed on is another's", async () => {
  const r = await openPair();
  await r.transfer(BOB, AT_2000, 40);
  const [alice, bob] = [await accountOf(ALICE, BOOK), await accountOf(BOB, BOOK)];
  expect([alice.openPositions, bob.openPositions]).toEqual([1, 1]);
  expect(alice.value).toBeCloseTo(20_000, 6);
  expect(bob.value).toBeCloseTo(100_742.876496, 5);
  expect(bob.skew).toBeCloseTo(0.248468866274, 9);
  expect((await accountOf(ALICE, BOOK, ", asOf: {block: 39}")).openPositions).toBe(2);
  expect(await accountOf(BOB, "id", ", asOf: {block: 39}")).toBeNull();
});

test("an account with nothing left is worth 0, without a skew", async () => {
  const r = new Story(
    db.database,
    { owner: ALICE, poolId: POOL, tickLower: -202080, tickUpper: -197280 },
    20,
  );
  await r.deposit(10n ** 16n, AT_2000, 20);
  await r.transfer(BOB, AT_2000, 40);
  expect(await accountOf(ALICE, BOOK)).toEqual({
    ...{ value: 0, skew: null, concentration: null, openPositions: 0, unpriced: [], inventory: [] },
  });
});

async function openDust() {
  const atOne = { sqrtPriceX96: 2n ** 96n, tick: 0 };
  const place = { owner: ALICE, poolId: DUST_POOL, tickLower: -60, tickUpper: 60 };
  await new Story(db.database, place, 40).deposit(10n ** 18n, atOne, 40);
}

test("a token without a price is listed and left out of every ratio", async () => {
  await openPair();
  const before = await accountOf(ALICE, "value skew");
  await openDust();
  const { inventory, ...book } = await accountOf(ALICE, BOOK);
  expect(book.unpriced).toEqual([{ address: DUST }]);
  // 0.002995354955910780 WETH came with the dust.
  expect(book.value).toBeCloseTo(before.value + 0.00299535495591078 * 2000.0402896481, 5);
  expect(inventory.at(-1)).toMatchObject({ token: { symbol: "DUST" }, value: null, share: null });
  expect(inventory.at(-1).amount).toBe("2995354955910780");
  expect(inventory[0].share + inventory[1].share).toBeCloseTo(1, 12);
});

test("where nothing that is held has a price there is no value", async () => {
  await openDust();
  const chain = { ...CHAIN, quoteMinDepth: 10 ** 12 };
  app = createTestApi(db.database, { chains: [chain] });
  const { value, skew, concentration, unpriced } = await accountOf(ALICE, BOOK);
  expect([value, skew, concentration]).toEqual([null, null, null]);
  expect(unpriced.map((found: { address: string }) => found.address).sort()).toEqual([WETH, DUST]);
});

test("a chain without a quote token has no values", async () => {
  await openPair();
  app = createTestApi(db.database, { chains: [{ ...CHAIN, quoteToken: null }] });
  const { value, skew, concentration, inventory } = await accountOf(ALICE, BOOK);
  expect([value, skew, concentration]).toEqual([null, null, null]);
  expect(inventory.map(({ share }: { share: number | null }) => share)).toEqual([null, null]);
});

test("in quarantine fees are unknown, and so is what they are part of", async () => {
  await openPair();
  await openThird();
  await quarantine(db.database, WBTC_POOL, 60);
  const { value, skew, concentration, inventory } = await accountOf(ALICE, BOOK);
  expect([value, skew, concentration]).toEqual([null, null, null]);
  const values = inventory.map(({ token, value: worth }: { token: { symbol: string }; value: number }) => [
    ...[token.symbol, worth === null],
  ]);
  expect(Object.fromEntries(values)).toEqual({ WETH: false, USDC: true, WBTC: true });
});

test("all chains are asked, each at the time", async () => {
  await openPair();
  await db.database.insert(tables.block).values(block({ chainId: 2, number: 7, timestamp: 1_700_000_700 }));
  const [own] = await db.database.select().from(tables.ownership);
  if (own === undefined) throw new Error("there is one");
  await db.database.insert(tables.ownership).values({ ...own, chainId: 2, fromBlock: 7 });
  const chains = [CHAIN, { ...CHAIN, id: 2, name: "other" }];
  app = createTestApi(db.database, { chains });
  const find = async (args: string) => {
    const { data, errors } = await ask(app, `{accountOnAllChains(address: "${ALICE}"${args}) {id}}`);
    return errors[0]?.extensions.code ?? data.accountOnAllChains.map(({ id }: { id: string }) => id);
  };
  expect(await find("")).toEqual([`1:${ALICE}`, `2:${ALICE}`]);
  expect(await find(", timestamp: 1700000699")).toEqual([`1:${ALICE}@20`]);
  expect(await find(", timestamp: 1700000500")).toEqual([]);
});

test("a chain that is not indexed is refused", async () => {
  const { errors } = await ask(app, `{account(chainId: 5, address: "${ALICE}") {id}}`);
  expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
});
