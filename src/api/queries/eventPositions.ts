import { and, eq, inArray } from "drizzle-orm";
import { position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { poolKey } from "./poolKey.ts";
import type { PoolAt } from "./pools.ts";
import { inPools, type PositionAt, type PositionRow } from "./positions.ts";
import { snapshotsAt } from "./snapshotsAt.ts";

/** Positions of one pool by their ids, as of the block that the pool stands at, however many in two queries. */
export async function positionsOf(
  snapshot: Snapshot,
  pool: PoolAt,
  positionIds: readonly string[],
): Promise<ReadonlyMap<string, PositionAt>> {
  if (positionIds.length === 0) return new Map();
  const rows = await snapshot
    .select()
    .from(position)
    .where(and(eq(position.chainId, pool.row.chainId), inArray(position.positionId, [...positionIds])));
  const standing = pool.past ? await backTo(snapshot, pool.tip.number, rows) : rows;
  const found = inPools(standing, new Map([[poolKey(pool.row), pool]]));
  return new Map(found.map((item) => [item.row.positionId, item]));
}

/** What never changes of each, the rest as of the block; those that were not there yet are left out. */
export async function backTo(
  snapshot: Snapshot,
  blockNumber: number,
  rows: readonly PositionRow[],
): Promise<PositionRow[]> {
  const columns = { id: positionSnapshot.positionId };
  const keys = rows.map(({ chainId, positionId: id }) => ({ chainId, id, blockNumber }));
  const states = await snapshotsAt(snapshot, positionSnapshot, columns, keys);
  const stateOf = new Map(states.map(({ blockNumber: _, ...state }) => [state.positionId, state]));
  return rows.flatMap((row) => {
    const state = stateOf.get(row.positionId);
    return state === undefined ? [] : [{ ...row, ...state }];
  });
}
