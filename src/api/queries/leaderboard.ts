import { and, count, eq, type SQL, sql } from "drizzle-orm";
import { ownership, pool } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { takesGrowth } from "./heldFigures.ts";
import { isAfter, type Key, sortBy } from "./keyset.ts";
import type { List, Ranked } from "./list.ts";
import { isAnyOf } from "./positionFilter.ts";
import { figureAs } from "./positionRank.ts";
import { type Pricing, pricedPools } from "./pricedPools.ts";
import { rowsOfFew, rowsOfPools } from "./rankedRows.ts";
import { rankInMemory } from "./rankInMemory.ts";

type Hex = `0x${string}`;

export type AccountOrder = "VALUE" | "IMPERMANENT_LOSS" | "FEES" | "PNL";

/** The accounts of a chain, or of one pool of it. */
export type AccountScope = { chainId: number; pool: Hex | null; pricing: Pricing };

/** In the unit of the pricing; each adds up what of the account is known, null where nothing is. */
export type AccountFigures = {
  positions: number;
  value: number | null;
  impermanentLoss: number | null;
  fees: number | null;
  pnl: number | null;
};

const MAX_COUNT = 10_000;

const FIGURES = { VALUE: "value", IMPERMANENT_LOSS: "impermanentLoss", FEES: "fees", PNL: "pnl" } as const;

/** The page's accounts, and one more where there is a next page. */
export async function listAccounts(
  snapshot: Snapshot,
  { cursor, direction, first }: List,
  scope: AccountScope,
  order: AccountOrder,
): Promise<Ranked<Hex>[]> {
  await rankInMemory(snapshot);
  const figure = FIGURES[order];
  const rows = rowsOfPools(ownership, pricedPools(scope.pricing, poolsOf(scope)), {
    select: (held) => sql`held.owner, ${figureAs(figure, held)} as rank`,
    condition: () => sql`true`,
    growth: takesGrowth(figure),
  });
  const { chainId } = scope;
  const key: Key = {
    rank: sql`account.rank`,
    type: "double precision",
    chainId: sql`${chainId}::integer`,
    id: sql`account.owner`,
  };
  const found = await snapshot
    .select({ item: sql<Hex>`account.owner`, rank: sql<number | null>`account.rank` })
    .from(
      sql`(select owned.owner, sum(owned.rank) as rank from ${rows} as owned group by owned.owner) as account`,
    )
    // Sums may come in another order of their parts, and so off by a bit: the cursor's account is not shown again.
    .where(cursor && and(isAfter(key, cursor, direction), sql`account.owner <> ${cursor.id}`))
    .orderBy(...sortBy(key, direction))
    .limit(first + 1);
  return found.map(({ item, rank }) => ({ item, rank, chainId, id: item }));
}

/** All figures of a page's accounts. */
export async function findAccountFigures(
  snapshot: Snapshot,
  scope: AccountScope,
  owners: readonly Hex[],
): Promise<ReadonlyMap<Hex, AccountFigures>> {
  if (owners.length === 0) return new Map();
  const names = Object.values(FIGURES);
  const held = sql`(select * from ${ownership} where ${ownership.chainId} = ${scope.chainId}
    and ${isAnyOf(sql`${ownership.owner}`, owners)} and ${inScope(scope)}) as held`;
  const rows = rowsOfFew(held, pricedPools(scope.pricing, poolsOf(scope)), {
    select: (which) =>
      sql.join(
        [sql`held.owner, held.position_id`, ...names.map((name) => named(figureAs(name, which), name))],
        sql`, `,
      ),
    condition: () => sql`true`,
    growth: true,
  });
  const sum = (name: string) => sql<number | null>`sum(${sql.identifier(name)})`;
  const found = await snapshot
    .select({
      owner: sql<Hex>`owner`,
      positions: sql<number>`count(distinct position_id)::integer`,
      value: sum("value"),
      impermanentLoss: sum("impermanentLoss"),
      fees: sum("fees"),
      pnl: sum("pnl"),
    })
    .from(sql`${rows} as owned`)
    .groupBy(sql`owner`);
  return new Map(found.map(({ owner, ...figures }) => [owner, figures]));
}

/** Null above 10,000. */
export async function countAccounts(snapshot: Snapshot, scope: AccountScope): Promise<number | null> {
  const accounts = sql`(select distinct ${ownership.owner} from ${ownership}
    where ${ownership.chainId} = ${scope.chainId} and ${inScope(scope)} limit ${MAX_COUNT + 1}) as counted`;
  const [counted] = await snapshot.select({ all: count() }).from(accounts);
  const all = counted?.all ?? 0;
  return all > MAX_COUNT ? null : all;
}

function poolsOf({ chainId, pool: poolId }: AccountScope): SQL | undefined {
  return and(eq(pool.chainId, chainId), poolId === null ? undefined : eq(pool.poolId, poolId));
}

function inScope({ pool: poolId }: AccountScope): SQL {
  return poolId === null ? sql`true` : sql`${ownership.poolId} = ${poolId}`;
}

function named(value: SQL, name: string): SQL {
  return sql`${value} as ${sql.identifier(name)}`;
}
