import { and, count, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { pool, position } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { isAfter, type Key, sortBy } from "./keyset.ts";
import type { List, Ranked } from "./list.ts";
import { filtersByPrice, type PositionFilter, positionCondition } from "./positionFilter.ts";
import { type PositionOrder, positionKey } from "./positionRank.ts";
import type { PositionRow } from "./positions.ts";
import { currentPools, poolsAt, priced } from "./pricedPools.ts";

const MAX_COUNT = 10_000;
const LARGEST_INT = 2 ** 31 - 1;
const UNPRICED: ReadonlySet<PositionOrder> = new Set(["OPENED", "CLOSED", "LIQUIDITY"]);

type RankedRow = PositionRow & { rank: number | null };

const ofPool = and(eq(priced.chainId, position.chainId), eq(priced.poolId, position.poolId));

/** The page's rows, and one more where there is a next page. */
export async function listPositions(
  snapshot: Snapshot,
  list: List,
  where: PositionFilter,
  order: PositionOrder,
): Promise<Ranked<PositionRow>[]> {
  const byPrice = !UNPRICED.has(order) || filtersByPrice(where);
  const rows = await (byPrice ? pageByPrice : pageByColumn)(snapshot, list, where, positionKey(order));
  return rows.map(({ rank, ...item }) => ({ item, rank, chainId: item.chainId, id: item.positionId }));
}

/** Along an index, where the rank has one. */
function pageByColumn(
  snapshot: Snapshot,
  { cursor, direction, first }: List,
  where: PositionFilter,
  key: Key,
): Promise<RankedRow[]> {
  return snapshot
    .select({ ...getTableColumns(position), rank: sql<number | null>`${key.rank}` })
    .from(position)
    .where(and(positionCondition(where), cursor && isAfter(key, cursor, direction)))
    .orderBy(...sortBy(key, direction))
    .limit(first + 1);
}

/**
 * Ranks first and pages then. The limit that limits nothing keeps the two apart: of the cursor's condition
 * Postgres can estimate nothing, takes it for one row and joins the pools by a loop over everything.
 */
function pageByPrice(snapshot: Snapshot, list: List, where: PositionFilter, key: Key): Promise<RankedRow[]> {
  const { cursor, direction, first } = list;
  const ranked = snapshot
    .select({ ...getTableColumns(position), rank: sql<number | null>`${key.rank}`.as("rank") })
    .from(position)
    .innerJoin(poolsOf(list, where), ofPool)
    .where(positionCondition(where))
    .limit(LARGEST_INT)
    .as("ranked");
  const rankedKey = { ...key, rank: ranked.rank, chainId: ranked.chainId, id: ranked.positionId };
  return snapshot
    .select()
    .from(ranked)
    .where(cursor && isAfter(rankedKey, cursor, direction))
    .orderBy(...sortBy(rankedKey, direction))
    .limit(first + 1);
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
