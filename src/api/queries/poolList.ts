import { and, count, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { pool, token } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { isAfter, type Key, sortBy } from "./keyset.ts";
import { hasKnownFees } from "./knownFees.ts";
import type { List, Ranked } from "./list.ts";
import type { PoolRow } from "./pools.ts";

/** Left out and null alike: no condition. */
export type PoolFilter = {
  chainId?: number | null;
  protocol?: string[] | null;
  tokens?: `0x${string}`[] | null;
  feePips?: number[] | null;
  hooks?: `0x${string}` | null;
  exact?: boolean | null;
};

export type PoolOrder = "CREATED";

const MAX_COUNT = 10_000;

const created: Key = { rank: pool.createdTimestamp, type: "integer", chainId: pool.chainId, id: pool.poolId };

/** The page's rows, and one more where there is a next page. */
export async function listPools(
  snapshot: Snapshot,
  { cursor, direction, first }: List,
  where: PoolFilter,
): Promise<Ranked<PoolRow>[]> {
  const rows = await snapshot
    .select()
    .from(pool)
    .where(and(poolCondition(where), cursor && isAfter(created, cursor, direction)))
    .orderBy(...sortBy(created, direction))
    .limit(first + 1);
  return rows.map((item) => ({ item, rank: item.createdTimestamp, chainId: item.chainId, id: item.poolId }));
}

/** All that the filter lets through, on every page; null above 10,000. */
export async function countPools(snapshot: Snapshot, where: PoolFilter): Promise<number | null> {
  const some = snapshot
    .select({ one: sql`1`.as("one") })
    .from(pool)
    .where(poolCondition(where))
    .limit(MAX_COUNT + 1)
    .as("some");
  const [counted] = await snapshot.select({ all: count() }).from(some);
  const all = counted?.all ?? 0;
  return all > MAX_COUNT ? null : all;
}

function poolCondition(where: PoolFilter): SQL | undefined {
  const conditions: (SQL | undefined)[] = [];
  if (where.chainId != null) conditions.push(eq(pool.chainId, where.chainId));
  if (where.protocol != null) conditions.push(inArray(pool.protocol, where.protocol));
  if (where.feePips != null) conditions.push(inArray(pool.fee, where.feePips));
  if (where.hooks != null) conditions.push(eq(pool.hooks, where.hooks));
  for (const address of new Set(where.tokens ?? [])) {
    conditions.push(or(eq(pool.token0, address), eq(pool.token1, address)));
  }
  if (where.exact != null) conditions.push(sql`${hasNoCaveat} = ${where.exact}`);
  return and(...conditions);
}

/** As poolCaveats finds none: of v2 there is always one. */
const hasNoCaveat = sql`(${hasKnownFees(pool.quarantinedBlock)} and ${pool.protocol} not in ('UNISWAP_V2', 'ALGEBRA_INTEGRAL')
  and (select count(*) from ${token} where ${token.chainId} = ${pool.chainId}
    and ${token.address} in (${pool.token0}, ${pool.token1}) and ${token.decimals} is not null) = 2)`;
