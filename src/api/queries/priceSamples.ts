import { and, eq, gte, lt, sql } from "drizzle-orm";
import { poolBucket } from "../../../ponder.schema.ts";
import { type PriceSample, SAMPLE_SECONDS } from "../metrics/realizedVolatility.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/**
 * What a pool's price was left at before each five-minute mark that it moved before, since the mark before it; oldest
 * first, the marks after `from` and up to `until` (unix seconds). A past point needs no more: all before it is in them.
 * One line of text: a year has a hundred thousand marks, and as rows they take four times as long.
 */
export async function samplePrices(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  { from, until }: { from: number; until: number },
): Promise<PriceSample[]> {
  const lastMark = Math.floor(until / SAMPLE_SECONDS) * SAMPLE_SECONDS;
  const { start, closeSqrtPriceX96 } = poolBucket;
  const [line] = await snapshot
    .select({
      samples: sql<string | null>`string_agg(${start} || ':' || ${closeSqrtPriceX96}, ',' order by ${start})`,
    })
    .from(poolBucket)
    .where(
      and(
        ...[eq(poolBucket.chainId, chainId), eq(poolBucket.poolId, poolId)],
        ...[gte(start, from), lt(start, lastMark)],
      ),
    );
  return line?.samples == null ? [] : line.samples.split(",").map(sampleOf);
}

function sampleOf(text: string): PriceSample {
  const [start, price] = text.split(":");
  return { time: Number(start) + SAMPLE_SECONDS, sqrtPriceX96: BigInt(price ?? 0) };
}
