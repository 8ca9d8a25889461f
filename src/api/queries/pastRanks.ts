import { type SQL, sql } from "drizzle-orm";
import { position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Tip } from "./tips.ts";

const HALF = sql.raw(String(2n ** 255n));
const WHOLE = sql.raw(String(2n ** 256n));
const Q64 = sql.raw(`${2n ** 64n}::numeric`);
const Q128 = sql.raw(String(2n ** 128n));

/**
 * Positions as of a block, by the name of `held`, with the doubles that past lists rank by: made of the exact columns of
 * their snapshots, as `rankPosition` makes them. `which` chooses among `opened`, their rows of now.
 */
export function pastPositionsOf({ chainId, number }: Tip, which: SQL): SQL {
  return sql`(select opened.chain_id, opened.position_id, opened.pool_id, opened.protocol, opened.manager,
      opened.token_id, opened.tick_lower, opened.tick_upper, opened.opened_block, opened.opened_timestamp,
      opened.sqrt_price_lower_double, opened.sqrt_price_upper_double, state.owner, state.closed_block,
      state.closed_timestamp, ${LIQUIDITY}, ${double("hold0")}, ${double("hold1")}, ${double("realized_il1")},
      ${owedOffset(0)}, ${owedOffset(1)}
    from ${position} as opened cross join lateral (select * from ${positionSnapshot} as past
      where past.chain_id = opened.chain_id and past.position_id = opened.position_id and past.block_number <= ${number}
      order by past.block_number desc limit 1) as state
    where opened.chain_id = ${chainId} and ${which} and opened.opened_block <= ${number}) as held`;
}

/** Of LP tokens the principal's, and beside it the LP tokens. */
const LIQUIDITY = sql`(case when state.basis_x_64 is null then state.liquidity else state.basis_x_64 / ${Q64} end)::double precision
    as liquidity_double,
  (case when state.basis_x_64 is not null then state.liquidity end)::double precision as shares_double`;

function double(column: string): SQL {
  return sql.raw(`state.${column}::double precision as ${column}_double`);
}

/** What is owed less what growth up to the last touch, signed, makes of the liquidity: divided last. */
function owedOffset(token: 0 | 1): SQL {
  const last = sql.raw(`state.fee_growth_inside${token}_last_x_128`);
  const signed = sql`(case when ${last} >= ${HALF} then ${last} - ${WHOLE} else ${last} end)`;
  return sql`((${sql.raw(`state.tokens_owed${token}`)} * ${Q128} - state.liquidity * ${signed}) / ${Q128})::double precision
    as ${sql.raw(`owed_offset${token}_double`)}`;
}
