import { and, eq, inArray } from "drizzle-orm";
import { block, pool } from "../../../ponder.schema.ts";
import type { Point } from "../cursor.ts";
import { ApiError } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Tip } from "./tips.ts";

/** The block of each point. Throws CURSOR_EXPIRED where a reorg has taken one away or put another there. */
export async function confirmPoints(snapshot: Snapshot, points: readonly Point[]): Promise<Tip[]> {
  const found: Tip[] = [];
  for (const { chainId, number, hash } of points) {
    const [row] = await snapshot
      .select({ chainId: block.chainId, number: block.number, hash: block.hash, timestamp: block.timestamp })
      .from(block)
      .where(and(eq(block.chainId, chainId), eq(block.number, number)));
    if (row?.hash !== hash) {
      throw new ApiError(
        "CURSOR_EXPIRED",
        `Block ${number} of chain ${chainId}, which the list is ranked at, was taken back by a reorg: begin again without \`after\`.`,
      );
    }
    found.push(row);
  }
  return found;
}

/** The chains that a list may reach: the one asked for, those that have the pool asked for, or all. */
export async function chainsOf(
  snapshot: Snapshot,
  where: { chainId?: number | null; pool?: `0x${string}` | null },
  all: readonly number[],
): Promise<number[]> {
  if (where.chainId != null) return all.filter((id) => id === where.chainId);
  if (where.pool == null) return [...all];
  const rows = await snapshot
    .select({ chainId: pool.chainId })
    .from(pool)
    .where(and(inArray(pool.chainId, [...all]), eq(pool.poolId, where.pool)));
  return rows.map(({ chainId }) => chainId).sort((a, b) => a - b);
}
