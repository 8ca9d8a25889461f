import type { ApiChain, ApiContext } from "./context.ts";
import type { Ask } from "./lazy.ts";
import { type QuotePrices, quotePricesAt } from "./queries/quotePrices.ts";

/** Of blocks: a few heads of each chain and the past points that are asked for again and again. */
const MAX_KEPT = 64;

const UNQUOTED: QuotePrices = { quoteToken: null, of: () => null };

/** Quote prices of blocks, for the operations of one API: the block's hash says which history they are of. */
export type QuoteCache = Map<string, QuotePrices>;

/**
 * An operation's way to quote prices: searched for once a chain and block, and taken from `kept` where another operation
 * asked for the same block. Example: a page of a thousand accounts is one search, and none until the next block.
 */
export function quotesOf(ask: Ask, chains: readonly ApiChain[], kept: QuoteCache): ApiContext["quotes"] {
  const searches = new Map<string, Promise<QuotePrices>>();
  return (chainId, tip) => {
    const key = `${chainId}:${tip.number}:${tip.hash}`;
    const known = kept.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const chain = chains.find(({ id }) => id === chainId);
    if (chain === undefined) return Promise.resolve(UNQUOTED);
    const search =
      searches.get(key) ?? quotePricesAt(ask, chain, tip).then((found) => keep(kept, key, found));
    searches.set(key, search);
    return search;
  };
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
