import { and, asc, eq, gte, lt } from "drizzle-orm";
import { poolBucket } from "../../../ponder.schema.ts";
import { type PriceSample, SAMPLE_SECONDS } from "../metrics/realizedVolatility.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/**
 * What a pool's price was left at before each five-minute mark that it moved before, since the mark before it; oldest
 * first, the marks after `from` and up to `until` (unix seconds). A past point needs no more: all before it is in them.
 */
export async function samplePrices(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  { from, until }: { from: number; until: number },
): Promise<PriceSample[]> {
  const lastMark = Math.floor(until / SAMPLE_SECONDS) * SAMPLE_SECONDS;
  const rows = await snapshot
    .select({ start: poolBucket.start, sqrtPriceX96: poolBucket.closeSqrtPriceX96 })
    .from(poolBucket)
    .where(
      and(
        ...[eq(poolBucket.chainId, chainId), eq(poolBucket.poolId, poolId)],
        ...[gte(poolBucket.start, from), lt(poolBucket.start, lastMark)],
      ),
    )
    .orderBy(asc(poolBucket.start));
  return rows.map(({ start, sqrtPriceX96 }) => ({ time: start + SAMPLE_SECONDS, sqrtPriceX96 }));
}
