import { and, eq, inArray, or } from "drizzle-orm";
import { position } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { poolKey } from "./poolKey.ts";
import { findPools, type PoolAt } from "./pools.ts";
import { type PositionPage, positionKey, positionPage } from "./positionPage.ts";
import type { Tip } from "./tips.ts";

/** Without what lists are ranked by: a past position has none of it, and nothing is shown from it. */
export type PositionRow = Omit<typeof position.$inferSelect, `${string}Double`>;

/** A position with everything that its figures need. */
export type PositionAt = { row: PositionRow; pool: PoolAt; page: PositionPage };

type Tips = ReadonlyMap<number, Tip>;

/** Null for a position that never was. */
export async function findPosition(
  snapshot: Snapshot,
  tips: Tips,
  key: { chainId: number; positionId: string },
): Promise<PositionAt | null> {
  const rows = await snapshot
    .select()
    .from(position)
    .where(and(eq(position.chainId, key.chainId), eq(position.positionId, key.positionId)));
  const [found] = await withPools(snapshot, tips, rows);
  return found ?? null;
}

/** By {@link positionKey}, with their pools, in four queries however many they are. */
export async function findPositions(
  snapshot: Snapshot,
  tips: Tips,
  keys: readonly { chainId: number; positionId: string }[],
): Promise<ReadonlyMap<string, PositionAt>> {
  const ofChains = [...new Set(keys.map(({ chainId }) => chainId))].map((chainId) => {
    const ids = keys.flatMap((key) => (key.chainId === chainId ? [key.positionId] : []));
    return and(eq(position.chainId, chainId), inArray(position.positionId, ids));
  });
  if (ofChains.length === 0) return new Map();
  const rows = await snapshot
    .select()
    .from(position)
    .where(or(...ofChains));
  const found = await withPools(snapshot, tips, rows);
  return new Map(found.map((item) => [positionKey(item.row), item]));
}

/** In the order of the rows, with their pools from two more queries. */
export async function withPools(
  snapshot: Snapshot,
  tips: Tips,
  rows: readonly PositionRow[],
): Promise<PositionAt[]> {
  return inPools(rows, await findPools(snapshot, tips, rows));
}

/** Positions of one page, each with its pool; what they need beyond their rows is read for all at once. */
export function inPools(rows: readonly PositionRow[], pools: ReadonlyMap<string, PoolAt>): PositionAt[] {
  const items = rows.map((row) => {
    const pool = pools.get(poolKey(row));
    if (pool === undefined) throw new PositionWithoutPoolError(row);
    return { row, pool };
  });
  const page = positionPage(items);
  return items.map((item) => ({ ...item, page }));
}

export class PositionWithoutPoolError extends Error {
  override readonly name = "PositionWithoutPoolError";
  readonly positionId: string;

  constructor({ chainId, positionId, poolId }: PositionRow) {
    super(
      `position ${positionId} of chain ${chainId} names pool ${poolId}, which has no row: check the indexing`,
    );
    this.positionId = positionId;
  }
}
