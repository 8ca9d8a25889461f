import { type SQL, sql } from "drizzle-orm";

/**
 * What a burn of one v2 LP token would pay of each token, in doubles, of a pool's `state`; null of other protocols and
 * without LP tokens. The protocol's shares that a burn would mint first are counted (UniswapV2Pair._mintFee), as
 * pendingMint has them to the last unit.
 */
export const perShare: readonly [SQL, SQL] = [reserveOverShares(0), reserveOverShares(1)];

function reserveOverShares(token: 0 | 1): SQL {
  const root = sql`state.liquidity::double precision`;
  const shares = sql`state.shares::double precision`;
  const rootLast = sql`floor(sqrt(state.k_last::double precision))`;
  const pending = sql`(case when state.fee_on and state.k_last > 0
    then ${shares} * greatest(${root} - ${rootLast}, 0) / (5 * ${root} + ${rootLast}) else 0 end)`;
  return sql`(${sql.raw(`state.balance${token}`)}::double precision / nullif(${shares} + ${pending}, 0))`;
}
