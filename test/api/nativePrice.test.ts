import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "../../ponder.schema.ts";
import {
  type QuotedPrice,
  type QuotePrices,
  quotePriceAt,
  quotePricesAt,
} from "../../src/api/queries/quotePrices.ts";
import type { TestDatabase } from "./database.ts";
import { ENGINES } from "./listWorld.ts";
import { NATIVE, NO_HOOKS, word } from "./protocolRows.ts";
import { insertQuotedPool, type QuotedPool } from "./quoteWorld.ts";
import { address, block, token, USDC, WETH } from "./rows.ts";

type Hex = `0x${string}`;

const [CAT, DOG, COW] = [address("ca"), address("d0"), address("d1")] as const;
const V4 = { protocol: "UNISWAP_V4", hooks: NO_HOOKS };
const PRICE = 2442.8302994109517;

/** 200,000 of liquidity over all prices at 2442.83, whole tokens. */
const ETH_USDC: QuotedPool = {
  ...{ poolId: word("b1"), token0: NATIVE, token1: USDC, terms: V4 },
  moments: [{ blockNumber: 10, tick: -198311, liquidity: 200_000n * 10n ** 12n }],
};
/** Half as deep. */
const WETH_USDC: QuotedPool = {
  ...{ poolId: address("b2"), token0: WETH, token1: USDC },
  moments: [{ blockNumber: 10, tick: -198311, liquidity: 100_000n * 10n ** 12n }],
};
/** 0.001 WETH. */
const CAT_WETH: QuotedPool = {
  ...{ poolId: address("b3"), token0: CAT, token1: WETH },
  moments: [{ blockNumber: 10, tick: -69082, liquidity: 20_000n * 10n ** 18n }],
};
/** 2 DOG for one of the native currency. */
const ETH_DOG: QuotedPool = {
  ...{ poolId: word("b4"), token0: NATIVE, token1: DOG, terms: V4 },
  moments: [{ blockNumber: 10, tick: 6932, liquidity: 10n ** 25n }],
};
/** 1221.39 USDC. */
const DOG_USDC: QuotedPool = {
  ...{ poolId: address("b7"), token0: DOG, token1: USDC },
  moments: [{ blockNumber: 10, tick: -205243, liquidity: 200_000n * 10n ** 12n }],
};
/** 1 COW for one DOG. */
const COW_DOG: QuotedPool = {
  ...{ poolId: address("b5"), token0: COW, token1: DOG },
  moments: [{ blockNumber: 10, tick: 0, liquidity: 10n ** 24n }],
};

describe.each(ENGINES)("on %s", (_, create) => {
  let db: TestDatabase;
  let chains = 0;

  beforeAll(async () => {
    db = await create();
  });
  afterAll(() => db.close());

  type Settings = { quoteToken?: Hex; wrappedNative?: Hex | null };
  type Asked = { quotes: QuotePrices; alone(token: Hex): Promise<QuotedPrice | null> };

  /** A chain of its own with these pools, asked for all prices and for one. */
  async function chainOf(pools: readonly QuotedPool[], settings: Settings = {}): Promise<Asked> {
    chains += 1;
    const chainId = chains;
    const { database } = db;
    const tip = block({ chainId, number: 40 });
    await database.insert(tables.block).values([block({ chainId, number: 10 }), tip]);
    await database
      .insert(tables.token)
      .values([
        token({ chainId, address: USDC, decimals: 6 }),
        ...[NATIVE, WETH, CAT, DOG, COW].map((address) => token({ chainId, address })),
      ]);
    for (const pool of pools) await insertQuotedPool(database, { ...pool, chainId });
    const known = { quoteToken: USDC, quoteMinDepth: 10_000, wrappedNative: WETH };
    const chain = { id: chainId, name: "mainnet", ...known, ...settings };
    return {
      quotes: await quotePricesAt((question) => question(database), chain, tip),
      alone: (token) => quotePriceAt((question) => question(database), chain, tip, token),
    };
  }

  async function expectQuoted({ quotes, alone }: Asked, token: Hex, price: number, route: readonly Hex[]) {
    const quoted = quotes.of(token);
    expect(quoted?.price).toBeCloseTo(price, 9);
    expect(quoted?.route.map(({ poolId }) => poolId)).toEqual(route);
    expect(await alone(token)).toEqual(quoted);
  }

  test("native currency prices its wrapped token, and what leads to it", async () => {
    const chain = await chainOf([ETH_USDC, CAT_WETH]);
    await expectQuoted(chain, NATIVE, PRICE, [word("b1")]);
    await expectQuoted(chain, WETH, PRICE, [word("b1")]);
    await expectQuoted(chain, CAT, 2.442587655251414, [address("b3"), word("b1")]);
  });

  test("the wrapped token prices native currency, and what leads to it", async () => {
    const chain = await chainOf([WETH_USDC, ETH_DOG, COW_DOG]);
    await expectQuoted(chain, NATIVE, PRICE, [address("b2")]);
    await expectQuoted(chain, DOG, 1221.3929668696514, [word("b4"), address("b2")]);
    await expectQuoted(chain, COW, 1221.3929668696514, [address("b5"), word("b4"), address("b2")]);
  });

  test("a pool of native currency leads to pools of the wrapped token", async () => {
    const chain = await chainOf([DOG_USDC, ETH_DOG, CAT_WETH]);
    await expectQuoted(chain, CAT, 2.442587655251414, [address("b3"), word("b4"), address("b7")]);
  });

  test("of pools of either the deepest prices both", async () => {
    const chain = await chainOf([WETH_USDC, ETH_USDC]);
    await expectQuoted(chain, WETH, PRICE, [word("b1")]);
    await expectQuoted(chain, NATIVE, PRICE, [word("b1")]);
  });

  test("where the wrapped token is what is quoted in, native currency is worth one of it", async () => {
    const { quotes, alone } = await chainOf([ETH_DOG], { quoteToken: WETH });
    for (const token of [WETH, NATIVE]) {
      expect(quotes.of(token)).toEqual({ price: 1, route: [], depth: null });
      expect(await alone(token)).toEqual({ price: 1, route: [], depth: null });
    }
    expect(quotes.of(DOG)?.price).toBeCloseTo(0.5, 4);
  });

  test("a pool of the two prices neither", async () => {
    const both = { ...ETH_DOG, token1: WETH };
    const chain = await chainOf([both, WETH_USDC]);
    await expectQuoted(chain, NATIVE, PRICE, [address("b2")]);
  });

  test("where the wrapped token is not known they are two tokens", async () => {
    const { quotes, alone } = await chainOf([ETH_USDC, CAT_WETH], { wrappedNative: null });
    expect(quotes.of(NATIVE)?.price).toBeCloseTo(PRICE, 9);
    expect([quotes.of(WETH), quotes.of(CAT), await alone(WETH)]).toEqual([null, null, null]);
  });

  test("a pool with hooks prices nothing", async () => {
    const terms = { ...V4, hooks: address("80") };
    const { quotes, alone } = await chainOf([{ ...ETH_USDC, terms }]);
    expect([quotes.of(NATIVE), await alone(NATIVE)]).toEqual([null, null]);
  });

  test("a v2 pair is as deep as its reserves", async () => {
    const terms = { protocol: "UNISWAP_V2", tickSpacing: null };
    const chain = await chainOf([{ ...ETH_USDC, poolId: address("b6"), token0: WETH, terms }]);
    await expectQuoted(chain, WETH, PRICE, [address("b6")]);
    // As that of one v3 position with the same liquidity over all prices.
    expect(chain.quotes.of(WETH)?.depth).toBeCloseTo(97391.53118523108, 6);
  });
});
