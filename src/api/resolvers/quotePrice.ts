import type { ApiContext } from "../context.ts";
import type { QuotedPrice } from "../metrics/quotePath.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Tip } from "../queries/tips.ts";
import type { TokenAt } from "./token.ts";

/** What a token was worth after a block; `past`: the block was asked for. */
export type QuotePrice = QuotedPrice & { block: Tip; past: boolean; quoteToken: TokenAt };

export const quotePriceResolvers = {
  route: ({ route, block, past }: QuotePrice, _: unknown, { poolAt }: ApiContext): Promise<PoolAt[]> =>
    Promise.all(
      route.map(async ({ poolId }) => {
        const pool = await poolAt(block, past, poolId);
        if (pool === null) throw new RouteWithoutPoolError(block, poolId);
        return pool;
      }),
    ),
};

export class RouteWithoutPoolError extends Error {
  override readonly name = "RouteWithoutPoolError";
  readonly poolId: string;

  constructor({ chainId, number }: Tip, poolId: string) {
    super(
      `pool ${poolId} of chain ${chainId} prices a token at block ${number} and is not there: check that both were read from one snapshot`,
    );
    this.poolId = poolId;
  }
}
