import { and, count, eq, type SQL, sql } from "drizzle-orm";
import { ownership, pool, position } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { takesGrowth } from "./heldFigures.ts";
import { isAfter, sortBy } from "./keyset.ts";
import type { List, Ranked } from "./list.ts";
import { pastPositionsOf } from "./pastRanks.ts";
import { filtersByPrice, isAnyOf, type PositionFilter, positionCondition } from "./positionFilter.ts";
import { figureOf, type Held, type PositionOrder, positionKey, rankOf } from "./positionRank.ts";
import { type Pricing, pricedPools } from "./pricedPools.ts";
import { type Rows, rowsOfFew, rowsOfPools } from "./rankedRows.ts";
import { rankInMemory } from "./rankInMemory.ts";
import type { Tip } from "./tips.ts";

const MAX_COUNT = 10_000;

/** What positions are listed: those of now, or of one pool or some owners as of a block that was asked for. */
export type PositionScope = {
  where: PositionFilter;
  order: PositionOrder;
  pricing: Pricing;
  past: Tip | null;
};

type PositionPlace = { chainId: number; positionId: string };

const places = sql.raw("held.chain_id, held.position_id");

/** The page's ids, and one more where there is a next page. */
export async function listPositions(
  snapshot: Snapshot,
  { cursor, direction, first }: List,
  scope: PositionScope,
): Promise<Ranked<PositionPlace>[]> {
  const { where, order, past } = scope;
  const alongIndex = order === "OPENED" && past === null && !filtersByPrice(where);
  if (!alongIndex) await rankInMemory(snapshot);
  const table = alongIndex ? "held" : "ranked";
  const rank = alongIndex ? rankOf(order, "either") : sql`ranked.rank`;
  const key = positionKey(order, table, rank);
  const rows = await snapshot
    .select({
      chainId: sql<number>`${key.chainId}`,
      positionId: sql<string>`${key.id}`,
      rank: sql<number | null>`${rank}`,
    })
    .from(alongIndex ? sql`${position} as held` : sql`${rankedRows(scope)} as ranked`)
    .where(
      and(
        alongIndex ? positionCondition(where, "either") : undefined,
        cursor && isAfter(key, cursor, direction),
      ),
    )
    .orderBy(...sortBy(key, direction))
    .limit(first + 1);
  return rows.map(({ rank, ...item }) => ({ item, rank, chainId: item.chainId, id: item.positionId }));
}

/** All that the filter lets through, on every page; null above 10,000. */
export async function countPositions(snapshot: Snapshot, scope: PositionScope): Promise<number | null> {
  const { where, past } = scope;
  const byPrice = filtersByPrice(where) || past !== null;
  if (byPrice) await rankInMemory(snapshot);
  const all = byPrice
    ? sql`${rankedRows({ ...scope, order: "OPENED" })} as ranked`
    : sql`${position} as held`;
  const some = snapshot
    .select({ one: sql`1`.as("one") })
    .from(all)
    .where(byPrice ? undefined : positionCondition(where, "either"))
    .limit(MAX_COUNT + 1)
    .as("some");
  const [counted] = await snapshot.select({ all: count() }).from(some);
  const found = counted?.all ?? 0;
  return found > MAX_COUNT ? null : found;
}

/** Ranks before the cursor is looked at: of its condition Postgres can estimate nothing. */
function rankedRows({ where, order, pricing, past }: PositionScope): SQL {
  const figure = figureOf(order);
  const rows: Rows = {
    select: (held: Held) => sql`${places}, ${rankOf(order, held)} as rank`,
    condition: (held: Held) => positionCondition(where, held),
    growth: (figure !== undefined && takesGrowth(figure)) || where.minValue != null,
  };
  const pools = pricedPools(pricing, poolsOf(where, past));
  if (past !== null) return rowsOfFew(pastPositionsOf(past, whichThen(past, where)), pools, rows);
  const few = where.owner != null || where.tokenId != null;
  return few ? rowsOfFew(sql`${position} as held`, pools, rows) : rowsOfPools(position, pools, rows);
}

/** Of past positions those that are looked at: an owner's are found by its times with them. */
function whichThen({ chainId, number }: Tip, { owner, pool: poolId }: PositionFilter): SQL {
  if (owner == null) return poolId == null ? sql`true` : sql`opened.pool_id = ${poolId}`;
  return sql`opened.position_id in (select owned.position_id from ${ownership} as owned
    where owned.chain_id = ${chainId} and ${isAnyOf(sql`owned.owner`, owner)} and owned.from_block <= ${number})`;
}

/** The pools that a position of the filter may be in, or may have been in as of a past block. */
export function poolsOf(
  { chainId, pool: poolId, owner }: PositionFilter,
  past: Tip | null = null,
): SQL | undefined {
  return and(
    chainId == null ? undefined : eq(pool.chainId, chainId),
    poolId == null ? undefined : eq(pool.poolId, poolId),
    owner == null
      ? undefined
      : sql`(${pool.chainId}, ${pool.poolId}) in (select owned.chain_id, owned.pool_id
          from ${past === null ? position : ownership} as owned where ${isAnyOf(sql`owned.owner`, owner)})`,
  );
}
