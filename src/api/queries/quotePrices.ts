import type { ApiChain } from "../context.ts";
import type { Ask } from "../lazy.ts";
import { depthAsk0, depthBid1 } from "../metrics/depth.ts";
import { medianPrice } from "../metrics/medianPrice.ts";
import { price } from "../metrics/price.ts";
import { MAX_HOPS, type QuotedPrice, type QuotePool, quotedAlone, widenPaths } from "../metrics/quotePath.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Snapshot } from "../snapshot.ts";
import { namesOf, pricedAs } from "./nativeCurrency.ts";
import { findNearSteps, findQuotablePools, type QuotablePool, type QuotableToken } from "./quotePools.ts";
import { findPriceWindow, findStandingPrices, type PriceWindow } from "./standingPrices.ts";
import type { Tip } from "./tips.ts";
import { findTokens, type Token } from "./tokens.ts";

type Hex = `0x${string}`;
type Prices = ReadonlyMap<Hex, QuotedPrice>;

export type { QuotedPrice } from "../metrics/quotePath.ts";

export type QuotePrices = {
  /** What prices are in; null where the chain has none. */
  quoteToken: Token | null;
  /** Null where unpriced. */
  of(token: Hex): QuotedPrice | null;
};

/** Within this much of its price a pool's depth is taken, and over these seconds its median. */
const MOVE_PIPS = 20_000n;
const MEDIAN_SECONDS = 1_800;

const NONE: Prices = new Map();

/**
 * Of every token of a chain what it was worth in the chain's quote token at a block (metrics.md 2.3): by the widest
 * path of at most three pools, each with `quoteMinDepth` or more within 2 % in both directions at that block, at the
 * median of its block-end prices over the 30 minutes before it. Native currency is priced as its wrapped token, and a
 * pool of either leads to pools of the other. At most 12 queries, however many pools and tokens.
 */
export function quotePricesAt(ask: Ask, chain: ApiChain, tip: Tip): Promise<QuotePrices> {
  const { wrappedNative = null } = chain;
  return ask(async (snapshot) => {
    const quoteToken = await findQuoteToken(snapshot, chain);
    const prices = quoteToken === null ? NONE : await search(snapshot, quoteToken, chain, tip);
    return { quoteToken, of: (token) => prices.get(pricedAs(token, wrappedNative)) ?? null };
  });
}

/**
 * What {@link quotePricesAt} says of one token, without a look at pools that lead elsewhere: for past blocks, of each of
 * which an answer needs one price. Nothing is read for the quote token itself.
 */
export async function quotePriceAt(
  ask: Ask,
  chain: ApiChain,
  tip: Tip,
  token: Hex,
): Promise<QuotedPrice | null> {
  if (chain.quoteToken === null) return null;
  const { wrappedNative = null } = chain;
  const only = pricedAs(token, wrappedNative);
  if (pricedAs(chain.quoteToken, wrappedNative) === only) return quotedAlone(only).get(only) ?? null;
  return ask(async (snapshot) => {
    const quoteToken = await findQuoteToken(snapshot, chain);
    if (quoteToken === null) return null;
    const prices = await search(snapshot, quoteToken, chain, tip, only);
    return prices.get(only) ?? null;
  });
}

async function findQuoteToken(snapshot: Snapshot, { id, quoteToken }: ApiChain): Promise<Token | null> {
  if (quoteToken === null) return null;
  const tokens = await findTokens(snapshot, new Map([[id, new Set([quoteToken])]]));
  const unread = { chainId: id, address: quoteToken, symbol: null, name: null, decimals: null };
  return tokens.get(`${id}:${quoteToken}`) ?? unread;
}

/**
 * Hop by hop outwards: pools are read when a token of theirs has a price, and again where it got another. With `only`,
 * the rest is of no meaning: no way is sought on from it, and none that cannot come to it.
 */
async function search(
  snapshot: Snapshot,
  quoteToken: Token,
  { quoteMinDepth: minDepth, wrappedNative = null }: ApiChain,
  tip: Tip,
  only?: Hex,
): Promise<Prices> {
  const window = await findPriceWindow(snapshot, tip, MEDIAN_SECONDS);
  const quote = pricedAs(quoteToken.address, wrappedNative);
  const decimals = new Map([[quote, quoteToken.decimals]]);
  const pools = new Map<Hex, QuotePool>();
  let before = NONE;
  let prices = quotedAlone(quote);
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const tokens = toLookAt(before, prices, decimals, minDepth).filter(({ token }) => token !== only);
    const named = tokens.flatMap(({ token, least }) =>
      namesOf(token, wrappedNative).map((name) => ({ token: name, least })),
    );
    const to = only === undefined ? undefined : { token: only, pools: MAX_HOPS - 1 - hop, wrappedNative };
    const found = (await findQuotablePools(snapshot, tip, named, to)).map((pool) => ({
      ...pool,
      token0: pricedAs(pool.token0, wrappedNative),
    }));
    for (const row of found) decimals.set(row.token0, row.token0Decimals).set(row.token1, row.token1Decimals);
    // A pool of native currency and its wrapped token prices neither.
    const unread = found.filter(({ poolId, token0, token1 }) => !pools.has(poolId) && token0 !== token1);
    for (const pool of await measure(snapshot, tip, unread, window)) pools.set(pool.poolId, pool);
    before = prices;
    prices = widenPaths(prices, [...pools.values()], minDepth);
  }
  return prices;
}

/** Tokens whose price is new, with what `minDepth` is in their raw units, a little less for the doubles' rounding. */
function toLookAt(
  before: Prices,
  prices: Prices,
  decimals: ReadonlyMap<Hex, number | null>,
  minDepth: number,
): QuotableToken[] {
  return [...prices].flatMap(([token, quoted]) => {
    const scale = decimals.get(token) ?? null;
    if (scale === null || before.get(token)?.price === quoted.price) return [];
    const least = (minDepth / quoted.price) * 10 ** scale * (1 - 1e-9);
    return Number.isFinite(least) ? [{ token, least: BigInt(Math.floor(least)) }] : [];
  });
}

/** Pools with their depth at the block and their median; those without a median are left out. */
async function measure(
  snapshot: Snapshot,
  tip: Tip,
  pools: readonly QuotablePool[],
  window: PriceWindow,
): Promise<QuotePool[]> {
  if (pools.length === 0) return [];
  const steps = await findNearSteps(snapshot, tip, pools);
  const poolIds = pools.map(({ poolId }) => poolId);
  const prices = await findStandingPrices(snapshot, tip, poolIds, window);
  return pools.flatMap((pool) => {
    const { poolId, token0, token1 } = pool;
    const median = medianPrice(prices.get(poolId) ?? [], window.from, tip.timestamp);
    const near = steps.get(poolId) ?? [];
    const bid1 = wholeUnits(depthBid1(pool, near, MOVE_PIPS), pool.token1Decimals);
    const ask0 = wholeUnits(depthAsk0(pool, near, MOVE_PIPS), pool.token0Decimals);
    const middle = median === null ? null : price(median, pool);
    if (middle === null || bid1 === null || ask0 === null) return [];
    return [{ poolId, token0, token1, price: middle, bid1, ask0 }];
  });
}
