import { type SQL, sql } from "drizzle-orm";
import { pool, poolSnapshot } from "../../../ponder.schema.ts";
import type { Point } from "../cursor.ts";

/** Columns of {@link pricedPools}, to rank and to filter by. */
export const priced = {
  chainId: sql`priced.chain_id`,
  poolId: sql`priced.pool_id`,
  riskToken: sql`priced.risk_token`,
  tick: sql`priced.tick`,
  /** Square root of the raw price; null before the pool's first. */
  sqrtPrice: sql`priced.sqrt_price`,
};

/** Every pool as it stands now. */
export function currentPools(): SQL {
  return sql`(select ${pool.chainId} as chain_id, ${pool.poolId} as pool_id, ${pool.riskToken} as risk_token,
      ${pool.tick} as tick, ${pool.sqrtPriceDouble} as sqrt_price from ${pool}) as priced`;
}

/**
 * Pools as they stood after the last event of their chain's point; those that came later have no price. Kept
 * from being merged into the query around it: Postgres would look a snapshot up for every position. `where`
 * names the few that matter, where it can.
 */
export function poolsAt(points: readonly Point[], where: SQL | undefined): SQL {
  const blocks = points.map(({ chainId, number }) => sql`when ${chainId}::integer then ${number}::integer`);
  const blockNumber = sql`case ${pool.chainId} ${sql.join(blocks, sql` `)} end`;
  return sql`(with at_point as materialized (
      select ${pool.chainId} as chain_id, ${pool.poolId} as pool_id, ${pool.riskToken} as risk_token,
        snapshot.tick, snapshot.sqrt_price from ${pool} left join lateral (
          select ${poolSnapshot.tick} as tick, ${poolSnapshot.sqrtPriceDouble} as sqrt_price from ${poolSnapshot}
          where ${poolSnapshot.chainId} = ${pool.chainId} and ${poolSnapshot.poolId} = ${pool.poolId}
            and ${poolSnapshot.blockNumber} <= ${blockNumber}
          order by ${poolSnapshot.blockNumber} desc limit 1) as snapshot on true
      where ${where ?? sql`true`}) select * from at_point) as priced`;
}
