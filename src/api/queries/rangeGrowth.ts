import { type SQL, sql } from "drizzle-orm";
import { tick, tickSnapshot } from "../../../ponder.schema.ts";
import { priced } from "./pricedPools.ts";

/**
 * Fee growth inside ranges, for ranking: as doubles, signed, over 2^128. Growth below a tick is a number of the tick
 * alone, and growth inside a range what is below its upper tick less what is below its lower one; so each tick is
 * looked at once, however many ranges end at it. Off by 2^-53 of all growth of the pool. Growth is kept modulo 2^256,
 * of which the number nearest to 0 is meant: right but where a growth passes half a turn.
 */
const HALF = sql.raw(String(2n ** 255n));
const WHOLE = sql.raw(String(2n ** 256n));
const SCALE = sql.raw(`${2 ** -128}::double precision`);
const TURN = sql.raw(`${2 ** 128}::double precision`);

/** Of each token, inside the range of what a query holds; null where a tick of it is not initialised. */
export const insideRange = [sql`inside.growth0`, sql`inside.growth1`] as const;

/** Looked up for each row that is held: for few of them. */
export function insideOfEach(): SQL {
  const end = (bound: SQL) => sql`(select ${growthBelow(0)} as growth0, ${growthBelow(1)} as growth1
    from (${ticksOfPool(sql`and ${tick.tick} = ${bound}`)}) as bound)`;
  return sql`left join lateral (select upper_end.growth0 - lower_end.growth0 as growth0,
      upper_end.growth1 - lower_end.growth1 as growth1
    from ${end(sql`held.tick_lower`)} as lower_end cross join ${end(sql`held.tick_upper`)} as upper_end) as inside
    on held.liquidity_double > 0`;
}

/** All ticks of a pool at once, beside the pool and in their order: for many rows. Null where its fees are not known. */
export function endsOfPool(): SQL {
  const all = (value: SQL) => sql`array_agg(${value} order by bound.tick)`;
  return sql`cross join lateral (select ${all(sql`bound.tick::integer`)} as ticks,
      ${all(growthBelow(0))} as growth0, ${all(growthBelow(1))} as growth1
    from (${ticksOfPool(sql``)}) as bound where bound.gross > 0) as ends`;
}

/** Finds the ticks of the row that is held among those of {@link endsOfPool}: by halves, not by a join. */
export function insideOfPool(): SQL {
  const below = (bound: SQL, token: 0 | 1) =>
    sql`${sql.raw(`ends.growth${token}`)}[width_bucket(${bound}, ends.ticks)]`;
  const inside = (token: 0 | 1) =>
    sql`${below(sql`held.tick_upper`, token)} - ${below(sql`held.tick_lower`, token)}`;
  return sql`cross join lateral (select ${inside(0)} as growth0, ${inside(1)} as growth1) as inside`;
}

/** The pool's ticks as they are, or were where it has changed since its point; none where its fees are not known. */
function ticksOfPool(which: SQL): SQL {
  const outside = (table: typeof tick | typeof tickSnapshot) =>
    sql`${table.liquidityGross} as gross, ${table.feeGrowthOutside0X128} as outside0, ${table.feeGrowthOutside1X128} as outside1`;
  const ofPool = sql`${tick.chainId} = ${priced.chainId} and ${tick.poolId} = ${priced.poolId} ${which}
    and ${priced.growth0} is not null`;
  return sql`select ${tick.tick} as tick, ${outside(tick)} from ${tick} where ${ofPool} and not ${priced.changed}
    union all select ${tick.tick}, past.gross, past.outside0, past.outside1 from ${tick} cross join lateral (
      select ${outside(tickSnapshot)} from ${tickSnapshot} where ${tickSnapshot.chainId} = ${priced.chainId}
        and ${tickSnapshot.poolId} = ${priced.poolId} and ${tickSnapshot.tick} = ${tick.tick}
        and ${tickSnapshot.blockNumber} <= ${priced.blockNumber}
      order by ${tickSnapshot.blockNumber} desc limit 1) as past
    where ${ofPool} and ${priced.changed}`;
}

/** Growth on the lower side of a tick, as the contract has it on either side. */
function growthBelow(token: 0 | 1): SQL {
  const outside = signed(sql.raw(`bound.outside${token}`));
  const all = signed(token === 0 ? priced.growth0 : priced.growth1);
  const below = sql`(${all} - ${outside})`;
  return sql`(case when ${priced.tick} >= bound.tick then ${outside}
    else ${below} - ${TURN} * round(${below} / ${TURN}) end)`;
}

/** Exactly, before it becomes a double: a growth just below a whole turn is one just below 0. */
function signed(growth: SQL): SQL {
  return sql`((case when ${growth} >= ${HALF} then ${growth} - ${WHOLE} else ${growth} end)::double precision * ${SCALE})`;
}
