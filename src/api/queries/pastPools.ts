import { and, eq, inArray } from "drizzle-orm";
import { pool, poolSnapshot, spacingSnapshot } from "../../../ponder.schema.ts";
import { type PoolState, uninitializedPool } from "../../state/pool.ts";
import { changesTickSpacing } from "../metrics/protocol.ts";
import { onceFor } from "../onceFor.ts";
import type { Snapshot } from "../snapshot.ts";
import { type PoolKey, poolKey } from "./poolKey.ts";
import { type PoolAt, type PoolRow, withTokens } from "./pools.ts";
import { snapshotsAt } from "./snapshotsAt.ts";
import type { Tip } from "./tips.ts";

type Hex = `0x${string}`;

const rowsOnce = onceFor<Snapshot, Promise<readonly PoolRow[]>>();

/** A pool as it was after the last event of a block; null before it was known. */
export async function findPastPool(snapshot: Snapshot, tip: Tip, key: PoolKey): Promise<PoolAt | null> {
  const pools = await findPastPools(snapshot, tip, [key.poolId]);
  return pools.get(poolKey(key)) ?? null;
}

/**
 * Pools of a chain as they were after the last event of a block, by {@link poolKey}: what never changes from their rows,
 * the rest from their snapshots. Those that were not known yet are left out. Three queries however many they are, four
 * where one may change its tick spacing; of further points of the same pools two less.
 */
export async function findPastPools(
  snapshot: Snapshot,
  tip: Tip,
  poolIds: readonly Hex[],
): Promise<ReadonlyMap<string, PoolAt>> {
  if (poolIds.length === 0) return new Map();
  const { chainId, number: blockNumber } = tip;
  // Awaited inside: a query by itself is asked anew by everybody who waits for it.
  const ever = await rowsOnce(snapshot, `${chainId}:${poolIds.join()}`, async () =>
    snapshot
      .select()
      .from(pool)
      .where(and(eq(pool.chainId, chainId), inArray(pool.poolId, [...poolIds]))),
  );
  const rows = ever.filter(({ trackedFromBlock }) => trackedFromBlock <= blockNumber);
  const keys = rows.map(({ poolId }) => ({ chainId, id: poolId, blockNumber }));
  const found = await snapshotsAt(snapshot, poolSnapshot, { id: poolSnapshot.poolId }, keys);
  const states = new Map(found.map((row) => [row.poolId, row]));
  const spacings = await spacingsAt(snapshot, rows, blockNumber);
  const then = rows.map((row) => {
    const state = states.get(row.poolId) ?? { ...justCreated(row), blockNumber: row.trackedFromBlock };
    const { blockNumber: changedBlock, ...rest } = state;
    return { ...row, ...rest, changedBlock, tickSpacing: spacings(row) };
  });
  return withTokens(snapshot, new Map([[chainId, tip]]), then, true);
}

/** The tick spacing of each pool after a block; null where it changes and none was logged yet. */
async function spacingsAt(
  snapshot: Snapshot,
  rows: readonly PoolRow[],
  blockNumber: number,
): Promise<(row: PoolRow) => number | null> {
  const changing = rows.filter(changesTickSpacing);
  const keys = changing.map(({ chainId, poolId }) => ({ chainId, id: poolId, blockNumber }));
  const found = await snapshotsAt(snapshot, spacingSnapshot, { id: spacingSnapshot.poolId }, keys);
  const spacings = new Map(found.map(({ poolId, tickSpacing }) => [poolId, tickSpacing]));
  return (row) => (changesTickSpacing(row) ? (spacings.get(row.poolId) ?? null) : row.tickSpacing);
}

/** Its creation alone writes no snapshot. A fee that cannot change was that of now. */
function justCreated({ dynamicFee, fee: feeNow }: PoolRow): PoolState {
  const fee = dynamicFee ? null : feeNow;
  return { ...uninitializedPool, fee, swapFee: fee };
}
