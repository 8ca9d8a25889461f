import schema from "ponder:schema";
import type { PairSwap } from "../state/pairEvents.ts";
import { moveReserves } from "../state/pairPool.ts";
import { requireProduct, swapPair } from "../state/pairSwap.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { beforeSync, beforeSyncIfSeen, loadCall, reservesOf } from "./recordPairCall.ts";
import { savePool } from "./savePool.ts";

/** A swap writes its pool and its own row: the Sync right before it says what it left. */
export async function recordPairSwap(scope: EventScope, swap: PairSwap): Promise<void> {
  const { poolId } = swap;
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const after = reservesOf(pool);
      const before = beforeSync(scope, pool, await loadCall(scope, poolId));
      requireProduct(before, swap, after);
      const swapped = swapPair(before, swap, after);
      await savePool(scope, poolId, swapped.pool);
      const { feeLp, feeProtocol } = swapped;
      await saveSwap(scope, swap, swapped.pool, { ...swapped.amounts, feeLp, feeProtocol });
    },
    async (pool) => {
      if (pool.sqrtPriceX96 === null) return;
      const priced = pool as PoolRow & PricedPool;
      const before = beforeSyncIfSeen(scope, priced, await loadCall(scope, poolId));
      const { swaps, volume0, volume1 } = swapPair(before, swap, reservesOf(priced)).pool;
      const amounts = {
        amount0: swap.amount0In - swap.amount0Out,
        amount1: swap.amount1In - swap.amount1Out,
      };
      await savePool(scope, poolId, { ...moveReserves(before, reservesOf(priced)), swaps, volume0, volume1 });
      await saveSwap(scope, swap, priced, { ...amounts, feeLp: null, feeProtocol: null });
    },
  );
}

async function saveSwap(
  { db, chainId, blockNumber, logIndex, transactionHash, timestamp }: EventScope,
  { poolId, sender, recipient }: PairSwap,
  { sqrtPriceX96, tick, liquidity, fee }: PricedPool,
  figures: { amount0: bigint; amount1: bigint; feeLp: bigint | null; feeProtocol: bigint | null },
): Promise<void> {
  const place = { chainId, blockNumber, logIndex, transactionHash, timestamp };
  const after = { sqrtPriceX96, tick, liquidity };
  const terms = { fee, pluginFee: 0, protocolFeeSetting: 0 };
  await db
    .insert(schema.swap)
    .values({ ...place, poolId, sender, recipient, ...after, ...terms, ...figures });
}
