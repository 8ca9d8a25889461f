import type { ApiContext } from "../context.ts";
import type { OwnershipRow } from "../queries/ownerships.ts";
import { positionKey } from "../queries/positionKey.ts";
import type { PositionAt } from "../queries/positions.ts";
import { standingOfOwnership } from "./ownershipStanding.ts";

/** One owner's time with a position, which is as of the same point. */
export type OwnershipAt = { row: OwnershipRow; position: PositionAt };

/** Oldest first. */
export async function owners(position: PositionAt, _: unknown, { ask }: ApiContext): Promise<OwnershipAt[]> {
  const rows = (await position.page.ownerships(ask)).get(positionKey(position.row)) ?? [];
  return rows.map((row) => ({ row, position }));
}

export const ownershipResolvers = {
  owner: ({ row }: OwnershipAt) => row.owner,
  from: ({ row }: OwnershipAt) => ({ number: row.fromBlock, timestamp: row.fromTimestamp }),
  to: ({ row }: OwnershipAt) =>
    row.toBlock === null ? null : { number: row.toBlock, timestamp: row.toTimestamp },
  impermanentLoss: ({ position, row }: OwnershipAt) => standingOfOwnership(position, row),
  pnl: ({ position, row }: OwnershipAt) => standingOfOwnership(position, row),
};
