import { applyDonation } from "../state/donation.ts";
import type { PoolTerms } from "../state/events.ts";
import type { TokenAmounts } from "../state/feeLedger.ts";
import { initializePool, type PriceAndTick } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { insertPool } from "./recordPool.ts";
import { changePoolAlone } from "./recordPoolFees.ts";
import { loadPool, savePool } from "./savePool.ts";
import { savePrice } from "./savePrice.ts";

type Of = { poolId: `0x${string}` };

/** A v4 pool: its creation and its first price are one log of the PoolManager. */
export async function recordManagedPool(
  scope: EventScope,
  { sqrtPriceX96, tick, ...terms }: PoolTerms & PriceAndTick,
): Promise<void> {
  const created = { createdBlock: scope.blockNumber, createdTimestamp: scope.timestamp };
  await insertPool(scope, terms, created);
  const pool = await loadPool(scope, terms.poolId);
  await savePool(scope, terms.poolId, initializePool(pool, { sqrtPriceX96, tick }));
  await savePrice(scope, terms.poolId, sqrtPriceX96);
}

/** Tokens given to the LPs in range. */
export function recordDonation(scope: EventScope, { poolId, ...given }: Of & TokenAmounts): Promise<void> {
  return changePoolAlone(scope, poolId, (pool) => applyDonation(pool, given));
}

/** The protocol's part of each direction's input from now on. Its log does not say what it was before. */
export function recordInputFee(
  scope: EventScope,
  { poolId, ...fee }: Of & { feeProtocol0: number; feeProtocol1: number },
): Promise<void> {
  return changePoolAlone(
    scope,
    poolId,
    (pool) => ({ ...pool, ...fee }),
    (pool) => savePool(scope, poolId, { ...pool, ...fee }),
  );
}
