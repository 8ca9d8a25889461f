import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { swap } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/** A pool's swaps of these blocks, both in it. */
export type SwapSpan = PoolKey & { fromBlock: number; toBlock: number };

/** How many, and token1 that was paid for token0 in them, and that token0 was sold for: raw. */
export type TradeSums = { swaps: number; bought: bigint; sold: bigint };

/** What all of them paid in and took out, raw, and its worth in either token, each swap's at its own price, truncated. */
export type SwapSides = { paidIn: SwapSide; takenOut: SwapSide };

export type SwapSide = { amount0: bigint; amount1: bigint; valueThen0: bigint; valueThen1: bigint };

const Q192 = sql.raw(String(2n ** 192n));
const [IN0, IN1] = [sql`greatest(${swap.amount0}, 0)`, sql`greatest(${swap.amount1}, 0)`];
const [OUT0, OUT1] = [sql`greatest(-${swap.amount0}, 0)`, sql`greatest(-${swap.amount1}, 0)`];

export async function sumTrades(snapshot: Snapshot, span: SwapSpan): Promise<TradeSums> {
  const [sums] = await snapshot
    .select({
      swaps: sql`count(*)`.mapWith(Number),
      bought: sum(sql`case when ${swap.amount0} <= 0 then ${IN1} else 0 end`),
      sold: sum(OUT1),
    })
    .from(swap)
    .where(within(span));
  if (sums === undefined) throw new NoSumError(span);
  return sums;
}

/** Most of its time goes into the worth of each. */
export async function sumSides(snapshot: Snapshot, span: SwapSpan): Promise<SwapSides> {
  const [row] = await snapshot
    .select({
      ...{ in0: sum(IN0), in1: sum(IN1), inValue0: sum(worth0(IN0, IN1)), inValue1: sum(worth1(IN0, IN1)) },
      ...{ out0: sum(OUT0), out1: sum(OUT1) },
      ...{ outValue0: sum(worth0(OUT0, OUT1)), outValue1: sum(worth1(OUT0, OUT1)) },
    })
    .from(swap)
    .where(within(span));
  if (row === undefined) throw new NoSumError(span);
  const { in0: paid0, in1: paid1, inValue0, inValue1, out0: got0, out1: got1, outValue0, outValue1 } = row;
  return {
    paidIn: { amount0: paid0, amount1: paid1, valueThen0: inValue0, valueThen1: inValue1 },
    takenOut: { amount0: got0, amount1: got1, valueThen0: outValue0, valueThen1: outValue1 },
  };
}

/**
 * Newest first, token1 raw of each: above 0 where token0 was bought with it, below where it was got for token0. As one
 * text: as rows, to be decoded column by column, they would take six times as long.
 */
export async function findTrades(snapshot: Snapshot, span: SwapSpan): Promise<bigint[]> {
  // What pays in both tokens and takes none is on no side: a pair can be paid so.
  const trade = sql`case when ${swap.amount1} > 0 and ${swap.amount0} > 0 then 0 else ${swap.amount1} end`;
  const newestFirst = sql`${swap.blockNumber} desc, ${swap.logIndex} desc`;
  const [row] = await snapshot
    .select({ trades: sql<string | null>`string_agg((${trade})::text, ' ' order by ${newestFirst})` })
    .from(swap)
    .where(within(span));
  return row?.trades == null ? [] : row.trades.split(" ").map(BigInt);
}

export function within({ chainId, poolId, fromBlock, toBlock }: SwapSpan): SQL | undefined {
  const isPools = and(eq(swap.chainId, chainId), eq(swap.poolId, poolId));
  return and(isPools, gte(swap.blockNumber, fromBlock), lte(swap.blockNumber, toBlock));
}

function worth1(amount0: SQL, amount1: SQL): SQL {
  return sql`${amount1} + div(${amount0} * ${swap.sqrtPriceX96} * ${swap.sqrtPriceX96}, ${Q192})`;
}

function worth0(amount0: SQL, amount1: SQL): SQL {
  return sql`${amount0} + div(${amount1} * ${Q192}, ${swap.sqrtPriceX96} * ${swap.sqrtPriceX96})`;
}

function sum(term: SQL): SQL<bigint> {
  return integer(sql`coalesce(sum(${term}), 0)`);
}

/** As text: what the driver makes of a numeric is not told by an expression. */
export function integer(term: SQL): SQL<bigint> {
  return sql`(${term})::text`.mapWith((text: string) => BigInt(text));
}

export class NoSumError extends Error {
  override readonly name = "NoSumError";

  constructor({ chainId, poolId }: PoolKey) {
    super(`sums over swaps of pool ${poolId} of chain ${chainId} have no row: check the query's grouping`);
  }
}
