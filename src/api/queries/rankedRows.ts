import { type SQL, sql } from "drizzle-orm";
import type { ownership, position } from "../../../ponder.schema.ts";
import type { Held } from "./positionRank.ts";
import { priced } from "./pricedPools.ts";
import { endsOfEach, endsOfPool, joinEnds } from "./rangeGrowth.ts";

/** Rows to rank, by the name of `held`: what of them is selected, by whether they have liquidity. */
export type Rows = {
  select: (rows: Held) => SQL;
  condition: (rows: Held) => SQL;
  /** Whether any of it takes the growth inside ranges. */
  growth: boolean;
};

/**
 * Rows of whole pools, pool by pool: those with liquidity and those without each along an index that holds all that
 * is ranked by, the ticks of a pool looked at once. Nothing in it keeps Postgres from sharing the pools among workers.
 */
export function rowsOfPools(
  table: typeof position | typeof ownership,
  pools: SQL,
  { select, condition, growth }: Rows,
): SQL {
  const ofPool = sql`held.chain_id = ${priced.chainId} and held.pool_id = ${priced.poolId}`;
  return sql`(select ranked.* from ${pools} ${growth ? endsOfPool() : sql``} cross join lateral (
      select ${select("closed")} from ${table} as held
      where ${ofPool} and held.liquidity_double = 0 and ${condition("closed")}
      union all select ${select("open")} from ${table} as held ${growth ? joinEnds() : sql``}
      where ${ofPool} and held.liquidity_double > 0 and ${condition("open")}) as ranked)`;
}

/** Few rows out of any pools: `held` is found first. */
export function rowsOfFew(held: SQL, pools: SQL, { select, condition, growth }: Rows): SQL {
  return sql`(select ${select("either")} from ${held}
    join ${pools} on ${priced.chainId} = held.chain_id and ${priced.poolId} = held.pool_id
    ${growth ? endsOfEach() : sql``} where ${condition("either")})`;
}
