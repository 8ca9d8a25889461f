import { and, eq, inArray } from "drizzle-orm";
import { position } from "../../../ponder.schema.ts";
import { onceFor } from "../onceFor.ts";
import type { Snapshot } from "../snapshot.ts";
import { backTo } from "./eventPositions.ts";
import { findPastPools } from "./pastPools.ts";
import type { PoolAt } from "./pools.ts";
import { positionKey } from "./positionPage.ts";
import { inPools, type PositionAt, type PositionRow } from "./positions.ts";
import type { Tip } from "./tips.ts";

/**
 * Positions of a chain by their ids, as of a block, in pools that are as of the same block; by {@link positionKey}.
 * However many, in two queries at most.
 */
export async function findPositionsIn(
  snapshot: Snapshot,
  pools: ReadonlyMap<string, PoolAt>,
  { tip, past }: { tip: Tip; past: boolean },
  keys: readonly { positionId: string }[],
): Promise<ReadonlyMap<string, PositionAt>> {
  const positionIds = [...new Set(keys.map(({ positionId }) => positionId))];
  if (positionIds.length === 0) return new Map();
  const rows = await rowsOf(snapshot, tip.chainId, positionIds);
  const standing = past ? await backTo(snapshot, tip.number, rows) : rows;
  return new Map(inPools(standing, pools).map((item) => [positionKey(item.row), item]));
}

/** Positions as of a block, in their pools as of then; by positionKey. Five queries, however many. */
export async function findPastPositions(
  snapshot: Snapshot,
  tip: Tip,
  keys: readonly { positionId: string }[],
): Promise<ReadonlyMap<string, PositionAt>> {
  if (keys.length === 0) return new Map();
  const rows = await rowsOf(
    snapshot,
    tip.chainId,
    keys.map(({ positionId }) => positionId),
  );
  const poolIds = [...new Set(rows.map(({ poolId }) => poolId))];
  const pools = await findPastPools(snapshot, tip, poolIds);
  const standing = await backTo(snapshot, tip.number, rows);
  return new Map(inPools(standing, pools).map((item) => [positionKey(item.row), item]));
}

const knownRows = onceFor<Snapshot, Map<string, PositionRow>>();

/** In one query, and none of those that the snapshot was asked for before: points of a history are of the same positions. */
async function rowsOf(
  snapshot: Snapshot,
  chainId: number,
  positionIds: readonly string[],
): Promise<readonly PositionRow[]> {
  const known = knownRows(snapshot, String(chainId), () => new Map());
  const unread = positionIds.filter((id) => !known.has(id));
  if (unread.length > 0) {
    const rows = await snapshot
      .select()
      .from(position)
      .where(and(eq(position.chainId, chainId), inArray(position.positionId, unread)));
    for (const row of rows) known.set(row.positionId, row);
  }
  return positionIds.flatMap((id) => known.get(id) ?? []);
}
