import type { ApiChain, ApiContext } from "./context.ts";
import type { Ask } from "./lazy.ts";
import { type QuotedPrice, type QuotePrices, quotePriceAt, quotePricesAt } from "./queries/quotePrices.ts";
import type { Tip } from "./queries/tips.ts";

/** Of blocks: a few heads of each chain and the past points that are asked for again and again. */
const MAX_KEPT = 64;

const UNQUOTED: QuotePrices = { quoteToken: null, of: () => null };

/** Quote prices of blocks, for the operations of one API: the block's hash says which history they are of. */
export type QuoteCache = Map<string, QuotePrices>;

/**
 * An operation's way to quote prices: searched for once a chain and block, and taken from `kept` where another operation
 * asked for the same block. Example: a page of a thousand accounts is one search, and none until the next block.
 */
export function quotesOf(
  ask: Ask,
  chains: readonly ApiChain[],
  kept: QuoteCache,
): Pick<ApiContext, "quotes" | "quoteOf"> {
  const searches = new Map<string, Promise<QuotePrices>>();
  const prices = new Map<string, Promise<QuotedPrice | null>>();
  const chainOf = (chainId: number) => chains.find(({ id }) => id === chainId);
  const known = (tip: Tip) => searches.get(keyOf(tip)) ?? kept.get(keyOf(tip));
  return {
    quotes: async (chainId, tip) => {
      const chain = chainOf(chainId);
      if (chain === undefined) return UNQUOTED;
      const search =
        known(tip) ?? quotePricesAt(ask, chain, tip).then((found) => keep(kept, keyOf(tip), found));
      searches.set(keyOf(tip), Promise.resolve(search));
      return search;
    },
    quoteOf: async (tip, token) => {
      const all = known(tip);
      if (all !== undefined) return (await all).of(token);
      const chain = chainOf(tip.chainId);
      const key = `${keyOf(tip)}:${token}`;
      const price = prices.get(key) ?? (chain ? quotePriceAt(ask, chain, tip, token) : Promise.resolve(null));
      prices.set(key, price);
      return price;
    },
  };
}

function keyOf({ chainId, number, hash }: Tip): string {
  return `${chainId}:${number}:${hash}`;
}

/** The oldest goes when there are too many. */
function keep(kept: QuoteCache, key: string, found: QuotePrices): QuotePrices {
  kept.set(key, found);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return found;
}
