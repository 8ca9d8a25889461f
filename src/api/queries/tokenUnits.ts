import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import { pool, token } from "../../../ponder.schema.ts";
import type { ApiContext } from "../context.ts";
import type { Tip } from "./tips.ts";

/** What a raw unit of a token is worth in whole quote tokens of its chain. */
export type TokenUnit = { chainId: number; token: `0x${string}`; unit: number };

/** Of every token1 of a pool that `where` lets through and that has a price, at each of the blocks. */
export async function quotedUnits(
  tips: readonly Tip[],
  where: SQL | undefined,
  { ask, quotes }: Pick<ApiContext, "ask" | "quotes">,
): Promise<TokenUnit[]> {
  const units: TokenUnit[] = [];
  for (const tip of tips) {
    const { chainId } = tip;
    const prices = await quotes(chainId, tip);
    const tokens = await ask((snapshot) =>
      snapshot
        .selectDistinct({ address: pool.token1, decimals: token.decimals })
        .from(pool)
        .innerJoin(token, and(eq(token.chainId, pool.chainId), eq(token.address, pool.token1)))
        .where(and(eq(pool.chainId, chainId), isNotNull(token.decimals), where)),
    );
    for (const { address, decimals } of tokens) {
      const quoted = prices.of(address);
      if (quoted === null || decimals === null) continue;
      units.push({ chainId, token: address, unit: quoted.price / 10 ** decimals });
    }
  }
  return units;
}
