import type { FlashEvent, ProtocolFeeChange } from "../state/events.ts";
import { applyCollectProtocol, applyFlash, applyProtocolFee } from "../state/poolFees.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool } from "./quarantine.ts";
import { savePool } from "./savePool.ts";
import { saveTick } from "./saveTicks.ts";
import { type LoadedPool, openPool } from "./settlePool.ts";

type PoolId = `0x${string}`;

/** A flash: what it paid on top goes to the protocol and to the liquidity in range. */
export async function recordFlash(scope: EventScope, poolId: PoolId, flash: FlashEvent): Promise<void> {
  await changePoolAlone(scope, poolId, (pool) => applyFlash(pool, flash));
}

export async function recordProtocolFee(
  scope: EventScope,
  poolId: PoolId,
  change: ProtocolFeeChange,
): Promise<void> {
  const { feeProtocol0New: feeProtocol0, feeProtocol1New: feeProtocol1 } = change;
  await changePool(
    scope,
    poolId,
    (pool) => saveChanged(scope, pool, (open) => applyProtocolFee(open, change)),
    (pool) => savePool(scope, poolId, { ...pool, feeProtocol0, feeProtocol1 }),
  );
}

export async function recordCollectProtocol(
  scope: EventScope,
  poolId: PoolId,
  paid: { amount0: bigint; amount1: bigint },
): Promise<void> {
  await changePoolAlone(scope, poolId, (pool) => applyCollectProtocol(pool, paid));
}

/** In quarantine nothing is left of it. */
function changePoolAlone(
  scope: EventScope,
  poolId: PoolId,
  change: (pool: LoadedPool) => LoadedPool,
): Promise<void> {
  return changePool(
    scope,
    poolId,
    (pool) => saveChanged(scope, pool, change),
    async () => {},
  );
}

async function saveChanged(
  scope: EventScope,
  before: LoadedPool,
  change: (pool: LoadedPool) => LoadedPool,
): Promise<void> {
  const { pool, changed } = await openPool(scope, before, before.tick);
  const after = change(pool);
  for (const tick of changed.values()) await saveTick(scope, pool.poolId, tick);
  await savePool(scope, pool.poolId, after);
}
