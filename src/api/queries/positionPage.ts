import { corePositionSnapshot, positionSnapshot, tickSnapshot } from "../../../ponder.schema.ts";
import type { PoolState } from "../../state/pool.ts";
import type { TickState } from "../../state/tick.ts";
import { type Ask, type Lazy, type LazyBy, lazy, lazyBy } from "../lazy.ts";
import { isPair, paysAtOnce } from "../metrics/protocol.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Bookings, findBookings } from "./bookings.ts";
import { findOwnerships, type OwnershipRow } from "./ownerships.ts";
import { poolKey } from "./poolKey.ts";
import type { PoolAt } from "./pools.ts";
import { positionKey } from "./positionKey.ts";
import type { PositionRow } from "./positions.ts";
import { snapshotsAt } from "./snapshotsAt.ts";

export { positionKey } from "./positionKey.ts";

export type CoreRow = typeof corePositionSnapshot.$inferSelect;

/** A position, its pool and the ticks of its range, all as they were at one time. */
export type PlacedPosition = {
  row: PositionRow;
  pool: PoolState;
  /** Undefined where never initialised. */
  lower: TickState | undefined;
  upper: TickState | undefined;
  /** Of the block that they stand at. */
  timestamp: number;
};

/** What positions of a page need beyond their rows; by {@link positionKey}. */
export type PositionPage = {
  placed: Lazy<ReadonlyMap<string, PlacedPosition>>;
  /** What the pool keeps for a position manager, where it does: nothing where each change pays out at once. */
  cores: Lazy<ReadonlyMap<string, CoreRow>>;
  /** As of the last block before a window; those that were not there yet are left out. */
  before: LazyBy<Window, ReadonlyMap<string, PlacedPosition>>;
  /** Who held them, oldest first. */
  ownerships: Lazy<ReadonlyMap<string, readonly OwnershipRow[]>>;
  /** What was booked of them, block by block. */
  bookings: Lazy<Bookings>;
};

type Item = { row: PositionRow; pool: PoolAt };

type Standing = { row: PositionRow; pool: PoolState; blockNumber: number; timestamp: number };

export function positionPage(items: readonly Item[]): PositionPage {
  const standing = items.map(({ row, pool }) => ({
    ...{ row, pool: pool.row },
    ...{ blockNumber: pool.tip.number, timestamp: pool.tip.timestamp },
  }));
  return {
    placed: lazy((ask) => ask((snapshot) => withTicks(snapshot, standing))),
    cores: lazy((ask) => ask((snapshot) => findCores(snapshot, standing))),
    before: lazyBy((ask, window) => placedBefore(ask, items, window)),
    ownerships: lazy((ask) => ask((snapshot) => findOwnerships(snapshot, items))),
    bookings: lazy((ask) => ask((snapshot) => findBookings(snapshot, items))),
  };
}

/** Adds the two ticks of each range, in one query; LP tokens of a pair have none. */
async function withTicks(
  snapshot: Snapshot,
  standing: readonly Standing[],
): Promise<ReadonlyMap<string, PlacedPosition>> {
  const ranged = standing.filter(({ row }) => !isPair(row));
  const keys = new Map(
    ranged.flatMap(({ row: { chainId, poolId: id, tickLower, tickUpper }, blockNumber }) =>
      [tickLower, tickUpper].map((tick) => [`${chainId}:${id}:${tick}`, { chainId, id, tick, blockNumber }]),
    ),
  );
  const columns = { id: tickSnapshot.poolId, tick: tickSnapshot.tick };
  const rows = await snapshotsAt(snapshot, tickSnapshot, columns, [...keys.values()]);
  const ticks = new Map(rows.map((row) => [`${poolKey(row)}:${row.tick}`, row]));
  return new Map(
    standing.map(({ row, pool, timestamp }) => {
      const lower = ticks.get(`${poolKey(row)}:${row.tickLower}`);
      const upper = ticks.get(`${poolKey(row)}:${row.tickUpper}`);
      return [positionKey(row), { row, pool, lower, upper, timestamp }];
    }),
  );
}

async function findCores(
  snapshot: Snapshot,
  all: readonly Standing[],
): Promise<ReadonlyMap<string, CoreRow>> {
  const standing = all.filter(({ row }) => !paysAtOnce(row));
  const coreIds = standing.map(({ row }) => corePositionId(row));
  const keys = standing.map(({ row: { chainId }, blockNumber }, i) => ({
    ...{ chainId, blockNumber },
    id: coreIds[i] ?? "",
  }));
  const columns = { id: corePositionSnapshot.corePositionId };
  const rows = await snapshotsAt(snapshot, corePositionSnapshot, columns, keys);
  const cores = new Map(rows.map((row) => [`${row.chainId}:${row.corePositionId}`, row]));
  return new Map(
    standing.flatMap(({ row }) => {
      const core = cores.get(`${row.chainId}:${corePositionId(row)}`);
      return core === undefined ? [] : [[positionKey(row), core]];
    }),
  );
}

async function placedBefore(
  ask: Ask,
  items: readonly Item[],
  window: Window,
): Promise<ReadonlyMap<string, PlacedPosition>> {
  const pools = await items[0]?.pool.page.before(ask, window);
  const keys = items.flatMap(({ row: { chainId, positionId, poolId } }) => {
    const block = pools?.get(poolKey({ chainId, poolId }))?.block;
    return block == null ? [] : [{ chainId, id: positionId, blockNumber: block.number }];
  });
  return ask(async (snapshot) => {
    const rows = await snapshotsAt(snapshot, positionSnapshot, { id: positionSnapshot.positionId }, keys);
    const states = new Map(rows.map((row) => [positionKey(row), row]));
    const standing = items.flatMap(({ row }) => {
      const state = states.get(positionKey(row));
      const then = pools?.get(poolKey(row));
      if (state === undefined || then?.block == null || then.state === null) return [];
      const { number: blockNumber, timestamp } = then.block;
      return [{ row: { ...row, ...state }, pool: then.state, blockNumber, timestamp }];
    });
    return withTicks(snapshot, standing);
  });
}

/** As the pool keys it: for an NFT by its manager, for another it is the position's own id. */
function corePositionId({ manager, poolId, positionId, tickLower, tickUpper }: PositionRow): string {
  return manager === null ? positionId : `${poolId}:${manager}:${tickLower}:${tickUpper}`;
}
