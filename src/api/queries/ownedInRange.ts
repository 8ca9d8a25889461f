import { type SQL, sql } from "drizzle-orm";
import { position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/** Of what each owner has in range of a pool, the sum and that of its squares. */
export type OwnedInRange = { sum: bigint; squares: bigint };

/** A scan of the pool's positions, one query; `blockNumber`: as of a block that was asked for, now where null. */
export async function sumOwnedInRange(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  tick: number,
  blockNumber: number | null,
): Promise<OwnedInRange> {
  const state = blockNumber === null ? sql`select held.*` : stateThen(blockNumber);
  const [sums] = await snapshot
    .select({
      sum: sql<bigint>`coalesce(sum(liquidity), 0)::text`.mapWith(BigInt),
      squares: sql<bigint>`coalesce(sum(liquidity * liquidity), 0)::text`.mapWith(BigInt),
    })
    .from(
      sql`(select state.owner, sum(state.liquidity) as liquidity
        from ${position} as held cross join lateral (${state}) as state
        where held.chain_id = ${chainId} and held.pool_id = ${poolId}
          and held.tick_lower <= ${tick} and held.tick_upper > ${tick} and state.liquidity > 0
        group by state.owner) as owners`,
    );
  return sums ?? { sum: 0n, squares: 0n };
}

function stateThen(blockNumber: number): SQL {
  return sql`select * from ${positionSnapshot} as past where past.chain_id = held.chain_id
    and past.position_id = held.position_id and past.block_number <= ${blockNumber}
    order by past.block_number desc limit 1`;
}
