type Hex = `0x${string}`;

/** A pool as a way from one token to the other. */
export type QuotePool = {
  poolId: Hex;
  token0: Hex;
  token1: Hex;
  /** Whole token1 per whole token0. */
  price: number;
  /** 2 % depth below and above the price, in whole token1 and whole token0. */
  bid1: number;
  ask0: number;
};

export type QuotedPrice = {
  /** Whole units of the quote token per whole token. */
  price: number;
  /** Pools from the token to the quote token. */
  route: readonly { poolId: Hex }[];
  /** Least depth on the way, in whole units of the quote token; null for the quote token itself. */
  depth: number | null;
};

export const MAX_HOPS = 3;

/** What a search begins with: the quote token is worth itself. */
export function quotedAlone(quoteToken: Hex): ReadonlyMap<Hex, QuotedPrice> {
  return new Map([[quoteToken, { price: 1, route: [], depth: null }]]);
}

/**
 * One hop of the search for each token's widest path: the greatest least depth, then fewer hops, then pool ids. To each
 * token the path that it had, or a wider one through one of `pools` and the path that its other token had; after n
 * rounds no path is longer than n. A pool counts with `minDepth` or more in both directions, its depth valued at the
 * price of its nearer token and its own. Example: a pool of 3 at 1,000 with bid 5,000 and ask 4 is 4,000 deep.
 */
export function widenPaths(
  prices: ReadonlyMap<Hex, QuotedPrice>,
  pools: readonly QuotePool[],
  minDepth: number,
): ReadonlyMap<Hex, QuotedPrice> {
  const wider = new Map(prices);
  for (const pool of pools) {
    for (const [near, far] of [
      [pool.token0, pool.token1],
      [pool.token1, pool.token0],
    ] as const) {
      const path = prices.get(near);
      const found = path && through(pool, near, path, minDepth);
      if (found == null) continue;
      const known = wider.get(far);
      if (known === undefined || isBetter(found, known)) wider.set(far, found);
    }
  }
  return wider;
}

/** The price of the pool's other token, by way of the nearer one; null where the pool does not count. */
function through(pool: QuotePool, near: Hex, path: QuotedPrice, minDepth: number): QuotedPrice | null {
  const [price0, price1] =
    near === pool.token1 ? [path.price * pool.price, path.price] : [path.price, path.price / pool.price];
  const depth = Math.min(pool.bid1 * price1, pool.ask0 * price0);
  const price = near === pool.token1 ? price0 : price1;
  // Extreme prices leave the range of a double.
  if (!(depth >= minDepth) || !(price > 0) || price === Number.POSITIVE_INFINITY) return null;
  const least = path.depth === null ? depth : Math.min(path.depth, depth);
  return { price, route: [{ poolId: pool.poolId }, ...path.route], depth: least };
}

function isBetter(a: QuotedPrice, b: QuotedPrice): boolean {
  const [depthA, depthB] = [a.depth ?? Number.POSITIVE_INFINITY, b.depth ?? Number.POSITIVE_INFINITY];
  if (depthA !== depthB) return depthA > depthB;
  if (a.route.length !== b.route.length) return a.route.length < b.route.length;
  return idsOf(a) < idsOf(b);
}

/** Ids are of one length and letter case: their text decides as they do one by one. */
function idsOf({ route }: QuotedPrice): string {
  return route.map(({ poolId }) => poolId).join();
}
