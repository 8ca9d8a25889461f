import { and, count, eq, inArray, type SQL, sql } from "drizzle-orm";
import { pool, position } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { isAfter, sortBy } from "./keyset.ts";
import type { List, Ranked } from "./list.ts";
import { filtersByPrice, type PositionFilter, positionCondition } from "./positionFilter.ts";
import { type PositionOrder, positionKey } from "./positionRank.ts";
import type { PositionRow } from "./positions.ts";
import { currentPools, poolsAt, priced } from "./pricedPools.ts";

const MAX_COUNT = 10_000;
const UNPRICED: ReadonlySet<PositionOrder> = new Set(["OPENED", "CLOSED", "LIQUIDITY"]);

const ofPool = and(eq(priced.chainId, position.chainId), eq(priced.poolId, position.poolId));

/** The page's rows, and one more where there is a next page. */
export async function listPositions(
  snapshot: Snapshot,
  list: List,
  where: PositionFilter,
  order: PositionOrder,
): Promise<Ranked<PositionRow>[]> {
  const key = positionKey(order);
  const { cursor, direction } = list;
  const query = snapshot
    .select({ item: position, rank: sql<number | null>`${key.rank}` })
    .from(position)
    .$dynamic();
  if (!UNPRICED.has(order) || filtersByPrice(where)) query.innerJoin(poolsOf(list, where), ofPool);
  const rows = await query
    .where(and(positionCondition(where), cursor && isAfter(key, cursor, direction)))
    .orderBy(...sortBy(key, direction))
    .limit(list.first + 1);
  return rows.map(({ item, rank }) => ({ item, rank, chainId: item.chainId, id: item.positionId }));
}

/** All that the filter lets through, on every page; null above 10,000. */
export async function countPositions(
  snapshot: Snapshot,
  list: List,
  where: PositionFilter,
): Promise<number | null> {
  const query = snapshot
    .select({ one: sql`1`.as("one") })
    .from(position)
    .$dynamic();
  if (filtersByPrice(where)) query.innerJoin(poolsOf(list, where), ofPool);
  const some = query
    .where(positionCondition(where))
    .limit(MAX_COUNT + 1)
    .as("some");
  const [counted] = await snapshot.select({ all: count() }).from(some);
  const all = counted?.all ?? 0;
  return all > MAX_COUNT ? null : all;
}

function poolsOf({ cursor }: List, where: PositionFilter): SQL {
  return cursor === undefined ? currentPools() : poolsAt(cursor.points, poolCondition(where));
}

/** Of the pools that a position of the filter may be in. */
function poolCondition({ chainId, pool: poolId, owner }: PositionFilter): SQL | undefined {
  return and(
    chainId == null ? undefined : eq(pool.chainId, chainId),
    poolId == null ? undefined : eq(pool.poolId, poolId),
    owner == null
      ? undefined
      : sql`(${pool.chainId}, ${pool.poolId}) in (select held.chain_id, held.pool_id from ${position} as held
          where ${inArray(sql`held.owner`, owner)})`,
  );
}
