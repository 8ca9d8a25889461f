import { pendingMint } from "../../state/pairPool.ts";
import type { ApiContext } from "../context.ts";
import { activeValueShare } from "../metrics/activeValueShare.ts";
import { feesKnown, type PoolCaveat, poolCaveats } from "../metrics/poolCaveats.ts";
import { poolUncollectedFees } from "../metrics/poolPrincipal.ts";
import { poolProtocolFees } from "../metrics/poolProtocolFees.ts";
import { price } from "../metrics/price.ts";
import { isPair, logsProtocolPayments } from "../metrics/protocol.ts";
import { protocolFeeShare } from "../metrics/protocolFeeShare.ts";
import type { Window } from "../metrics/windowStart.ts";
import { poolKey } from "../queries/poolKey.ts";
import { NO_RANGES, type PoolRanges } from "../queries/poolRanges.ts";
import type { PoolAt, PoolRow } from "../queries/pools.ts";
import { poolAdverseSelection } from "./adverseSelection.ts";
import type { Amounts } from "./amounts.ts";
import type { InventoryStanding } from "./inventory.ts";
import { flow } from "./orderFlow.ts";
import { ownerConcentrationOf } from "./ownerConcentration.ts";
import { pairOf } from "./pair.ts";
import { principalOf } from "./poolPrincipal.ts";
import { feeAprOf } from "./poolReturn.ts";
import { totals } from "./poolTotals.ts";
import { type PositionListArgs, positionsOfPool } from "./positionLists.ts";
import { tokenOf } from "./token.ts";
import { volatilityOf } from "./volatility.ts";

export const poolResolvers = {
  id: ({ row, tip, past }: PoolAt) => `${row.chainId}:${row.poolId}${past ? `@${tip.number}` : ""}`,
  chainId: ({ row }: PoolAt) => row.chainId,
  poolId: ({ row }: PoolAt) => row.poolId,
  protocol: ({ row }: PoolAt) => row.protocol,
  token0: (pool: PoolAt) => tokenOf(pool.token0, pool),
  token1: (pool: PoolAt) => tokenOf(pool.token1, pool),
  feePips: ({ row }: PoolAt) => row.fee,
  dynamicFee: ({ row }: PoolAt) => row.dynamicFee,
  swapFeePips: ({ row }: PoolAt) => row.swapFee,
  protocolFeeShare0: ({ row }: PoolAt) => protocolFeeShare(row, row.feeProtocol0),
  protocolFeeShare1: ({ row }: PoolAt) => protocolFeeShare(row, row.feeProtocol1),
  riskToken: ({ row }: PoolAt) => row.riskToken,
  tickSpacing: ({ row }: PoolAt) => row.tickSpacing,
  hooks: ({ row }: PoolAt) => row.hooks,
  exact: (pool: PoolAt) => caveats(pool).length === 0,
  caveats,
  trackedFrom: ({ row }: PoolAt) => ({
    number: row.trackedFromBlock,
    timestamp: row.trackedFromTimestamp,
  }),
  created: ({ row }: PoolAt) =>
    row.createdBlock === null ? null : { number: row.createdBlock, timestamp: row.createdTimestamp },
  asOf: ({ tip }: PoolAt) => tip,
  sqrtPriceX96: ({ row }: PoolAt) => row.sqrtPriceX96,
  tick: ({ row }: PoolAt) => (isPair(row) ? null : row.tick),
  liquidity: ({ row }: PoolAt) => row.liquidity,
  totalShares: ({ row }: PoolAt) => (isPair(row) ? (row.shares ?? 0n) + pendingMint(row) : null),
  feeGrowthGlobal0X128: ({ row }: PoolAt) => (hasGrowth(row) ? row.feeGrowthGlobal0X128 : null),
  feeGrowthGlobal1X128: ({ row }: PoolAt) => (hasGrowth(row) ? row.feeGrowthGlobal1X128 : null),
  price: (pool: PoolAt) => {
    const pair = pairOf(pool);
    return pair.sqrtPriceX96 === null ? null : price(pair.sqrtPriceX96, pair);
  },
  principal: async (pool: PoolAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const amounts = await principalOf(pool, context);
    return amounts && { ...amounts, pair: pairOf(pool) };
  },
  uncollectedFees: async (pool: PoolAt, _: unknown, context: ApiContext): Promise<Amounts | null> => {
    const { row } = pool;
    const principal = feesKnown(row) ? await principalOf(pool, context) : null;
    if (principal === null) return null;
    const protocolFees = poolProtocolFees(row);
    return { ...poolUncollectedFees({ ...row, ...protocolFees }, principal), pair: pairOf(pool) };
  },
  protocolFees: (pool: PoolAt): Amounts | null => {
    const { row } = pool;
    if (!feesKnown(row) || !logsProtocolPayments(row)) return null;
    const { protocolFees0, protocolFees1 } = poolProtocolFees(row);
    return { amount0: protocolFees0, amount1: protocolFees1, pair: pairOf(pool) };
  },
  inventory: async (pool: PoolAt, _: unknown, context: ApiContext): Promise<InventoryStanding | null> => {
    const held = await principalOf(pool, context);
    const { sqrtPriceX96, tick } = pool.row;
    if (held === null || sqrtPriceX96 === null || tick === null) return null;
    const sums = await rangesOf(pool, context);
    return { held, sums, ranges: [], pool: pool.row, pair: pairOf(pool), sqrtPriceX96, tick };
  },
  activeValueShare: async (pool: PoolAt, _: unknown, context: ApiContext): Promise<number | null> => {
    const principal = await principalOf(pool, context);
    const { sqrtPriceX96, tick } = pool.row;
    if (principal === null || sqrtPriceX96 === null || tick === null) return null;
    if (isPair(pool.row)) return principal.amount0 + principal.amount1 === 0n ? null : 1;
    const { inRange } = await rangesOf(pool, context);
    return activeValueShare(inRange, principal, { sqrtPriceX96, tick });
  },
  totals,
  feeApr: feeAprOf,
  ownerConcentration: ownerConcentrationOf,
  flow,
  adverseSelection: poolAdverseSelection,
  realizedVolatility: (pool: PoolAt, { window }: { window: Window }, context: ApiContext) =>
    volatilityOf(pool, window, context),
  positions: (pool: PoolAt, args: PositionListArgs, context: ApiContext) =>
    positionsOfPool(pool, args, context),
};

function caveats({ row, token0, token1 }: PoolAt): PoolCaveat[] {
  return poolCaveats(row, token0.decimals !== null && token1.decimals !== null);
}

async function rangesOf({ row, page }: PoolAt, { ask }: ApiContext): Promise<PoolRanges> {
  return (await page.ranges(ask)).get(poolKey(row)) ?? NO_RANGES;
}

/** A pair keeps its fees in its reserves. */
function hasGrowth(row: PoolRow): boolean {
  return feesKnown(row) && !isPair(row);
}
