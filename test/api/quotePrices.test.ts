import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import {
  type QuotedPrice,
  type QuotePrices,
  quotePriceAt,
  quotePricesAt,
} from "../../src/api/queries/quotePrices.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES } from "./listWorld.ts";
import { insertQuotedPool, type Moment, type QuotedPool } from "./quoteWorld.ts";
import { address, block, token, USDC, WETH } from "./rows.ts";

const [CAT, DOG, COW, ODD] = ["ca", "d0", "d1", "0d"].map(address) as [Hex, Hex, Hex, Hex];
const [WETH_USDC, CAT_WETH, DOG_CAT] = ["b1", "b2", "b3"].map(address) as [Hex, Hex, Hex];

type Hex = `0x${string}`;

/** Seconds after the first block, by number. */
const BLOCKS: readonly [number, number][] = [
  [10, 0],
  [20, 1_000],
  [30, 2_000],
  [40, 3_000],
  [41, 3_012],
  [42, 3_024],
  [50, 3_912],
  [51, 3_913],
];

/** 200,000 of liquidity over all prices at 2442.83, whole tokens: the depth of metrics.md 8. */
const START: Moment = { blockNumber: 10, tick: -198311, liquidity: 200_000n * 10n ** 12n };
const WETH_PRICE = 2442.8302994109517;
const DEEP: QuotedPool = { poolId: WETH_USDC, token0: WETH, token1: USDC, moments: [START] };
/** 0.001 WETH, 15,221 deep at its ask. */
const CAT_POOL: QuotedPool = {
  ...{ poolId: CAT_WETH, token0: CAT, token1: WETH },
  moments: [{ blockNumber: 10, tick: -69082, liquidity: 20_000n * 10n ** 18n }],
};
/** 2 CAT, 34,034 deep. */
const DOG_POOL: QuotedPool = {
  ...{ poolId: DOG_CAT, token0: DOG, token1: CAT },
  moments: [{ blockNumber: 10, tick: 6932, liquidity: 10n ** 24n }],
};

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let chains = 0;
  /** Asks for one token alone, of the chain and block that was asked last. */
  let alone: (token: Hex) => Promise<QuotedPrice | null>;

  beforeAll(async () => {
    db = await create();
  });
  afterAll(() => db.close());

  /** A chain of its own with these pools; what its tokens are worth at a block. */
  async function chainOf(
    pools: readonly QuotedPool[],
    settings: { quoteToken?: Hex | null; quoteMinDepth?: number } = {},
  ): Promise<(number: number, snapshot?: Snapshot) => Promise<QuotePrices>> {
    chains += 1;
    const chainId = chains;
    const { database } = db;
    const blocks = BLOCKS.map(([number, at]) => block({ chainId, number, timestamp: 1_700_000_000 + at }));
    await database.insert(tables.block).values(blocks);
    await database
      .insert(tables.token)
      .values([
        token({ chainId }),
        token({ chainId, address: USDC, symbol: "USDC", decimals: 6 }),
        ...[CAT, DOG, COW].map((address) => token({ chainId, address })),
        token({ chainId, address: ODD, decimals: null }),
      ]);
    for (const pool of pools) await insertQuotedPool(database, { ...pool, chainId });
    const chain = { id: chainId, name: "mainnet", quoteToken: USDC, quoteMinDepth: 10_000, ...settings };
    return (number, snapshot = database) => {
      const { hash = "0x", timestamp = 0 } = blocks.find((row) => row.number === number) ?? {};
      const tip = { chainId, number, hash, timestamp };
      alone = (token) => quotePriceAt((question) => question(snapshot), chain, tip, token);
      return quotePricesAt((question) => question(snapshot), chain, tip);
    };
  }

  const priceOf = (quotes: QuotePrices, token: Hex) => quotes.of(token)?.price ?? null;

  describe("a way of up to three pools", () => {
    test("multiplies their prices and is as wide as the narrowest", async () => {
      const quotes = await (await chainOf([DEEP, CAT_POOL, DOG_POOL]))(40);
      expect(quotes.of(USDC)).toEqual({ price: 1, route: [], depth: null });
      expect(quotes.of(WETH)).toEqual({
        ...{ price: WETH_PRICE, route: [{ poolId: WETH_USDC }] },
        depth: expect.closeTo(97391.53118523108, 6),
      });
      expect(quotes.of(CAT)).toEqual({
        ...{ price: expect.closeTo(2.442587655251414, 12), depth: expect.closeTo(15221.108186105239, 6) },
        route: [{ poolId: CAT_WETH }, { poolId: WETH_USDC }],
      });
      expect(quotes.of(DOG)).toEqual({
        ...{ price: expect.closeTo(4.885264034643892, 12), depth: expect.closeTo(15221.108186105239, 6) },
        route: [{ poolId: DOG_CAT }, { poolId: CAT_WETH }, { poolId: WETH_USDC }],
      });
    });

    test("is not one of four", async () => {
      const fourth = { ...DOG_POOL, poolId: address("b4"), token0: COW, token1: DOG };
      const quotes = await (await chainOf([DEEP, CAT_POOL, DOG_POOL, fourth]))(40);
      expect([priceOf(quotes, DOG), quotes.of(COW)]).toEqual([expect.closeTo(4.885264034643892, 12), null]);
    });

    test("goes through ticks as they stand: a range that ends within 2 % ends its depth", async () => {
      const narrow = {
        ...DEEP,
        range: [-198480, -198240] as const,
        moments: [{ ...START, liquidity: 2n * 10n ** 18n }],
      };
      const quotes = await (await chainOf([narrow]))(40);
      expect(quotes.of(WETH)?.depth).toBeCloseTo(350277.8519800108, 6);
    });
  });

  test.each([
    ["a hair too little above, though enough below", 20_535n * 10n ** 12n, null],
    ["a hair more", 20_536n * 10n ** 12n, WETH_PRICE],
  ])("a pool counts from quoteMinDepth on in both directions: %s", async (_, liquidity, price) => {
    const quotes = await (await chainOf([{ ...DEEP, moments: [{ ...START, liquidity }] }]))(40);
    expect(priceOf(quotes, WETH)).toBe(price);
  });

  test("quoteMinDepth is the chain's", async () => {
    const quotes = await (await chainOf([DEEP], { quoteMinDepth: 97_392 }))(40);
    expect(quotes.of(WETH)).toBeNull();
    const all = await (await chainOf([DEEP, CAT_POOL], { quoteMinDepth: 0 }))(40);
    expect(priceOf(all, CAT)).toBeCloseTo(2.442587655251414, 12);
  });

  describe("unpriced is", () => {
    test("everything on a chain without a quote token", async () => {
      const quotes = await (await chainOf([DEEP], { quoteToken: null }))(40);
      expect([quotes.quoteToken, quotes.of(WETH), quotes.of(USDC)]).toEqual([null, null, null]);
    });

    test("everything but the quote token where no pool has it", async () => {
      const quotes = await (await chainOf([DEEP], { quoteToken: address("aa") }))(40);
      expect([priceOf(quotes, address("aa")), quotes.of(WETH)]).toEqual([1, null]);
      expect(quotes.quoteToken).toMatchObject({ address: address("aa"), decimals: null });
    });

    test("a token whose decimals are unknown, and what is behind it", async () => {
      const odd = { ...DEEP, poolId: address("b5"), token0: ODD };
      const behind = { ...CAT_POOL, token1: ODD };
      const quotes = await (await chainOf([DEEP, odd, behind]))(40);
      expect([ODD, CAT].map((address) => quotes.of(address))).toEqual([null, null]);
    });

    test("a token whose pool is in quarantine, from then on", async () => {
      const at = await chainOf([{ ...DEEP, moments: [START, { ...START, blockNumber: 41 }] }]);
      const quarantined = { quarantinedBlock: 41 };
      const ofPool = and(eq(tables.pool.chainId, chains), eq(tables.pool.poolId, WETH_USDC));
      await db.database.update(tables.pool).set(quarantined).where(ofPool);
      expect([priceOf(await at(40), WETH), priceOf(await at(41), WETH)]).toEqual([WETH_PRICE, null]);
    });
  });

  describe("as of a block", () => {
    test("pools, ticks and prices are those of then", async () => {
      const gone = { blockNumber: 41, tick: -197311, liquidity: 10n ** 12n };
      const at = await chainOf([{ ...DEEP, moments: [START, gone] }, CAT_POOL]);
      expect((await at(40)).of(WETH)).toMatchObject({
        price: WETH_PRICE,
        depth: expect.closeTo(97391.53118523108, 6),
      });
      expect(priceOf(await at(40), CAT)).toBeCloseTo(2.442587655251414, 12);
      expect([(await at(41)).of(WETH), (await at(41)).of(CAT)]).toEqual([null, null]);
    });

    test("a pool that came later is not there yet", async () => {
      const at = await chainOf([{ ...DEEP, moments: [{ ...START, blockNumber: 40 }] }]);
      expect([priceOf(await at(30), WETH), priceOf(await at(51), WETH)]).toEqual([null, WETH_PRICE]);
    });
  });

  describe("nobody moves it", () => {
    const DOUBLE = { ...START, tick: -191379 };

    test("within one block, be it the block asked for or the one before", async () => {
      const moments = [START, { ...DOUBLE, blockNumber: 41 }, { ...START, blockNumber: 42 }];
      const at = await chainOf([{ ...DEEP, moments }, CAT_POOL]);
      for (const number of [40, 41, 42]) {
        expect(priceOf(await at(number), WETH)).toBe(WETH_PRICE);
        expect(priceOf(await at(number), CAT)).toBeCloseTo(2.442587655251414, 12);
      }
    });

    test("for less than half of the half hour; what stands longer is the price", async () => {
      const at = await chainOf([{ ...DEEP, moments: [START, { ...DOUBLE, blockNumber: 41 }] }]);
      // It came 900 seconds before block 50.
      expect(priceOf(await at(50), WETH)).toBe(WETH_PRICE);
      expect(priceOf(await at(51), WETH)).toBe(4885.749331776732);
    });

    test("by a pool that has stood for less than half of the half hour, however deep", async () => {
      const at = await chainOf([{ ...DEEP, moments: [{ ...START, blockNumber: 41 }] }]);
      const prices = [await at(41), await at(42), await at(50), await at(51)].map((at) => priceOf(at, WETH));
      // It came 900 seconds before block 50.
      expect(prices).toEqual([null, null, WETH_PRICE, WETH_PRICE]);
    });

    test("on a young chain half of the time since its first block is enough", async () => {
      const at = await chainOf([{ ...DEEP, moments: [{ ...START, blockNumber: 10 }] }, CAT_POOL]);
      expect(priceOf(await at(10), WETH)).toBeNull();
      expect(priceOf(await at(20), WETH)).toBe(WETH_PRICE);
      const late = await chainOf([{ ...DEEP, moments: [{ ...START, blockNumber: 20 }] }, CAT_POOL]);
      expect([priceOf(await late(20), WETH), priceOf(await late(30), WETH)]).toEqual([null, WETH_PRICE]);
    });

    test("by a pool of dust, whatever its price and however long", async () => {
      const dust = (poolId: string, token0: Hex, token1: Hex): QuotedPool => ({
        ...{ poolId: address(poolId), token0, token1, range: [-887220, 887220] },
        moments: [{ blockNumber: 10, tick: 300_000, liquidity: 10n ** 6n }],
      });
      const pools = [
        dust("01", WETH, USDC),
        dust("02", USDC, CAT),
        dust("03", CAT, WETH),
        dust("04", COW, DOG),
      ];
      const honest = await (await chainOf([DEEP, CAT_POOL, DOG_POOL]))(40);
      const quotes = await (await chainOf([...pools, DEEP, CAT_POOL, DOG_POOL]))(40);
      for (const token of [USDC, WETH, CAT, DOG]) expect(quotes.of(token)).toEqual(honest.of(token));
      expect(quotes.of(COW)).toBeNull();
    });
  });

  describe("one token asked for alone", () => {
    test.each([1, 2, 3])("has the price that it has among all, in random markets: %i", async (seed) => {
      let state = seed;
      const random = (below: number) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      const tokens = Array.from({ length: 9 }, (_, i) => address(`e${i}f`));
      const pick = () => tokens[random(tokens.length)] ?? WETH;
      const pools = Array.from({ length: 24 }, (_, i): QuotedPool => {
        const [token0, token1] = [pick(), pick()];
        const moment = { blockNumber: 10, tick: random(2_000) - 1_000, liquidity: BigInt(5 + random(30)) };
        const moments = [{ ...moment, liquidity: moment.liquidity * 10n ** 23n }];
        return { poolId: address(`b${i + 10}`), token0, token1, moments };
      }).filter(({ token0, token1 }) => token0 !== token1);
      const at = await chainOf(pools, { quoteToken: tokens[0] ?? null });
      await db.database
        .insert(tables.token)
        .values(tokens.map((address) => token({ chainId: chains, address })));
      const all = await at(40);
      const hops = tokens.map((token) => all.of(token)?.route.length ?? -1);
      expect(hops).toEqual(expect.arrayContaining([0, 1, 2]));
      for (const token of tokens) expect(await alone(token)).toEqual(all.of(token));
    });

    test("is null on a chain without a quote token, and 1 for the quote token itself", async () => {
      await (await chainOf([DEEP], { quoteToken: null }))(40);
      expect(await alone(WETH)).toBeNull();
      await (await chainOf([DEEP]))(40);
      expect(await alone(USDC)).toEqual({ price: 1, route: [], depth: null });
      expect((await alone(WETH))?.price).toBe(WETH_PRICE);
    });
  });

  test("takes as many queries for sixty pools as for three", async () => {
    let reads = 0;
    const counting = new Proxy<Snapshot>(db.database, {
      get(target, name) {
        if (name === "select" || name === "selectDistinct" || name === "execute") reads += 1;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const few = await chainOf([DEEP, CAT_POOL, DOG_POOL]);
    await few(40, counting);
    expect(reads).toBe(12);
    const many = [DEEP, CAT_POOL, DOG_POOL].flatMap((pool, i) =>
      Array.from({ length: 20 }, (_, j) => ({ ...pool, poolId: address(`${i + 1}${j + 10}`) })),
    );
    const at = await chainOf(many);
    reads = 0;
    expect((await at(40, counting)).of(DOG)?.route.map(({ poolId }) => poolId.slice(-3))).toEqual([
      "310",
      "210",
      "110",
    ]);
    expect(reads).toBe(12);
  });
});
