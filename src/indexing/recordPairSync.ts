import schema from "ponder:schema";
import type { PairSync } from "../state/pairEvents.ts";
import { syncPair } from "../state/pairLiquidity.ts";
import { moveReserves, settlePair } from "../state/pairPool.ts";
import { initializePool, type PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { loadCall, requireEnded, saveCall } from "./recordPairCall.ts";
import { loadPool, savePool } from "./savePool.ts";
import { savePrice } from "./savePrice.ts";

/**
 * The reserves that a call leaves. Booked as if nothing followed: tokens that moved without a trade. The Mint, Burn or
 * Swap that mostly does follow takes it back and books itself, from the pair before it, which is kept for it.
 */
export async function recordPairSync(scope: EventScope, sync: PairSync): Promise<void> {
  const { poolId } = sync;
  if (await isUnknownListed(scope, poolId)) return;
  await requireEnded(scope, poolId);
  if ((await startPrice(scope, sync)) === null) return;
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const before = pool.changedBlock === scope.blockNumber ? pool : settlePair(pool);
      await saveSynced(scope, sync, before, syncPair(before, sync));
    },
    async (pool) => saveSynced(scope, sync, pool as PoolRow & PricedPool, moveReserves(pool, sync)),
  );
}

async function saveSynced(
  scope: EventScope,
  { poolId }: PairSync,
  before: PricedPool,
  after: Parameters<typeof savePool>[2],
): Promise<void> {
  const call = await loadCall(scope, poolId);
  const { logIndex } = scope;
  await saveCall(scope, poolId, { ...call, steps: { ...call.steps, sync: { logIndex, before } } });
  await savePool(scope, poolId, after);
  if (after.sqrtPriceX96 !== null) await savePrice(scope, poolId, after.sqrtPriceX96);
}

/** A pair has its first price from its first Sync with both tokens; null while it has none. */
async function startPrice(scope: EventScope, sync: PairSync): Promise<bigint | null> {
  const pool = await loadPool(scope, sync.poolId);
  if (pool.sqrtPriceX96 !== null) return pool.sqrtPriceX96;
  const moved = moveReserves(pool, sync);
  const { sqrtPriceX96, tick } = moved;
  if (sqrtPriceX96 === null || tick === null) await savePool(scope, sync.poolId, moved);
  else await savePool(scope, sync.poolId, initializePool(pool, { sqrtPriceX96, tick }));
  return sqrtPriceX96;
}

/** Before a listed pair's first Mint there is nothing to follow: tokens that somebody sent to it. */
async function isUnknownListed(scope: EventScope, poolId: `0x${string}`): Promise<boolean> {
  const { db, chainId, settings } = scope;
  return settings.listedPools.has(poolId) && (await db.find(schema.pool, { chainId, poolId })) === null;
}
