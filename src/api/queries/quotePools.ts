import { type SQL, sql } from "drizzle-orm";
import { pool, poolSnapshot, tick, tickSnapshot, token } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { isNative, NATIVE } from "./nativeCurrency.ts";
import type { LiquidityStep } from "./poolPage.ts";
import type { Tip } from "./tips.ts";

type Hex = `0x${string}`;

/** A pool as it was at a block, as far as a quote price needs it. */
export type QuotablePool = {
  poolId: Hex;
  token0: Hex;
  token1: Hex;
  token0Decimals: number;
  token1Decimals: number;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  /** Nothing of it has changed since the block. */
  unchanged: boolean;
};

/**
 * A token that is on the way to somewhere: what a pool leads to must be it, or reach it by so many more pools.
 * `wrappedNative` stands for the native currency too.
 */
export type Destination = { token: Hex; pools: number; wrappedNative: Hex | null };

/** A token, and how many raw units of it a pool must hold to be worth looking at. */
export type QuotableToken = { token: Hex; least: bigint };

/** As the rows have it: the address that says that a v4 pool has none. */
const NO_HOOKS = NATIVE;

/** The ticks whose prices are within 2 % of any price of tick t: t - 203 to t + 199. */
const TICKS_BELOW = 203;
const TICKS_ABOVE = 199;

/**
 * Pools that hold enough of one of the tokens, with liquidity in range, decimals of both tokens, and logs that fit;
 * each once. What a pool holds bounds its depth: dust is left out without a look at its ticks. One query. `to`: only
 * those that may be on the way there. v4 pools with hooks are left out: hooks can refuse the very trades that would
 * correct a price, so that liquidity behind them does not make it dear to move.
 */
export async function findQuotablePools(
  snapshot: Snapshot,
  tip: Tip,
  tokens: readonly QuotableToken[],
  to?: Destination,
): Promise<QuotablePool[]> {
  if (tokens.length === 0) return [];
  const asked = tokens.map(({ token, least }) => ({ t: token, m: least.toString() }));
  const side = (
    address: SQL,
    balance: SQL,
    far: SQL,
  ) => sql`select ${pool.poolId} as pool_id, ${pool.token0} as token0,
      ${pool.token1} as token1, state.*
    from asked join ${pool} on ${pool.chainId} = ${tip.chainId} and ${address} = asked.t
    cross join lateral (${stateAt(tip)}) as state
    where ${pool.trackedFromBlock} <= ${tip.number} and state.liquidity > 0
      and (${pool.hooks} is null or ${pool.hooks} = ${NO_HOOKS})
      and state.quarantined_block is null and ${balance} >= asked.m and ${leads(far, tip.chainId, to)}`;
  const rows = await snapshot
    .selectDistinct({
      poolId: sql<Hex>`held.pool_id`,
      token0: sql<Hex>`held.token0`,
      token1: sql<Hex>`held.token1`,
      token0Decimals: sql<number>`token0.decimals`,
      token1Decimals: sql<number>`token1.decimals`,
      sqrtPriceX96: sql<bigint>`held.sqrt_price_x96::text`.mapWith(BigInt),
      tick: sql<number>`held.tick`,
      liquidity: sql<bigint>`held.liquidity::text`.mapWith(BigInt),
      unchanged: sql<boolean>`held.unchanged`,
    })
    .from(
      sql`(with asked as materialized (
            select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as tokens(t text, m numeric))
          ${side(sql`${pool.token0}`, sql`state.balance0`, sql`${pool.token1}`)}
          union all ${side(sql`${pool.token1}`, sql`state.balance1`, sql`${pool.token0}`)}) as held
        join ${token} as token0 on token0.chain_id = ${tip.chainId} and token0.address = held.token0
        join ${token} as token1 on token1.chain_id = ${tip.chainId} and token1.address = held.token1`,
    )
    .where(sql`token0.decimals is not null and token1.decimals is not null and held.tick is not null`);
  return rows;
}

/** Two pools are all that a path has after its first. */
function leads(far: SQL, chainId: number, to: Destination | undefined): SQL {
  if (to === undefined || to.pools >= 2) return sql`true`;
  const { token, wrappedNative } = to;
  const isThere = (address: SQL) => isSame(address, sql`${token}`, wrappedNative);
  if (to.pools === 0) return isThere(far);
  const beside = (near: SQL, other: SQL) => sql`exists (select from ${pool} as beside
    where beside.chain_id = ${chainId} and ${isThere(near)} and ${isSame(other, far, wrappedNative)})`;
  return sql`(${isThere(far)} or ${beside(sql`beside.token0`, sql`beside.token1`)}
    or ${beside(sql`beside.token1`, sql`beside.token0`)})`;
}

/** One token, or native currency and its wrapped token. */
function isSame(a: SQL, b: SQL, wrappedNative: Hex | null): SQL {
  if (wrappedNative === null) return sql`${a} = ${b}`;
  return sql`(${a} = ${b} or (${isNative(a, wrappedNative)} and ${isNative(b, wrappedNative)}))`;
}

/** Its row where nothing came after the block, else its newest snapshot up to it: one of the two is never looked up. */
function stateAt(tip: Tip): SQL {
  return sql`select ${pool.sqrtPriceX96} as sqrt_price_x96, ${pool.tick} as tick, ${pool.liquidity} as liquidity,
      ${pool.balance0} as balance0, ${pool.balance1} as balance1,
      ${pool.quarantinedBlock} as quarantined_block, true as unchanged
    where ${pool.changedBlock} <= ${tip.number}
    union all (select ${poolSnapshot.sqrtPriceX96}, ${poolSnapshot.tick}, ${poolSnapshot.liquidity},
        ${poolSnapshot.balance0}, ${poolSnapshot.balance1}, ${poolSnapshot.quarantinedBlock}, false
      from ${poolSnapshot}
      where ${pool.changedBlock} > ${tip.number} and ${poolSnapshot.chainId} = ${tip.chainId}
        and ${poolSnapshot.poolId} = ${pool.poolId} and ${poolSnapshot.blockNumber} <= ${tip.number}
      order by ${poolSnapshot.blockNumber} desc limit 1)`;
}

/** By pool, lowest first: the initialised ticks within 2 % of its price. One query. */
export async function findNearSteps(
  snapshot: Snapshot,
  tip: Tip,
  pools: readonly QuotablePool[],
): Promise<ReadonlyMap<Hex, readonly LiquidityStep[]>> {
  const asked = pools.map((found) => ({
    ...{ i: found.poolId, l: found.tick - TICKS_BELOW, h: found.tick + TICKS_ABOVE, u: found.unchanged },
  }));
  const rows = await snapshot
    .select({
      poolId: sql<Hex>`asked.i`,
      tick: sql<number>`step.tick`.mapWith(Number),
      liquidityNet: sql<bigint>`step.net::text`.mapWith(BigInt),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(i text, l numeric, h numeric, u boolean)
        cross join lateral (select ${tick.tick} as tick,
            case when asked.u then ${tick.liquidityNet} else (
              select ${tickSnapshot.liquidityNet} from ${tickSnapshot}
              where ${tickSnapshot.chainId} = ${tip.chainId} and ${tickSnapshot.poolId} = asked.i
                and ${tickSnapshot.tick} = ${tick.tick} and ${tickSnapshot.blockNumber} <= ${tip.number}
              order by ${tickSnapshot.blockNumber} desc limit 1) end as net
          from ${tick}
          where ${tick.chainId} = ${tip.chainId} and ${tick.poolId} = asked.i
            and ${tick.tick} between asked.l and asked.h) as step`,
    )
    .where(sql`step.net <> 0`)
    .orderBy(sql`step.tick`);
  const steps = new Map<Hex, LiquidityStep[]>();
  for (const { poolId, ...step } of rows) {
    const ofPool = steps.get(poolId) ?? [];
    ofPool.push(step);
    steps.set(poolId, ofPool);
  }
  return steps;
}
