import schema from "ponder:schema";
import type { SwapEvent } from "../state/events.ts";
import { applySwap } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { loadPricedPool, savePool } from "./savePool.ts";

/** A swap writes its pool and its own row: nothing per position, however many there are. */
export async function recordSwap(scope: EventScope, swap: SwapEvent): Promise<void> {
  const { sqrtPriceX96, tick, liquidity } = swap;
  const pool = await loadPricedPool(scope, swap.poolId);
  await savePool(scope, swap.poolId, applySwap(pool, { sqrtPriceX96, tick, liquidity }));
  const { chainId, blockNumber, logIndex, transactionHash, timestamp } = scope;
  await scope.db
    .insert(schema.swap)
    .values({ chainId, blockNumber, logIndex, transactionHash, timestamp, ...swap });
}
