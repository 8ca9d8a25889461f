import { ownership, ownershipSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolAt } from "./pools.ts";
import { byPosition } from "./positionKey.ts";
import type { PositionRow } from "./positions.ts";
import { rowsOfPositions } from "./rowsOfPositions.ts";
import { snapshotsAt } from "./snapshotsAt.ts";

/** Without what lists are ranked by: a past ownership has none of it. */
export type OwnershipRow = Omit<typeof ownership.$inferSelect, `${string}Double`>;

type Item = { row: PositionRow; pool: PoolAt };

const LARGEST_INT = 2 ** 31 - 1;

/**
 * Who held each position, oldest first, by positionKey: as it stands now, or as it was after the last event of the
 * block that its pool stands at. Two queries at most, however many the positions.
 */
export async function findOwnerships(
  snapshot: Snapshot,
  items: readonly Item[],
): Promise<ReadonlyMap<string, readonly OwnershipRow[]>> {
  const { fromBlock: block, number } = ownership;
  const points = items.map(({ row, pool }) => ({ ...keyOf(row), blockNumber: pool.tip.number }));
  const rows = await rowsOfPositions(snapshot, ownership, points, {
    ...{ block, order: [number], limit: LARGEST_INT },
  });
  const past = items.some(({ pool }) => pool.past);
  return byPosition(past ? await backTo(snapshot, items, rows) : rows);
}

/** What never changes of each, the rest as of the block. */
async function backTo(
  snapshot: Snapshot,
  items: readonly Item[],
  rows: readonly OwnershipRow[],
): Promise<OwnershipRow[]> {
  const held = byPosition(rows);
  const keys = items.flatMap(({ row, pool }) =>
    (held.get(`${row.chainId}:${row.positionId}`) ?? []).map(({ chainId, positionId, number }) => ({
      ...{ chainId, id: positionId, tick: number, blockNumber: pool.tip.number },
    })),
  );
  const columns = { id: ownershipSnapshot.positionId, tick: ownershipSnapshot.number };
  const states = await snapshotsAt(snapshot, ownershipSnapshot, columns, keys);
  const stateOf = new Map(states.map(({ blockNumber: _, ...state }) => [numbered(state), state]));
  return rows.flatMap((row) => {
    const state = stateOf.get(numbered(row));
    return state === undefined ? [] : [{ ...row, ...state }];
  });
}

function keyOf({ chainId, positionId }: PositionRow): { chainId: number; positionId: string } {
  return { chainId, positionId };
}

function numbered({ chainId, positionId, number }: { chainId: number; positionId: string; number: number }) {
  return `${chainId}:${positionId}:${number}`;
}
