import type { FlashEvent, ProtocolFeeChange } from "../state/events.ts";
import { applyCollectProtocol, applyFlash, applyProtocolFee, type FlashShare } from "../state/poolFees.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { savePool } from "./savePool.ts";
import { saveTick } from "./saveTicks.ts";
import { type LoadedPool, openPool } from "./settlePool.ts";

type PoolId = `0x${string}`;

/** A flash: what it paid on top goes to the protocol, 1 / feeProtocol or its own `share`, and to the liquidity in range. */
export async function recordFlash(
  scope: EventScope,
  poolId: PoolId,
  flash: FlashEvent,
  share?: FlashShare,
): Promise<void> {
  await changePoolAlone(scope, poolId, (pool) => applyFlash(pool, flash, share));
}

export async function recordProtocolFee(
  scope: EventScope,
  poolId: PoolId,
  change: ProtocolFeeChange,
): Promise<void> {
  const { feeProtocol0New: feeProtocol0, feeProtocol1New: feeProtocol1 } = change;
  await changePoolAlone(
    scope,
    poolId,
    (pool) => applyProtocolFee(pool, change),
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

/** An event of the pool alone. In quarantine nothing is left of it but what `follow` says. */
export function changePoolAlone(
  scope: EventScope,
  poolId: PoolId,
  change: (pool: LoadedPool) => LoadedPool,
  follow: (pool: PoolRow) => Promise<void> = async () => {},
): Promise<void> {
  return changePool(scope, poolId, (pool) => saveChanged(scope, pool, change), follow);
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
