import { type AsOf, resolveAsOf } from "../asOf.ts";
import type { ApiContext } from "../context.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Tip } from "../queries/tips.ts";
import type { Token } from "../queries/tokens.ts";
import type { QuotePrice } from "./quotePrice.ts";

/** A token below something as of a block that was asked for has the block with it: its price is of then. */
export type TokenAt = Token & { at?: Tip };

export const tokenResolvers = {
  id: ({ chainId, address }: TokenAt) => `${chainId}:${address}`,
  quotePrice: async (
    token: TokenAt,
    { asOf }: { asOf?: AsOf | null },
    context: ApiContext,
  ): Promise<QuotePrice | null> => {
    const { chainId, address } = token;
    const then = asOf == null ? token.at : await resolveAsOf(asOf, chainId, context);
    const block = then === undefined ? (await context.tips()).get(chainId) : then;
    if (block == null) return null;
    const quotes = await context.quotes(chainId, block);
    const quoted = quotes.of(address);
    if (quoted === null || quotes.quoteToken === null) return null;
    const quoteToken = then == null ? quotes.quoteToken : { ...quotes.quoteToken, at: then };
    return { ...quoted, block, past: then !== undefined, quoteToken };
  },
};

/** One of a pool's tokens, at the pool's point. */
export function tokenOf(token: Token, { tip, past }: PoolAt): TokenAt {
  return past ? { ...token, at: tip } : token;
}
