import { and, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { block, pool, poolSnapshot, tick, tickSnapshot, token } from "../../../ponder.schema.ts";
import type { StandingPrice } from "../metrics/medianPrice.ts";
import type { Snapshot } from "../snapshot.ts";
import { blockAtTime } from "./blocks.ts";
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

/** A token that is on the way to somewhere: what a pool leads to must be it, or reach it by so many more pools. */
export type Destination = { token: Hex; pools: number };

/** A token, and how many raw units of it a pool must hold to be worth looking at. */
export type QuotableToken = { token: Hex; least: bigint };

/** The ticks whose prices are within 2 % of any price of tick t: t - 203 to t + 199. */
const TICKS_BELOW = 203;
const TICKS_ABOVE = 199;

/**
 * Pools that hold enough of one of the tokens, with liquidity in range, decimals of both tokens, and logs that fit;
 * each once. What a pool holds bounds its depth: dust is left out without a look at its ticks. One query. `to`: only
 * those that may be on the way there.
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
  if (to.pools === 0) return sql`${far} = ${to.token}`;
  const beside = (token: SQL, other: SQL) => sql`exists (select from ${pool} as beside
    where beside.chain_id = ${chainId} and ${token} = ${to.token} and ${other} = ${far})`;
  return sql`(${far} = ${to.token} or ${beside(sql`beside.token0`, sql`beside.token1`)}
    or ${beside(sql`beside.token1`, sql`beside.token0`)})`;
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

/** The last seconds up to a block, with what stood before them. */
export type PriceWindow = {
  /** Unix seconds. */
  from: number;
  /** The newest block row up to then, -1 before the chain's first. */
  before: number;
  /** Of the block rows since, by number. */
  timestamps: ReadonlyMap<number, number>;
};

/** Two queries. */
export async function findPriceWindow(snapshot: Snapshot, tip: Tip, seconds: number): Promise<PriceWindow> {
  const start = tip.timestamp - seconds;
  const before = (await blockAtTime(snapshot, tip.chainId, start))?.number ?? -1;
  const rows = await snapshot
    .select({ number: block.number, timestamp: block.timestamp })
    .from(block)
    .where(and(eq(block.chainId, tip.chainId), gt(block.number, before), lte(block.number, tip.number)));
  // A chain younger than that, as a local one, is looked at from its first block on.
  const from = before === -1 ? Math.min(tip.timestamp, ...rows.map(({ timestamp }) => timestamp)) : start;
  return { from, before, timestamps: new Map(rows.map(({ number, timestamp }) => [number, timestamp])) };
}

/**
 * By pool, oldest first: the price that stood when the window began and the price at the end of every block in it in
 * which something happened to the pool. One line of text a pool: an L2's busiest have thousands. One query.
 */
export async function findStandingPrices(
  snapshot: Snapshot,
  tip: Tip,
  poolIds: readonly Hex[],
  { from, before, timestamps }: PriceWindow,
): Promise<ReadonlyMap<Hex, readonly StandingPrice[]>> {
  const { chainId, poolId, blockNumber, sqrtPriceX96 } = poolSnapshot;
  const ofPool = sql`${chainId} = ${tip.chainId} and ${poolId} = asked.i and ${sqrtPriceX96} is not null`;
  const rows = await snapshot
    .select({
      poolId: sql<Hex>`asked.i`,
      standing: sql<string | null>`(select ${blockNumber} || ':' || ${sqrtPriceX96} from ${poolSnapshot}
        where ${ofPool} and ${blockNumber} <= ${before} order by ${blockNumber} desc limit 1)`,
      ended: sql<
        string | null
      >`(select string_agg(${blockNumber} || ':' || ${sqrtPriceX96}, ',' order by ${blockNumber})
        from ${poolSnapshot} where ${ofPool} and ${blockNumber} > ${before} and ${blockNumber} <= ${tip.number})`,
    })
    .from(sql`jsonb_to_recordset(${JSON.stringify(poolIds.map((i) => ({ i })))}::jsonb) as asked(i text)`);
  const standingPrice = (text: string): StandingPrice => {
    const [number, price] = text.split(":");
    return { timestamp: timestamps.get(Number(number)) ?? from, sqrtPriceX96: BigInt(price ?? 0) };
  };
  return new Map(
    rows.map(({ poolId, standing, ended }) => {
      const all = [...(standing === null ? [] : [standing]), ...(ended?.split(",") ?? [])];
      return [poolId, all.map(standingPrice)];
    }),
  );
}
