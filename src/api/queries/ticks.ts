import { and, asc, eq, gt, gte, lte, type SQL, sql } from "drizzle-orm";
import { tick, tickSnapshot } from "../../../ponder.schema.ts";
import { MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";
import type { Snapshot } from "../snapshot.ts";
import { columnsOf } from "./columnsOf.ts";
import type { PoolKey } from "./poolKey.ts";

export type TickRow = {
  tick: number;
  liquidityGross: bigint;
  liquidityNet: bigint;
  feeGrowthOutside0X128: bigint;
  feeGrowthOutside1X128: bigint;
};

/** Which ticks: both bounds included. `blockNumber`: as they were after it, now where null. */
export type TickScope = { tickLower: number; tickUpper: number; blockNumber: number | null; limit: number };

/** Initialised ticks of a pool, lowest first. */
export async function listTicks(snapshot: Snapshot, key: PoolKey, scope: TickScope): Promise<TickRow[]> {
  const { tickLower, tickUpper, blockNumber, limit } = scope;
  const inBounds = and(
    eq(tick.chainId, key.chainId),
    eq(tick.poolId, key.poolId),
    gte(tick.tick, tickLower),
    lte(tick.tick, tickUpper),
  );
  if (blockNumber === null) {
    return snapshot
      .select(SELECTED)
      .from(tick)
      .where(and(inBounds, gt(tick.liquidityGross, 0n)))
      .orderBy(asc(tick.tick))
      .limit(limit);
  }
  const rows = await snapshot
    .select(columnsOf("past", SELECTED))
    .from(sql`${tick} cross join lateral (${stateThen(blockNumber)}) as past`)
    .where(sql`${inBounds} and past.liquidity_gross > 0`)
    .orderBy(sql`past.tick asc`)
    .limit(limit);
  // The columns' names are those of SELECTED, which drizzle does not follow through an expression.
  return rows as unknown as TickRow[];
}

/** All ticks that were initialised after a block. */
export function everyTick(snapshot: Snapshot, key: PoolKey, blockNumber: number): Promise<TickRow[]> {
  const all = { tickLower: MIN_TICK, tickUpper: MAX_TICK, limit: MAX_TICK - MIN_TICK + 1 };
  return listTicks(snapshot, key, { ...all, blockNumber });
}

const SELECTED = {
  tick: tick.tick,
  liquidityGross: tick.liquidityGross,
  liquidityNet: tick.liquidityNet,
  feeGrowthOutside0X128: tick.feeGrowthOutside0X128,
  feeGrowthOutside1X128: tick.feeGrowthOutside1X128,
};

/** A tick that was ever initialised keeps its row: each is looked up as it was then. */
function stateThen(blockNumber: number): SQL {
  return sql`select * from ${tickSnapshot} where ${tickSnapshot.chainId} = ${tick.chainId}
    and ${tickSnapshot.poolId} = ${tick.poolId} and ${tickSnapshot.tick} = ${tick.tick}
    and ${tickSnapshot.blockNumber} <= ${blockNumber} order by ${tickSnapshot.blockNumber} desc limit 1`;
}
