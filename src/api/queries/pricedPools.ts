import { type SQL, sql } from "drizzle-orm";
import { pool, poolSnapshot } from "../../../ponder.schema.ts";
import type { Point } from "../cursor.ts";
import { hasKnownFees } from "./knownFees.ts";
import { perShare } from "./pairReserves.ts";
import type { TokenUnit } from "./tokenUnits.ts";

/** Columns of {@link pricedPools}, to rank and to filter by. */
export const priced = {
  chainId: sql`priced.chain_id`,
  poolId: sql`priced.pool_id`,
  riskToken: sql`priced.risk_token`,
  tick: sql`priced.tick`,
  /** Square root of the raw price; null before the pool's first. */
  sqrtPrice: sql`priced.sqrt_price`,
  /** What lists rank a raw unit of token1 as; null where it has no price. */
  unit: sql`priced.unit`,
  /** The same, but null where the pool's fees are not known. */
  knownUnit: sql`priced.known_unit`,
  /** A raw unit of token1 in whole quote tokens, null where the pool's fees are not known: what is filtered by. */
  knownQuote: sql`priced.known_quote`,
  /** Null where the pool's fees are not known. */
  growth0: sql`priced.growth0`,
  growth1: sql`priced.growth1`,
  /** Of a v2 pair what one LP token is of each token; null elsewhere. */
  perShare0: sql`priced.per_share0`,
  perShare1: sql`priced.per_share1`,
  /** Something happened to it after the point that it is taken at. */
  changed: sql`priced.changed`,
  blockNumber: sql`priced.block_number`,
};

/**
 * What pools are taken at, and how they count. `points`: undefined now, else each pool as it stood after the last
 * event of its chain's point; those that came later have no price. `unit`: of a raw unit of each token1, or one for all.
 */
export type Pricing = {
  points: readonly Point[] | undefined;
  unit: number | "quote";
  quotes: readonly TokenUnit[];
};

/**
 * Every pool, or those of `where`. Kept from being merged into the query around it: Postgres would look a snapshot up
 * for every position.
 */
export function pricedPools({ points, unit, quotes }: Pricing, where: SQL | undefined): SQL {
  const quote = quotes.length === 0 ? sql`null::double precision` : sql`quoted.u`;
  const factor = unit === "quote" ? quote : sql`${unit}::double precision`;
  const known = sql`case when ${hasKnownFees(sql`state.quarantined_block`)} then`;
  return sql`(select ${pool.chainId} as chain_id, ${pool.poolId} as pool_id, ${pool.riskToken} as risk_token, state.tick,
      state.sqrt_price, state.changed, state.block_number, ${factor} as unit, ${known} ${factor} end as known_unit,
      ${known} ${quote} end as known_quote, ${known} state.growth0 end as growth0, ${known} state.growth1 end as growth1,
      ${perShare[0]} as per_share0, ${perShare[1]} as per_share1
    from ${pool} left join lateral (${points === undefined ? stateNow() : stateAt(points)}) as state on true
    ${quotes.length === 0 ? sql`` : quotedBy(quotes)} where ${where ?? sql`true`}) as priced`;
}

function stateNow(): SQL {
  return sql`select ${stateOf(pool)}, false as changed, 0 as block_number`;
}

/** Its row where nothing came after the point, else its newest snapshot up to it. */
function stateAt(points: readonly Point[]): SQL {
  const blocks = points.map(({ chainId, number }) => sql`when ${chainId}::integer then ${number}::integer`);
  const point = sql`(case ${pool.chainId} ${sql.join(blocks, sql` `)} end)`;
  return sql`select ${stateOf(pool)}, false as changed, ${point} as block_number where ${pool.changedBlock} <= ${point}
    union all (select ${stateOf(poolSnapshot)}, true, ${point} from ${poolSnapshot}
      where ${pool.changedBlock} > ${point} and ${poolSnapshot.chainId} = ${pool.chainId}
        and ${poolSnapshot.poolId} = ${pool.poolId} and ${poolSnapshot.blockNumber} <= ${point}
      order by ${poolSnapshot.blockNumber} desc limit 1)`;
}

function stateOf(table: typeof pool | typeof poolSnapshot): SQL {
  return sql`${table.tick} as tick, ${table.sqrtPriceDouble} as sqrt_price, ${table.quarantinedBlock} as quarantined_block,
    ${table.feeGrowthGlobal0X128} as growth0, ${table.feeGrowthGlobal1X128} as growth1, ${table.liquidity} as liquidity,
    ${table.balance0} as balance0, ${table.balance1} as balance1, ${table.shares} as shares, ${table.kLast} as k_last,
    ${table.feeOn} as fee_on`;
}

function quotedBy(quotes: readonly TokenUnit[]): SQL {
  const rows = quotes.map(({ chainId, token, unit }) => ({ c: chainId, t: token, u: unit }));
  return sql`left join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as quoted(c integer, t text, u double precision)
    on quoted.c = ${pool.chainId} and quoted.t = ${pool.token1}`;
}
