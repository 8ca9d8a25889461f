import { and, eq } from "drizzle-orm";
import { pool, poolSnapshot } from "../../../ponder.schema.ts";
import { uninitializedPool } from "../../state/pool.ts";
import type { Snapshot } from "../snapshot.ts";
import { type PoolKey, poolKey } from "./poolKey.ts";
import { type PoolAt, withTokens } from "./pools.ts";
import { snapshotsAt } from "./snapshotsAt.ts";
import type { Tip } from "./tips.ts";

/**
 * A pool as it was after the last event of a block: what never changes from its row, the rest from its snapshot.
 * Null before it was known.
 */
export async function findPastPool(snapshot: Snapshot, tip: Tip, key: PoolKey): Promise<PoolAt | null> {
  const [row] = await snapshot
    .select()
    .from(pool)
    .where(and(eq(pool.chainId, key.chainId), eq(pool.poolId, key.poolId)));
  if (row === undefined || row.trackedFromBlock > tip.number) return null;
  const [found] = await snapshotsAt(snapshot, poolSnapshot, { id: poolSnapshot.poolId }, [
    { chainId: key.chainId, id: key.poolId, blockNumber: tip.number },
  ]);
  // Its creation alone writes no snapshot.
  const { blockNumber, ...state } = found ?? { ...uninitializedPool, blockNumber: row.trackedFromBlock };
  const then = { ...row, ...state, changedBlock: blockNumber };
  const pools = await withTokens(snapshot, new Map([[tip.chainId, tip]]), [then], true);
  return pools.get(poolKey(key)) ?? null;
}
