import { and, eq } from "drizzle-orm";
import { position } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { findPools, type PoolAt, poolKey } from "./pools.ts";
import type { Tip } from "./tips.ts";

export type PositionRow = typeof position.$inferSelect;

/** A position with everything that its figures need. */
export type PositionAt = { row: PositionRow; pool: PoolAt };

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

/** In the order of the rows, with their pools from two more queries. */
export async function withPools(
  snapshot: Snapshot,
  tips: Tips,
  rows: readonly PositionRow[],
): Promise<PositionAt[]> {
  const pools = await findPools(snapshot, tips, rows);
  return rows.map((row) => {
    const pool = pools.get(poolKey(row));
    if (pool === undefined) throw new PositionWithoutPoolError(row);
    return { row, pool };
  });
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
