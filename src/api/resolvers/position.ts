import { positionStatus } from "../metrics/positionStatus.ts";
import { priceAtTick } from "../metrics/price.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Flow } from "./flow.ts";
import { pairOf } from "./pair.ts";
import { standingOf } from "./standing.ts";

export const positionResolvers = {
  id: ({ row }: PositionAt) => `${row.chainId}:${row.positionId}`,
  chainId: ({ row }: PositionAt) => row.chainId,
  protocol: ({ row }: PositionAt) => row.protocol,
  owner: ({ row }: PositionAt) => row.owner,
  manager: ({ row }: PositionAt) => row.manager,
  tokenId: ({ row }: PositionAt) => row.tokenId,
  tickLower: ({ row }: PositionAt) => row.tickLower,
  tickUpper: ({ row }: PositionAt) => row.tickUpper,
  priceLower: ({ row, pool }: PositionAt) => priceAtTick(row.tickLower, pairOf(pool)),
  priceUpper: ({ row, pool }: PositionAt) => priceAtTick(row.tickUpper, pairOf(pool)),
  liquidity: ({ row }: PositionAt) => row.liquidity,
  status: (position: PositionAt) => positionStatus({ ...position.row, tick: standingOf(position).tick }),
  justInTime: ({ row }: PositionAt) => row.closedBlock === row.openedBlock,
  opened: ({ row }: PositionAt) => ({ number: row.openedBlock, timestamp: row.openedTimestamp }),
  closed: ({ row }: PositionAt) =>
    row.closedBlock === null ? null : { number: row.closedBlock, timestamp: row.closedTimestamp },
  asOf: ({ pool }: PositionAt) => pool.tip,
  inventory: standingOf,
  impermanentLoss: standingOf,
  deposited: ({ row, pool }: PositionAt): Flow => ({
    amount0: row.deposited0,
    amount1: row.deposited1,
    valueThen0: row.depositedValue0,
    valueThen1: row.depositedValue1,
    pair: pairOf(pool),
  }),
  withdrawn: ({ row, pool }: PositionAt): Flow => ({
    amount0: row.withdrawn0,
    amount1: row.withdrawn1,
    valueThen0: row.withdrawnValue0,
    valueThen1: row.withdrawnValue1,
    pair: pairOf(pool),
  }),
};
