import { and, eq, sql } from "drizzle-orm";
import { tick, tickSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";
import type { LiquidityStep } from "./poolPage.ts";

/** Ticks that were ever initialised. */
export async function countTicks(snapshot: Snapshot, { chainId, poolId }: PoolKey): Promise<number> {
  const [row] = await snapshot
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(tick)
    .where(and(eq(tick.chainId, chainId), eq(tick.poolId, poolId)));
  return row?.count ?? 0;
}

/**
 * By block: all ticks that were initialised after it, lowest first. One query, a look-up a tick and block, and one line of
 * text a block.
 */
export async function stepsAtBlocks(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  blockNumbers: readonly number[],
): Promise<ReadonlyMap<number, readonly LiquidityStep[]>> {
  const rows = await snapshot
    .select({
      blockNumber: sql<number>`asked.b`,
      steps: sql<string>`string_agg(step.tick || ':' || step.net, ',' order by step.tick)`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(blockNumbers.map((b) => ({ b })))}::jsonb) as asked(b integer)
        join ${tick} on ${tick.chainId} = ${chainId} and ${tick.poolId} = ${poolId}
        cross join lateral (select ${tick.tick} as tick, ${tickSnapshot.liquidityNet} as net,
            ${tickSnapshot.liquidityGross} as gross from ${tickSnapshot}
          where ${tickSnapshot.chainId} = ${chainId} and ${tickSnapshot.poolId} = ${poolId}
            and ${tickSnapshot.tick} = ${tick.tick} and ${tickSnapshot.blockNumber} <= asked.b
          order by ${tickSnapshot.blockNumber} desc limit 1) as step`,
    )
    .where(sql`step.gross > 0`)
    .groupBy(sql`asked.b`);
  return new Map(rows.map(({ blockNumber, steps }) => [blockNumber, steps.split(",").map(stepOf)]));
}

function stepOf(text: string): LiquidityStep {
  const [index, net] = text.split(":");
  return { tick: Number(index), liquidityNet: BigInt(net ?? 0) };
}
