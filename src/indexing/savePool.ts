import schema from "ponder:schema";
import { bitmapSpacing } from "../protocols/quirks.ts";
import type { PoolState } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";

/** A pool's row. Only events of pools whose start was seen may be indexed. */
export async function loadPool(scope: EventScope, poolId: `0x${string}`) {
  const pool = await scope.db.find(schema.pool, { chainId: scope.chainId, poolId });
  if (pool === null) {
    throw new StartBlockTooLateError(poolId, scope, scope.settings.listedPools.get(poolId)?.startBlock);
  }
  return {
    ...poolState(pool),
    chainId: pool.chainId,
    poolId: pool.poolId,
    protocol: pool.protocol,
    factory: pool.factory,
    token0: pool.token0,
    token1: pool.token1,
    dynamicFee: pool.dynamicFee,
    hooks: pool.hooks,
    tickSpacing: bitmapSpacing(pool.protocol, pool.tickSpacing),
    changedBlock: pool.changedBlock,
    awaitsManager: pool.awaitsManager,
  };
}

/**
 * Writes what changed of a pool, and the pool as it is after this block so far. `awaitsManager`: the position
 * manager's next log has to claim this one.
 */
export async function savePool(
  scope: EventScope,
  poolId: `0x${string}`,
  pool: PoolState,
  awaitsManager = false,
): Promise<void> {
  const { chainId, blockNumber } = scope;
  const state = poolState(pool);
  await scope.db
    .update(schema.pool, { chainId, poolId })
    .set({ ...state, changedBlock: blockNumber, awaitsManager });
  await scope.db
    .insert(schema.poolSnapshot)
    .values({ ...state, chainId, poolId, blockNumber })
    .onConflictDoUpdate(state);
}

/** Named one by one, since a row from the database carries columns that a snapshot has not. */
function poolState(pool: PoolState): PoolState {
  return {
    sqrtPriceX96: pool.sqrtPriceX96,
    tick: pool.tick,
    liquidity: pool.liquidity,
    fee: pool.fee,
    swapFee: pool.swapFee,
    feeProtocol0: pool.feeProtocol0,
    feeProtocol1: pool.feeProtocol1,
    sqrtPriceDouble: pool.sqrtPriceDouble,
    feeGrowthGlobal0X128: pool.feeGrowthGlobal0X128,
    feeGrowthGlobal1X128: pool.feeGrowthGlobal1X128,
    protocolFees0: pool.protocolFees0,
    protocolFees1: pool.protocolFees1,
    lvrGrowthGlobalX128: pool.lvrGrowthGlobalX128,
    lvrSqrtPriceX96: pool.lvrSqrtPriceX96,
    lvrTick: pool.lvrTick,
    lvrX128: pool.lvrX128,
    lvrPerSwapX128: pool.lvrPerSwapX128,
    balance0: pool.balance0,
    balance1: pool.balance1,
    principalOwed0: pool.principalOwed0,
    principalOwed1: pool.principalOwed1,
    swaps: pool.swaps,
    mints: pool.mints,
    burns: pool.burns,
    volume0: pool.volume0,
    volume1: pool.volume1,
    feesProtocol0: pool.feesProtocol0,
    feesProtocol1: pool.feesProtocol1,
    feesProtocolValue0: pool.feesProtocolValue0,
    feesProtocolValue1: pool.feesProtocolValue1,
    feesLp0: pool.feesLp0,
    feesLp1: pool.feesLp1,
    feesLpValue0: pool.feesLpValue0,
    feesLpValue1: pool.feesLpValue1,
    shares: pool.shares,
    kLast: pool.kLast,
    feeOn: pool.feeOn,
    basisX64: pool.basisX64,
    tokenMovesBalances: pool.tokenMovesBalances,
    quarantinedBlock: pool.quarantinedBlock,
  };
}

export class StartBlockTooLateError extends Error {
  override readonly name = "StartBlockTooLateError";
  readonly poolId: string;

  constructor(
    poolId: string,
    scope: Pick<EventScope, "blockNumber" | "chainName">,
    startBlock: number | undefined,
  ) {
    const start = startBlock === undefined ? "startBlock" : `startBlock ${startBlock}`;
    super(
      `${start} is after its creation: pool ${poolId} on ${scope.chainName} logged an event in block ` +
        `${scope.blockNumber}, but its Initialize was not seen. Set startBlock in the markets file to the block ` +
        "in which the pool was created, or earlier. Where it is, the RPC left that log out: delete the cached chain " +
        "data and index again, with another RPC.",
    );
    this.poolId = poolId;
  }
}
