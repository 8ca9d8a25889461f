import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import { createSnapshots, type Snapshot } from "../../src/api/snapshot.ts";
import { Turns } from "../../src/api/turns.ts";
import { ask, createTestApi, PATIENT } from "./client.ts";
import { createPglite, type TestDatabase } from "./database.ts";
import { insertQuotedPool } from "./quoteWorld.ts";
import { address, block, token, USDC, WETH } from "./rows.ts";

const [CAT, LONE] = [address("ca"), address("10")];
const [WETH_USDC, CAT_WETH] = [address("b1"), address("b2")];
const CHAINS = [{ id: 1, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000 }];
const START = { blockNumber: 10, tick: -198311, liquidity: 200_000n * 10n ** 12n };
const DOUBLED = { ...START, blockNumber: 30, tick: -191379 };

let db: TestDatabase;
let app: Hono;
let reads = 0;

/** WETH at 2442.83 from block 10 and at twice that from block 30, an hour a block; CAT at 0.001 WETH. */
beforeAll(async () => {
  db = await createPglite();
  const { database } = db;
  const blocks = [10, 20, 30, 31].map((number) =>
    block({ number, timestamp: 1_700_000_000 + number * 3_600 }),
  );
  await database.insert(tables.block).values(blocks);
  await database
    .insert(tables.token)
    .values([
      token(),
      token({ address: USDC, symbol: "USDC", decimals: 6 }),
      token({ address: CAT, symbol: "CAT" }),
      token({ address: LONE }),
    ]);
  const catPool = { blockNumber: 10, tick: -69082, liquidity: 20_000n * 10n ** 18n };
  await insertQuotedPool(database, {
    poolId: WETH_USDC,
    token0: WETH,
    token1: USDC,
    moments: [START, DOUBLED],
  });
  await insertQuotedPool(database, { poolId: CAT_WETH, token0: CAT, token1: WETH, moments: [catPool] });
});

/** An app of its own: what it has searched for once it remembers. */
beforeEach(() => {
  const { database } = db;
  const snapshots = createSnapshots(database, new Turns(1), PATIENT);
  app = createTestApi(database, {
    chains: CHAINS,
    snapshots: {
      read: (question) => snapshots.read((snapshot, isAwaited) => question(counting(snapshot), isAwaited)),
    },
  });
});

afterAll(() => db.close());

function counting(snapshot: Snapshot): Snapshot {
  return new Proxy(snapshot, {
    get(target, name) {
      if (name === "select" || name === "selectDistinct" || name === "execute") reads += 1;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function dataOf(query: string) {
  reads = 0;
  const { data, errors } = await ask(app, query);
  expect(errors).toEqual([]);
  return data;
}

const PRICE =
  "{price depth block {number} quoteToken {symbol} route {id price asOf {number} token1 {symbol}}}";

describe("Token.quotePrice", () => {
  test("is what the token is worth now, and the pools that say so", async () => {
    const data = await dataOf(`{token(chainId: 1, address: "${CAT}") {quotePrice ${PRICE}}}`);
    expect(data.token.quotePrice).toEqual({
      // 0.0009999006708899933 * 4885.749331776732
      price: expect.closeTo(4.885264034643892, 11),
      // Of CAT's pool, whose ask is its thinner side: 6,231.55 CAT.
      depth: expect.closeTo(30442.769261171063, 6),
      block: { number: 31 },
      quoteToken: { symbol: "USDC" },
      route: [
        {
          id: `1:${CAT_WETH}`,
          price: 0.0009999006708899933,
          asOf: { number: 31 },
          token1: { symbol: "WETH" },
        },
        { id: `1:${WETH_USDC}`, price: 4885.749331776732, asOf: { number: 31 }, token1: { symbol: "USDC" } },
      ],
    });
  });

  test.each(["block: 20", "timestamp: 1700072000"])("and what it was, as of %s", async (asOf) => {
    const data = await dataOf(
      `{token(chainId: 1, address: "${CAT}") {quotePrice(asOf: {${asOf}}) ${PRICE}}}`,
    );
    expect(data.token.quotePrice).toEqual({
      ...{ price: expect.closeTo(2.442587655251414, 12), depth: expect.closeTo(15221.108186105239, 6) },
      ...{ block: { number: 20 }, quoteToken: { symbol: "USDC" } },
      route: [
        {
          id: `1:${CAT_WETH}@20`,
          price: 0.0009999006708899933,
          asOf: { number: 20 },
          token1: { symbol: "WETH" },
        },
        {
          id: `1:${WETH_USDC}@20`,
          price: 2442.8302994109517,
          asOf: { number: 20 },
          token1: { symbol: "USDC" },
        },
      ],
    });
  });

  test("of the quote token is 1, with no pools and no depth", async () => {
    const data = await dataOf(`{token(chainId: 1, address: "${USDC}") {quotePrice ${PRICE}}}`);
    expect(data.token.quotePrice).toEqual({
      ...{ price: 1, depth: null, block: { number: 31 }, quoteToken: { symbol: "USDC" }, route: [] },
    });
  });

  test("is null without a way to the quote token, without a quote token, and before there was anything", async () => {
    const lone = `{token(chainId: 1, address: "${LONE}") {quotePrice {price}}}`;
    expect((await dataOf(lone)).token.quotePrice).toBeNull();
    const early = `{token(chainId: 1, address: "${WETH}") {quotePrice(asOf: {block: 9}) {price}}}`;
    expect((await dataOf(early)).token.quotePrice).toBeNull();
    app = createTestApi(db.database, {
      chains: [{ id: 1, name: "mainnet", quoteToken: null, quoteMinDepth: 0 }],
    });
    const weth = `{token(chainId: 1, address: "${WETH}") {quotePrice {price}}}`;
    expect((await dataOf(weth)).token.quotePrice).toBeNull();
  });

  test("below a past point is of that point, in a route's pools too, unless another is asked for", async () => {
    const prices = "now: quotePrice(asOf: {block: 31}) {price} quotePrice {price block {number}}";
    const data =
      await dataOf(`{pool(chainId: 1, poolId: "${WETH_USDC}", asOf: {block: 20}) {token0 {${prices}}}
      token(chainId: 1, address: "${WETH}") {quotePrice(asOf: {block: 20}) {
        quoteToken {quotePrice {block {number}}} route {token0 {quotePrice {price block {number}}}}}}}`);
    const then = { price: 2442.8302994109517, block: { number: 20 } };
    expect(data.pool.token0).toEqual({ now: { price: 4885.749331776732 }, quotePrice: then });
    expect(data.token.quotePrice).toEqual({
      quoteToken: { quotePrice: { block: { number: 20 } } },
      route: [{ token0: { quotePrice: then } }],
    });
  });
});

describe("one search", () => {
  const list = (fields: string) => `{pools {items {token0 {${fields}} token1 {${fields}}}}}`;

  test("serves all tokens of an answer, and one read the pools of all routes", async () => {
    await dataOf(list("id"));
    const alone = reads;
    await dataOf(list("quotePrice {price}"));
    // Quote token, window (2), three hops of pools, and two with new ones, of ticks and prices each.
    expect(reads).toBe(alone + 1 + 2 + 3 + 2 * 2);
    const data = await dataOf(list("quotePrice {route {poolId}}"));
    expect(data.pools.items).toHaveLength(2);
    // The search is remembered, and so are the tokens: pools.
    expect(reads).toBe(alone + 1);
  });

  test("serves whoever asks for the block, until a reorg puts another in its place", async () => {
    const weth = `{token(chainId: 1, address: "${WETH}") {quotePrice {price}}}`;
    expect((await dataOf(weth)).token.quotePrice.price).toBe(4885.749331776732);
    const first = reads;
    expect((await dataOf(weth)).token.quotePrice.price).toBe(4885.749331776732);
    expect(reads).toBeLessThan(first);
    const back = { poolId: WETH_USDC, token0: WETH, token1: USDC, moments: [START] };
    const ofPool = (table: typeof tables.poolSnapshot | typeof tables.pool) => eq(table.poolId, WETH_USDC);
    await db.database.delete(tables.pool).where(ofPool(tables.pool));
    await db.database.delete(tables.poolSnapshot).where(ofPool(tables.poolSnapshot));
    await db.database.delete(tables.tickSnapshot).where(eq(tables.tickSnapshot.poolId, WETH_USDC));
    await insertQuotedPool(db.database, back);
    await db.database
      .update(tables.block)
      .set({ hash: `0x${"9".repeat(64)}` })
      .where(eq(tables.block.number, 31));
    expect((await dataOf(weth)).token.quotePrice.price).toBe(2442.8302994109517);
  });
});
