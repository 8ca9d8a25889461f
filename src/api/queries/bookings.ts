import { and, eq, inArray, or } from "drizzle-orm";
import { block, ownershipSnapshot, positionSnapshot } from "../../../ponder.schema.ts";
import { ApiError } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolAt } from "./pools.ts";
import { byPosition } from "./positionKey.ts";
import type { PositionRow } from "./positions.ts";
import { type PositionPoint, rowsOfPositions } from "./rowsOfPositions.ts";
import type { Tip } from "./tips.ts";

/** Blocks of one position whose flows are converted one by one; with more history than this none are. */
const MAX_BOOKINGS = 1_000;

export type PositionBooking = typeof positionSnapshot.$inferSelect;
export type OwnershipBooking = typeof ownershipSnapshot.$inferSelect;

/** Each of them is a search of prices: as many as one list may ask for. */
const MAX_BLOCKS = 2_000;

/** Books of positions after each block in which they changed, oldest first; by positionKey, left out if too many. */
export type Bookings = {
  positions: ReadonlyMap<string, readonly PositionBooking[]>;
  ownerships: ReadonlyMap<string, readonly OwnershipBooking[]>;
  /** The blocks themselves, by `chainId:number`. */
  blocks: ReadonlyMap<string, Tip>;
};

/** Up to the blocks that their pools stand at. Three queries, however many the positions. */
export async function findBookings(
  snapshot: Snapshot,
  items: readonly { row: PositionRow; pool: PoolAt }[],
): Promise<Bookings> {
  const points = items.map(({ row: { chainId, positionId }, pool }) => ({
    ...{ chainId, positionId, blockNumber: pool.tip.number },
  }));
  const positions = await rowsOfPositions(snapshot, positionSnapshot, points, {
    ...{
      block: positionSnapshot.blockNumber,
      order: [positionSnapshot.blockNumber],
      limit: MAX_BOOKINGS + 1,
    },
  });
  const { number, blockNumber } = ownershipSnapshot;
  const ownerships = await rowsOfPositions(snapshot, ownershipSnapshot, points, {
    ...{ block: blockNumber, order: [number, blockNumber], limit: MAX_BOOKINGS + 1 },
  });
  const few = {
    positions: fewEnough(byPosition(positions)),
    ownerships: fewEnough(byPosition(ownerships)),
  };
  const rows = [...few.positions.values(), ...few.ownerships.values()].flat();
  return { ...few, blocks: await findBlocks(snapshot, rows) };
}

function fewEnough<T>(bookings: ReadonlyMap<string, readonly T[]>): ReadonlyMap<string, readonly T[]> {
  return new Map([...bookings].filter(([, rows]) => rows.length <= MAX_BOOKINGS));
}

async function findBlocks(
  snapshot: Snapshot,
  rows: readonly PositionPoint[],
): Promise<ReadonlyMap<string, Tip>> {
  const numbers = new Map<number, Set<number>>();
  for (const { chainId, blockNumber } of rows) {
    numbers.set(chainId, (numbers.get(chainId) ?? new Set()).add(blockNumber));
  }
  const wanted = [...numbers.values()].reduce((sum, { size }) => sum + size, 0);
  if (wanted > MAX_BLOCKS) {
    throw new ApiError(
      "TOO_COMPLEX",
      `QUOTE_THEN asks for quote prices of ${wanted} blocks, more than ${MAX_BLOCKS}: ask for fewer positions at once.`,
    );
  }
  const ofChains = [...numbers].map(([chainId, ofChain]) =>
    and(eq(block.chainId, chainId), inArray(block.number, [...ofChain])),
  );
  if (ofChains.length === 0) return new Map();
  const { chainId, hash, timestamp } = block;
  const found = await snapshot
    .select({ chainId, number: block.number, hash, timestamp })
    .from(block)
    .where(or(...ofChains));
  return new Map(found.map((tip) => [`${tip.chainId}:${tip.number}`, tip]));
}
