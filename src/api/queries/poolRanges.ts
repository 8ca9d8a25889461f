import { type SQL, sql } from "drizzle-orm";
import { position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { type PoolKey, poolKey } from "./poolKey.ts";
import type { Tip } from "./tips.ts";

/** All positions of a pool: what their baskets add up to, and the liquidity of each range that the price is in. */
export type PoolRanges = {
  hold0: bigint;
  hold1: bigint;
  entryValue1: bigint;
  inRange: readonly { tickLower: number; tickUpper: number; liquidity: bigint }[];
};

type Ticked = PoolKey & { tick: number | null };

/** By {@link poolKey}, in one query however many they are; `past`: as of these blocks, now where null. */
export async function findPoolRanges(
  snapshot: Snapshot,
  pools: readonly Ticked[],
  past: ReadonlyMap<number, Tip> | null,
): Promise<ReadonlyMap<string, PoolRanges>> {
  if (pools.length === 0) return new Map();
  const asked = pools.map(({ chainId, poolId, tick }) => ({
    ...{ c: chainId, p: poolId, t: tick, b: past?.get(chainId)?.number ?? null },
  }));
  const inRange = sql`held.tick_lower <= asked.t and held.tick_upper > asked.t`;
  const sumOf = (column: string) =>
    sql<bigint>`coalesce(sum(${sql.raw(`state.${column}`)}), 0)::text`.mapWith(BigInt);
  const rows = await snapshot
    .select({
      chainId: sql<number>`asked.c`,
      poolId: sql<`0x${string}`>`asked.p`,
      tickLower: sql<number | null>`case when ${inRange} then held.tick_lower end`,
      tickUpper: sql<number | null>`case when ${inRange} then held.tick_upper end`,
      liquidity: sumOf("liquidity"),
      hold0: sumOf("hold0"),
      hold1: sumOf("hold1"),
      entryValue1: sumOf("entry_value1"),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(c integer, p text, t integer, b integer)
        join ${position} as held on held.chain_id = asked.c and held.pool_id = asked.p
        cross join lateral (${past === null ? sql`select held.*` : stateThen()}) as state`,
    )
    .where(sql`state.liquidity > 0`)
    .groupBy(sql`1, 2, 3, 4`);
  const found = new Map<string, PoolRanges>();
  for (const { chainId, poolId, tickLower, tickUpper, liquidity, ...sums } of rows) {
    const before = found.get(poolKey({ chainId, poolId })) ?? NO_RANGES;
    const range = tickLower === null || tickUpper === null ? [] : [{ tickLower, tickUpper, liquidity }];
    found.set(poolKey({ chainId, poolId }), {
      hold0: before.hold0 + sums.hold0,
      hold1: before.hold1 + sums.hold1,
      entryValue1: before.entryValue1 + sums.entryValue1,
      inRange: [...before.inRange, ...range],
    });
  }
  return found;
}

export const NO_RANGES: PoolRanges = { hold0: 0n, hold1: 0n, entryValue1: 0n, inRange: [] };

function stateThen(): SQL {
  return sql`select * from ${positionSnapshot} as past where past.chain_id = held.chain_id
    and past.position_id = held.position_id and past.block_number <= asked.b order by past.block_number desc limit 1`;
}
