import schema from "ponder:schema";
import type { PoolTerms } from "../state/events.ts";
import { initializePool, uninitializedPool } from "../state/pool.ts";
import { riskToken } from "../state/riskToken.ts";
import type { EventScope } from "./eventScope.ts";
import { readPoolTerms } from "./readPoolTerms.ts";
import { recordToken } from "./recordToken.ts";
import { loadPool, savePool } from "./savePool.ts";
import { savePrice } from "./savePrice.ts";

/** A pool that one of the configured factories made. */
export async function recordPoolCreated(scope: EventScope, terms: PoolTerms): Promise<void> {
  await insertPool(scope, terms, { createdBlock: scope.blockNumber, createdTimestamp: scope.timestamp });
}

/**
 * A pool's first price. A listed pool is known from here on: its terms are read from the contract. `initialFee`: the
 * protocol's share that the pool starts with, by its fee, without a log of it.
 */
export async function recordInitialize(
  scope: EventScope,
  poolId: `0x${string}`,
  first: { sqrtPriceX96: bigint; tick: number },
  initialFee: (fee: number | null) => { feeProtocol0: number; feeProtocol1: number } = noFee,
): Promise<void> {
  const listed = scope.settings.listedPools.get(poolId);
  if (listed !== undefined) {
    const terms = await readPoolTerms(scope, poolId, listed.factory);
    await insertPool(scope, terms, { createdBlock: null, createdTimestamp: null });
  }
  const pool = await loadPool(scope, poolId);
  await savePool(scope, poolId, { ...initializePool(pool, first), ...initialFee(pool.fee) });
  await savePrice(scope, poolId, first.sqrtPriceX96);
}

export async function insertPool(
  scope: EventScope,
  { fee, ...terms }: PoolTerms,
  created: { createdBlock: number | null; createdTimestamp: number | null },
): Promise<void> {
  await recordToken(scope, terms.token0);
  await recordToken(scope, terms.token1);
  await scope.db.insert(schema.pool).values({
    ...terms,
    ...created,
    chainId: scope.chainId,
    protocol: scope.protocol,
    riskToken: riskToken(terms.token0, terms.token1, scope.settings.cash),
    trackedFromBlock: scope.blockNumber,
    trackedFromTimestamp: scope.timestamp,
    changedBlock: scope.blockNumber,
    awaitsManager: false,
    ...uninitializedPool,
    ...{ fee, swapFee: fee },
  });
}

function noFee() {
  return { feeProtocol0: 0, feeProtocol1: 0 };
}
