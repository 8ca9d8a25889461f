import { pendingMint } from "../../state/pairPool.ts";
import type { ApiContext } from "../context.ts";
import { liquidityShare } from "../metrics/liquidityShare.ts";
import { optionStrike, rangeFactor } from "../metrics/optionStrike.ts";
import { positionStatus } from "../metrics/positionStatus.ts";
import { priceAtTick } from "../metrics/price.ts";
import { isPair } from "../metrics/protocol.ts";
import type { PositionAt } from "../queries/positions.ts";
import { worth } from "./amounts.ts";
import { capitalAtRisk } from "./capitalAtRisk.ts";
import { positionControlResolvers } from "./control.ts";
import type { Exposure } from "./exposure.ts";
import { positionFeeResolvers } from "./fees.ts";
import type { Flow } from "./flow.ts";
import { positionGrowthResolvers } from "./growth.ts";
import { owedOf } from "./ledger.ts";
import type { InNumeraire } from "./numeraire.ts";
import { owners } from "./ownership.ts";
import { pairOf } from "./pair.ts";
import { positionHistory } from "./positionHistory.ts";
import { quotedFlowsOfPosition } from "./quotedFlows.ts";
import { scenario } from "./scenario.ts";
import { standingOf } from "./standing.ts";

export const positionResolvers = {
  ...positionFeeResolvers,
  ...positionGrowthResolvers,
  ...positionControlResolvers,
  id: ({ row, pool }: PositionAt) =>
    `${row.chainId}:${row.positionId}${pool.past ? `@${pool.tip.number}` : ""}`,
  chainId: ({ row }: PositionAt) => row.chainId,
  protocol: ({ row }: PositionAt) => row.protocol,
  owner: ({ row }: PositionAt) => row.owner,
  custodian: ({ row }: PositionAt) => row.custodian,
  owners,
  manager: ({ row }: PositionAt) => row.manager,
  tokenId: ({ row }: PositionAt) => row.tokenId,
  tickLower: ({ row }: PositionAt) => (isPair(row) ? null : row.tickLower),
  tickUpper: ({ row }: PositionAt) => (isPair(row) ? null : row.tickUpper),
  priceLower: ({ row, pool }: PositionAt) => (isPair(row) ? null : priceAtTick(row.tickLower, pairOf(pool))),
  priceUpper: ({ row, pool }: PositionAt) => (isPair(row) ? null : priceAtTick(row.tickUpper, pairOf(pool))),
  optionStrike: ({ row, pool }: PositionAt) => (isPair(row) ? null : optionStrike(row, pairOf(pool))),
  rangeFactor: ({ row }: PositionAt) => (isPair(row) ? null : rangeFactor(row)),
  liquidity: ({ row }: PositionAt) => row.liquidity,
  status: (position: PositionAt) => positionStatus({ ...position.row, tick: standingOf(position).tick }),
  justInTime: ({ row }: PositionAt) => row.closedBlock === row.openedBlock,
  opened: ({ row }: PositionAt) => ({ number: row.openedBlock, timestamp: row.openedTimestamp }),
  /** Indexing begins with a pool's creation: only a lost log can have been a deposit that was not seen. */
  complete: ({ pool }: PositionAt) => pool.row.quarantinedBlock === null,
  closed: ({ row }: PositionAt) =>
    row.closedBlock === null ? null : { number: row.closedBlock, timestamp: row.closedTimestamp },
  asOf: ({ pool }: PositionAt) => pool.tip,
  inventory: standingOf,
  worth: async (position: PositionAt, args: InNumeraire, context: ApiContext) => {
    const owed = await owedOf(position, context);
    if (owed === null) return null;
    const { held, pair } = standingOf(position);
    const [amount0, amount1] = [held.amount0 + owed.amount0, held.amount1 + owed.amount1];
    return worth({ amount0, amount1, pair }, args.in, context);
  },
  fees: standingOf,
  impermanentLoss: standingOf,
  pnl: standingOf,
  exposure: (position: PositionAt): Exposure => ({
    ...{ standing: standingOf(position), pool: position.pool, positions: [position] },
  }),
  scenario,
  capitalAtRisk,
  liquidityShare: ({ row, pool }: PositionAt): number | null => {
    const { liquidity, tick, shares } = pool.row;
    if (tick === null) return null;
    const inRange = isPair(row) ? (shares ?? 0n) + pendingMint(pool.row) : liquidity;
    return liquidityShare(row, { liquidity: inRange, tick });
  },
  deposited: (position: PositionAt): Flow => ({
    amount0: position.row.deposited0,
    amount1: position.row.deposited1,
    valueThen0: position.row.depositedValue0,
    valueThen1: position.row.depositedValue1,
    quotedThen: async (context) => (await quotedFlowsOfPosition(position, context))?.deposited ?? null,
    pair: pairOf(position.pool),
  }),
  withdrawn: (position: PositionAt): Flow => ({
    amount0: position.row.withdrawn0,
    amount1: position.row.withdrawn1,
    valueThen0: position.row.withdrawnValue0,
    valueThen1: position.row.withdrawnValue1,
    quotedThen: async (context) => (await quotedFlowsOfPosition(position, context))?.withdrawn ?? null,
    pair: pairOf(position.pool),
  }),
  history: positionHistory,
};
