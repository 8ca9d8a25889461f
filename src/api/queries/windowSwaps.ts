import { and, desc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import { swap } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/** A pool's swaps of these blocks, both in it. */
export type SwapSpan = PoolKey & { fromBlock: number; toBlock: number };

/** What all of them paid in and took out, raw, and its worth in either token, each swap's at its own price, truncated. */
export type SwapSums = {
  swaps: number;
  /** Token1 that was paid for token0, and that token0 was sold for. */
  bought: bigint;
  sold: bigint;
  paidIn: SwapSide;
  takenOut: SwapSide;
};

export type SwapSide = { amount0: bigint; amount1: bigint; valueThen0: bigint; valueThen1: bigint };

const Q192 = sql.raw(String(2n ** 192n));

export async function sumSwaps(snapshot: Snapshot, span: SwapSpan): Promise<SwapSums> {
  const [in0, in1] = [sql`greatest(${swap.amount0}, 0)`, sql`greatest(${swap.amount1}, 0)`];
  const [out0, out1] = [sql`greatest(-${swap.amount0}, 0)`, sql`greatest(-${swap.amount1}, 0)`];
  const [row] = await snapshot
    .select({
      swaps: sql`count(*)`.mapWith(Number),
      bought: sum(sql`case when ${swap.amount0} <= 0 then ${in1} else 0 end`),
      sold: sum(out1),
      ...{ in0: sum(in0), in1: sum(in1), inValue0: sum(worth0(in0, in1)), inValue1: sum(worth1(in0, in1)) },
      ...{ out0: sum(out0), out1: sum(out1) },
      ...{ outValue0: sum(worth0(out0, out1)), outValue1: sum(worth1(out0, out1)) },
    })
    .from(swap)
    .where(within(span));
  if (row === undefined) throw new NoSumError(span);
  const { swaps, bought, sold } = row;
  const { in0: paid0, in1: paid1, inValue0, inValue1, out0: got0, out1: got1, outValue0, outValue1 } = row;
  return {
    ...{ swaps, bought, sold },
    paidIn: { amount0: paid0, amount1: paid1, valueThen0: inValue0, valueThen1: inValue1 },
    takenOut: { amount0: got0, amount1: got1, valueThen0: outValue0, valueThen1: outValue1 },
  };
}

/** Newest first, token1 raw of each: above 0 where token0 was bought with it, below where it was got for token0. */
export async function findTrades(snapshot: Snapshot, span: SwapSpan): Promise<bigint[]> {
  const rows = await snapshot
    .select({ amount0: swap.amount0, amount1: swap.amount1 })
    .from(swap)
    .where(within(span))
    .orderBy(desc(swap.blockNumber), desc(swap.logIndex));
  // What pays in both tokens and takes none is on no side: a pair can be paid so.
  return rows.map(({ amount0, amount1 }) => (amount1 > 0n && amount0 > 0n ? 0n : amount1));
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
