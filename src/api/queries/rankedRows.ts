import { type SQL, sql } from "drizzle-orm";
import type { ownership, position } from "../../../ponder.schema.ts";
import type { Held } from "./positionRank.ts";
import { priced } from "./pricedPools.ts";
import { endsOfPool, insideOfEach, insideOfPool } from "./rangeGrowth.ts";

/** Rows to rank, by the name of `held`: what of them is selected, by whether they have liquidity. */
export type Rows = {
  select: (rows: Held) => SQL;
  condition: (rows: Held) => SQL;
  /** Whether any of it takes the growth inside ranges. */
  growth: boolean;
};

/**
 * Rows of whole pools, pool by pool: those without liquidity and those with it each along an index that holds all
 * that is ranked by. Where growth is taken, the ticks of a pool are looked at once, before its rows: the offset keeps
 * Postgres from turning that round. It shares the pools among workers but there, where one hangs on the other.
 */
export function rowsOfPools(
  table: typeof position | typeof ownership,
  pools: SQL,
  { select, condition, growth }: Rows,
): SQL {
  const ofPool = sql`held.chain_id = ${priced.chainId} and held.pool_id = ${priced.poolId}`;
  const open = sql`held.liquidity_double > 0 and ${condition("open")}`;
  const closed = sql`select ${select("closed")} from ${pools} join ${table} as held on ${ofPool}
    where held.liquidity_double = 0 and ${condition("closed")}`;
  if (!growth) {
    return sql`(${closed} union all select ${select("open")} from ${pools} join ${table} as held on ${ofPool} where ${open})`;
  }
  return sql`(${closed} union all select ranked.* from ${pools} ${endsOfPool()} cross join lateral (
      select ${select("open")} from ${table} as held ${insideOfPool()} where ${ofPool} and ${open} offset 0) as ranked)`;
}

/** Few rows out of any pools: `held` is found first. */
export function rowsOfFew(held: SQL, pools: SQL, { select, condition, growth }: Rows): SQL {
  return sql`(select ${select("either")} from ${held}
    join ${pools} on ${priced.chainId} = held.chain_id and ${priced.poolId} = held.pool_id
    ${growth ? insideOfEach() : sql``} where ${condition("either")})`;
}
