import { and, eq, gte, lt, sql } from "drizzle-orm";
import { poolBucket, poolSnapshot, swap } from "../../../ponder.schema.ts";
import type { Extremes } from "../metrics/candlePrices.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";
import { integer } from "./windowSwaps.ts";

/** Of intervals of `length` seconds, a multiple of five minutes, from `first` on; unix seconds, `to` exclusive. */
export type WholeIntervals = { first: number; to: number; length: number };

/** By number of the interval, from 0: those without an event are left out. One query, over the stored five minutes. */
export async function extremesOfIntervals(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  { first, to, length }: WholeIntervals,
): Promise<ReadonlyMap<number, Extremes>> {
  const number = sql`div(${poolBucket.start} - ${sql.raw(String(first))}, ${sql.raw(String(length))})`;
  const rows = await snapshot
    .select({
      number: number.mapWith(Number),
      highX96: integer(sql`max(${poolBucket.highSqrtPriceX96})`),
      lowX96: integer(sql`min(${poolBucket.lowSqrtPriceX96})`),
    })
    .from(poolBucket)
    .where(
      and(
        ...[eq(poolBucket.chainId, chainId), eq(poolBucket.poolId, poolId)],
        ...[gte(poolBucket.start, first), lt(poolBucket.start, to)],
      ),
    )
    .groupBy(number);
  return new Map(rows.map(({ number, ...extremes }) => [number, extremes]));
}

/** Blocks after the one and up to the other, of the interval of that number. */
export type BlockSpan = { number: number; after: number; upTo: number };

/** The same of swaps one by one, and of what else moved the price by the ends of blocks. One query. */
export async function extremesOfBlocks(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  spans: readonly BlockSpan[],
): Promise<ReadonlyMap<number, Extremes>> {
  if (spans.length === 0) return new Map();
  const asked = spans.map(({ number, after, upTo }) => ({ n: number, a: after, u: upTo }));
  const rows = await snapshot
    .select({
      number: sql<number>`asked.n`,
      highX96: integer(sql`greatest(traded.high, stood.high)`),
      lowX96: integer(sql`least(traded.low, stood.low)`),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(n integer, a integer, u integer)
        cross join lateral (select max(${swap.sqrtPriceX96}) as high, min(${swap.sqrtPriceX96}) as low from ${swap}
          where ${swap.chainId} = ${chainId} and ${swap.poolId} = ${poolId}
            and ${swap.blockNumber} > asked.a and ${swap.blockNumber} <= asked.u) as traded
        cross join lateral (select max(${poolSnapshot.sqrtPriceX96}) as high, min(${poolSnapshot.sqrtPriceX96}) as low
          from ${poolSnapshot} where ${poolSnapshot.chainId} = ${chainId} and ${poolSnapshot.poolId} = ${poolId}
            and ${poolSnapshot.blockNumber} > asked.a and ${poolSnapshot.blockNumber} <= asked.u) as stood`,
    )
    .where(sql`stood.high is not null`);
  return new Map(rows.map(({ number, ...extremes }) => [number, extremes]));
}
