import { poolSnapshot, positionSnapshot, tickSnapshot } from "../../../ponder.schema.ts";
import { type Lazy, lazy } from "../lazy.ts";
import { isPair } from "../metrics/protocol.ts";
import type { Snapshot } from "../snapshot.ts";
import { newestAt } from "./newestAt.ts";
import { poolPage } from "./poolPage.ts";
import type { PoolAt } from "./pools.ts";
import { type PlacedPosition, positionKey, positionPage } from "./positionPage.ts";
import type { PositionAt } from "./positions.ts";
import { snapshotsAt } from "./snapshotsAt.ts";
import type { Tip } from "./tips.ts";

type Placements = ReadonlyMap<number, PlacedPosition>;

/**
 * A position as it was after each of these blocks, in its pool as it was then; those before it was opened are left out.
 * Two queries, and one for the ticks of its range when they are first needed, however many blocks.
 */
export async function findPositionHistory(
  snapshot: Snapshot,
  { row, pool }: PositionAt,
  tips: readonly Tip[],
): Promise<PositionAt[]> {
  const { chainId, positionId, poolId } = row;
  const keysOf = (id: string) => tips.map(({ number: blockNumber }) => ({ chainId, id, blockNumber }));
  const ofPosition = { id: positionSnapshot.positionId };
  const stateAt = newestAt(await snapshotsAt(snapshot, positionSnapshot, ofPosition, keysOf(positionId)));
  const poolStateAt = newestAt(
    await snapshotsAt(snapshot, poolSnapshot, { id: poolSnapshot.poolId }, keysOf(poolId)),
  );
  const items = tips.flatMap((tip) => {
    const state = stateAt(tip.number);
    const poolState = poolStateAt(tip.number);
    if (state === undefined || poolState === undefined) return [];
    const { blockNumber: _, ...then } = state;
    const { blockNumber: changedBlock, ...poolThen } = poolState;
    const poolRow = { ...pool.row, ...poolThen, changedBlock };
    const page = poolPage([poolRow], new Map([[chainId, tip]]), true);
    const poolAt: PoolAt = { ...pool, row: poolRow, tip, past: true, page };
    return [{ row: { ...row, ...then }, pool: poolAt }];
  });
  const placements = placeAll(items);
  return items.map((item) => ({
    ...item,
    page: { ...positionPage([item]), placed: placedAt(item, placements) },
  }));
}

type Item = Omit<PositionAt, "page">;

/** By block number, in one query for all. */
function placeAll(items: readonly Item[]): Lazy<Placements> {
  return lazy((ask) =>
    ask(async (snapshot) => {
      const ranged = items.filter(({ row }) => !isPair(row));
      const keys = ranged.flatMap(({ row: { chainId, poolId: id, tickLower, tickUpper }, pool: { tip } }) =>
        [tickLower, tickUpper].map((tick) => ({ chainId, id, tick, blockNumber: tip.number })),
      );
      const columns = { id: tickSnapshot.poolId, tick: tickSnapshot.tick };
      const rows = await snapshotsAt(snapshot, tickSnapshot, columns, keys);
      const [first] = items;
      const tickAt = (tick: number | undefined) => newestAt(rows.filter((found) => found.tick === tick));
      const [lowerAt, upperAt] = [tickAt(first?.row.tickLower), tickAt(first?.row.tickUpper)];
      return new Map(
        items.map(({ row, pool: { row: pool, tip } }) => {
          const ticks = { lower: lowerAt(tip.number), upper: upperAt(tip.number) };
          return [tip.number, { row, pool, ...ticks, timestamp: tip.timestamp }];
        }),
      );
    }),
  );
}

function placedAt({ row, pool }: Item, placements: Lazy<Placements>): PositionAt["page"]["placed"] {
  return lazy(async (ask) => {
    const placed = (await placements(ask)).get(pool.tip.number);
    return placed === undefined ? new Map() : new Map([[positionKey(row), placed]]);
  });
}
