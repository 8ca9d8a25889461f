import schema from "ponder:schema";
import type { PoolState } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";

/** A pool's row. Only events of pools whose start was seen may be indexed. */
export async function loadPool(scope: EventScope, poolId: `0x${string}`) {
  const pool = await scope.db.find(schema.pool, { chainId: scope.chainId, poolId });
  if (pool === null) {
    throw new StartBlockTooLateError(poolId, scope, scope.settings.listedPools.get(poolId)?.startBlock);
  }
  return pool;
}

/** A pool whose price is known: every event but Initialize comes after it. */
export async function loadPricedPool(scope: EventScope, poolId: `0x${string}`) {
  const pool = await loadPool(scope, poolId);
  const { sqrtPriceX96, tick } = pool;
  if (sqrtPriceX96 === null || tick === null) {
    throw new StartBlockTooLateError(poolId, scope, undefined);
  }
  return { ...pool, sqrtPriceX96, tick };
}

/** Writes what changed of a pool, and the pool as it is after this block so far. */
export async function savePool(scope: EventScope, poolId: `0x${string}`, pool: PoolState): Promise<void> {
  const { chainId, blockNumber } = scope;
  const state: PoolState = {
    sqrtPriceX96: pool.sqrtPriceX96,
    tick: pool.tick,
    liquidity: pool.liquidity,
    feeProtocol0: pool.feeProtocol0,
    feeProtocol1: pool.feeProtocol1,
    sqrtPriceDouble: pool.sqrtPriceDouble,
  };
  await scope.db.update(schema.pool, { chainId, poolId }).set(state);
  await scope.db
    .insert(schema.poolSnapshot)
    .values({ chainId, poolId, blockNumber, ...state })
    .onConflictDoUpdate(state);
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
        "in which the pool was created, or earlier.",
    );
    this.poolId = poolId;
  }
}
