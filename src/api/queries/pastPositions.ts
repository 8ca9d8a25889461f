import { and, eq } from "drizzle-orm";
import { position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { findPastPool } from "./pastPools.ts";
import { poolKey } from "./poolKey.ts";
import { inPools, type PositionAt } from "./positions.ts";
import { snapshotsAt } from "./snapshotsAt.ts";
import type { Tip } from "./tips.ts";

/**
 * A position as it was after the last event of a block, in its pool as it was then: what never changes from its
 * row, the rest from its snapshot. Null before it was opened.
 */
export async function findPastPosition(
  snapshot: Snapshot,
  tip: Tip,
  { chainId, positionId }: { chainId: number; positionId: string },
): Promise<PositionAt | null> {
  const [row] = await snapshot
    .select()
    .from(position)
    .where(and(eq(position.chainId, chainId), eq(position.positionId, positionId)));
  if (row === undefined) return null;
  const [state] = await snapshotsAt(snapshot, positionSnapshot, { id: positionSnapshot.positionId }, [
    { chainId, id: positionId, blockNumber: tip.number },
  ]);
  if (state === undefined) return null;
  const { blockNumber: _, ...then } = state;
  const pool = await findPastPool(snapshot, tip, row);
  const pools = pool === null ? new Map() : new Map([[poolKey(row), pool]]);
  const [found] = inPools([{ ...row, ...then }], pools);
  return found ?? null;
}
