import type { ApiContext } from "../context.ts";
import { positionStatus } from "../metrics/positionStatus.ts";
import { priceAtTick } from "../metrics/price.ts";
import { value } from "../metrics/value.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Numeraire } from "./amounts.ts";
import { positionFeeResolvers } from "./fees.ts";
import type { Flow } from "./flow.ts";
import { positionGrowthResolvers } from "./growth.ts";
import { ledgerOf, owedOf } from "./ledger.ts";
import { pairOf } from "./pair.ts";
import { standingOf } from "./standing.ts";

export const positionResolvers = {
  ...positionFeeResolvers,
  ...positionGrowthResolvers,
  id: ({ row, pool }: PositionAt) =>
    `${row.chainId}:${row.positionId}${pool.past ? `@${pool.tip.number}` : ""}`,
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
  worth: async (position: PositionAt, args: { in: Numeraire }, context: ApiContext) => {
    const ledger = await ledgerOf(position, context);
    if (ledger === null) return null;
    const owed = await owedOf(position, ledger, context);
    const { held, sqrtPriceX96, pair } = standingOf(position);
    const [amount0, amount1] = [held.amount0 + owed.amount0, held.amount1 + owed.amount1];
    return value({ amount0, amount1, sqrtPriceX96 }, pair, args.in);
  },
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
