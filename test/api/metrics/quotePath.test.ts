import { describe, expect, it } from "vitest";
import {
  MAX_HOPS,
  type QuotedPrice,
  type QuotePool,
  quotedAlone,
  widenPaths,
} from "../../../src/api/metrics/quotePath.ts";
import { address } from "../rows.ts";

const [USD, ETH, BTC, CAT, DOG] = ["c1", "e1", "b0", "ca", "d0"].map(address) as [
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
];

/** A pool with as much depth on both sides: `depth` whole token1 below, the same worth of token0 above. */
function pool(
  id: string,
  token0: `0x${string}`,
  token1: `0x${string}`,
  price: number,
  depth: number,
): QuotePool {
  return { poolId: address(id), token0, token1, price, bid1: depth, ask0: depth / price };
}

function search(pools: readonly QuotePool[], minDepth = 10_000): ReadonlyMap<string, QuotedPrice> {
  let prices = quotedAlone(USD);
  for (let hop = 0; hop < MAX_HOPS; hop++) prices = widenPaths(prices, pools, minDepth);
  return prices;
}

const routeOf = (quoted: QuotedPrice | undefined) => quoted?.route.map(({ poolId }) => poolId.slice(-2));

describe("the quote token", () => {
  it("is worth itself, by no pool, whatever pools it is in", () => {
    const prices = search([pool("01", ETH, USD, 2_000, 50_000)]);
    expect(prices.get(USD)).toEqual({ price: 1, route: [], depth: null });
  });
});

describe("a pool with the quote token", () => {
  it("prices the other token on whichever side it stands", () => {
    const prices = search([pool("01", ETH, USD, 2_000, 50_000), pool("02", USD, BTC, 1 / 65_536, 1)]);
    expect(prices.get(ETH)).toEqual({ price: 2_000, route: [{ poolId: address("01") }], depth: 50_000 });
    expect(prices.get(BTC)?.price).toBe(65_536);
    expect(prices.get(BTC)?.depth).toBe(65_536);
  });

  it("is as deep as its thinner side", () => {
    const thinBelow = { ...pool("01", ETH, USD, 2_000, 50_000), bid1: 12_000 };
    expect(search([thinBelow]).get(ETH)?.depth).toBe(12_000);
    const thinAbove = { ...pool("01", ETH, USD, 2_000, 50_000), ask0: 7 };
    expect(search([thinAbove]).get(ETH)?.depth).toBe(14_000);
  });

  it.each([
    ["enough on both sides", 10_000, 5, true],
    ["too little below", 9_999, 5, false],
    ["too little above", 10_000, 4.999, false],
  ])("counts with the least depth in both directions: %s", (_, bid1, ask0, counts) => {
    const pools = [{ ...pool("01", ETH, USD, 2_000, 0), bid1, ask0 }];
    expect(search(pools).has(ETH)).toBe(counts);
  });
});

describe("of several ways the widest", () => {
  it("is the deepest of parallel pools", () => {
    const prices = search([pool("01", ETH, USD, 1_900, 40_000), pool("02", ETH, USD, 2_000, 50_000)]);
    expect(prices.get(ETH)).toMatchObject({ price: 2_000, depth: 50_000 });
  });

  it("may be longer, and is as wide as its narrowest pool in quote units", () => {
    const prices = search([
      pool("01", CAT, USD, 5, 11_000),
      pool("02", CAT, ETH, 0.003, 10),
      pool("03", ETH, USD, 2_000, 50_000),
    ]);
    expect(routeOf(prices.get(CAT))).toEqual(["02", "03"]);
    expect(prices.get(CAT)).toMatchObject({ price: 6, depth: 20_000 });
  });

  it("replaces a narrower way of fewer hops of the tokens behind it", () => {
    const prices = search([
      pool("01", CAT, USD, 5, 11_000),
      pool("02", CAT, ETH, 0.003, 10),
      pool("03", ETH, USD, 2_000, 50_000),
      pool("04", DOG, CAT, 2, 4_000),
    ]);
    expect(routeOf(prices.get(DOG))).toEqual(["04", "02", "03"]);
    expect(prices.get(DOG)).toMatchObject({ price: 12, depth: 20_000 });
  });

  it("is at most three pools long", () => {
    const chain = [
      pool("01", ETH, USD, 2_000, 50_000),
      pool("02", BTC, ETH, 20, 30),
      pool("03", CAT, BTC, 0.001, 2),
      pool("04", DOG, CAT, 2, 50_000),
    ];
    const prices = search(chain);
    expect(routeOf(prices.get(CAT))).toEqual(["03", "02", "01"]);
    expect(prices.get(CAT)).toMatchObject({ price: 40, depth: 50_000 });
    expect(prices.has(DOG)).toBe(false);
  });

  it("of a token behind one whose own has three pools is that token's shorter one", () => {
    const pools = [
      pool("01", CAT, USD, 40, 15_000),
      pool("02", CAT, BTC, 0.001, 0.5),
      pool("03", BTC, ETH, 20, 30),
      pool("04", ETH, USD, 2_000, 50_000),
      pool("05", DOG, CAT, 2, 50_000),
    ];
    const prices = search(pools);
    expect(routeOf(prices.get(CAT))).toEqual(["02", "03", "04"]);
    expect(routeOf(prices.get(DOG))).toEqual(["05", "01"]);
    expect(prices.get(DOG)?.depth).toBe(15_000);
  });
});

describe("ties", () => {
  const wide = pool("09", ETH, USD, 2_000, 20_000);

  it("go to fewer hops", () => {
    const around = [wide, pool("02", CAT, ETH, 0.003, 1_000), pool("0f", CAT, USD, 5, 20_000)];
    expect(routeOf(search(around).get(CAT))).toEqual(["0f"]);
  });

  it("then to the smaller pool ids from the token's own pool on, in whatever order pools are read", () => {
    const pools = [wide, pool("03", CAT, ETH, 0.003, 1_000), pool("02", CAT, ETH, 0.0031, 100)];
    expect(routeOf(search(pools).get(CAT))).toEqual(["02", "09"]);
    expect(routeOf(search(pools.toReversed()).get(CAT))).toEqual(["02", "09"]);
  });
});

describe("nothing", () => {
  it("comes of dust, however often and however its price is moved", () => {
    const honest = [pool("01", ETH, USD, 2_000, 50_000), pool("02", CAT, ETH, 0.003, 10)];
    const dust = Array.from({ length: 50 }, (_, i) => [
      pool(`a${i}`, ETH, USD, 1e9, 9_999),
      pool(`b${i}`, CAT, USD, 1e9, 9_999),
      pool(`c${i}`, CAT, DOG, 1e9, 9_999),
    ]).flat();
    expect([...search([...dust, ...honest])]).toEqual([...search(honest)]);
  });

  it("comes of prices that no double holds", () => {
    const up = [pool("01", ETH, USD, 1e200, 50_000), pool("02", CAT, ETH, 1e200, 1)];
    expect([...search(up, 0).keys()]).toEqual([USD, ETH]);
    const down = [pool("01", ETH, USD, 1e-200, 50_000), { ...pool("02", CAT, ETH, 1e-200, 1e204), ask0: 1 }];
    expect([...search(down, 0).keys()]).toEqual([USD, ETH]);
  });
});

describe("every way of three pools tried, in markets without arbitrage", () => {
  const tokens = Array.from({ length: 7 }, (_, i) => address(`f${i}`));
  /** In the quote token, the first. Powers of two: doubles of all figures are exact. */
  const worth = (token: `0x${string}`) => 2 ** tokens.indexOf(token);

  function widest(pools: readonly QuotePool[], from: `0x${string}`, hops: number): number {
    if (from === tokens[0]) return Number.POSITIVE_INFINITY;
    const ways = pools
      .filter(
        ({ token0, token1, bid1 }) =>
          hops > 0 && [token0, token1].includes(from) && bid1 * worth(token1) >= 10_000,
      )
      .map((pool) => {
        const to = pool.token0 === from ? pool.token1 : pool.token0;
        return Math.min(pool.bid1 * worth(pool.token1), widest(pools, to, hops - 1));
      });
    return Math.max(0, ...ways);
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("none is wider: %i", (seed) => {
    let state = seed;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const pick = () => tokens[random(tokens.length)] ?? USD;
    const pools = Array.from({ length: 18 }, (_, i) => {
      const [token0, token1] = [pick(), pick()];
      const value = 8_000 + random(20) * 1_000;
      return pool(`b${i + 10}`, token0, token1, worth(token0) / worth(token1), value / worth(token1));
    }).filter(({ token0, token1 }) => token0 !== token1);
    let prices = quotedAlone(tokens[0] ?? USD);
    for (let hop = 0; hop < MAX_HOPS; hop++) prices = widenPaths(prices, pools, 10_000);
    for (const token of tokens.slice(1)) {
      const width = widest(pools, token, MAX_HOPS);
      expect(prices.get(token)?.depth ?? 0).toBe(width);
      if (width > 0) expect(prices.get(token)?.price).toBe(worth(token));
    }
  });
});
