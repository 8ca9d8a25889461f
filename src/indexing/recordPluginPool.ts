import schema from "ponder:schema";
import type { FlashEvent, SwapEvent } from "../state/events.ts";
import { growByExcess, shrinkByExcess } from "../state/excess.ts";
import type { TokenAmounts } from "../state/feeLedger.ts";
import { applyCommunityFlash } from "../state/poolFees.ts";
import type { EventScope } from "./eventScope.ts";
import { excessBefore, forgetExcess, loadPluginPool, type PluginPool, savePluginPool } from "./pluginPool.ts";
import { recordDonation } from "./recordManagedPool.ts";
import { changePoolAlone } from "./recordPoolFees.ts";
import { recordSwap } from "./recordSwap.ts";
import { loadPool, savePool } from "./savePool.ts";

type PoolId = `0x${string}`;

/** The fee of a pool's swaps from now on, in pips, where a swap's own log names no other. */
export async function recordFee(scope: EventScope, poolId: PoolId, fee: number): Promise<void> {
  if (await isUnknownYet(scope, poolId)) return;
  await savePluginPool(scope, poolId, { fee });
  await changePoolAlone(
    scope,
    poolId,
    (pool) => ({ ...pool, fee }),
    (pool) => savePool(scope, poolId, { ...pool, fee }),
  );
}

/** Which ticks new positions may have, from now on. */
export async function recordTickSpacing(
  scope: EventScope,
  poolId: PoolId,
  tickSpacing: number,
): Promise<void> {
  if (await isUnknownYet(scope, poolId)) return;
  const { db, chainId, blockNumber } = scope;
  await db.update(schema.pool, { chainId, poolId }).set({ tickSpacing });
  await db
    .insert(schema.spacingSnapshot)
    .values({ chainId, poolId, blockNumber, tickSpacing })
    .onConflictDoUpdate({ tickSpacing });
}

/** The community's share of fees from now on, in thousandths, on either token's input. */
export async function recordCommunityFee(scope: EventScope, poolId: PoolId, share: number): Promise<void> {
  if (await isUnknownYet(scope, poolId)) return;
  const fee = { feeProtocol0: share, feeProtocol1: share };
  await changePoolAlone(
    scope,
    poolId,
    (pool) => ({ ...pool, ...fee }),
    (pool) => savePool(scope, poolId, { ...pool, ...fee }),
  );
}

/**
 * Tokens that a call found in the pool beyond its reserves: sent there, or paid for a flash. They go to the liquidity
 * in range; a swap finds them after it has moved the price, though its log comes later. A payment in advance, a poke
 * or a plugin's sync that found them just before a swap of the same transaction looks the same, and is taken for it:
 * where that swap crosses ticks, so much and no more goes to other LPs than it went to.
 */
export async function recordExcess(scope: EventScope, poolId: PoolId, excess: TokenAmounts): Promise<void> {
  const { liquidity } = await loadPool(scope, poolId);
  await savePluginPool(scope, poolId, {
    excess0: excess.amount0,
    excess1: excess.amount1,
    excessTransaction: scope.transactionHash,
  });
  // Without liquidity only a swap that comes to some can have found them.
  if (liquidity > 0n) await recordDonation(scope, { poolId, ...excess });
}

/** A swap with the fees that the logs before it tell. */
export async function recordPluginSwap(scope: EventScope, swap: SwapEvent): Promise<void> {
  const { poolId } = swap;
  const terms = await loadPluginPool(scope, poolId);
  const excess = excessBefore(scope, terms);
  if (excess === null) return recordSwap(scope, { ...swap, ...feesOf(terms) });
  const { liquidity } = await loadPool(scope, poolId);
  // One that is out of liquidity has found it before.
  const moves = liquidity > 0n && swap.liquidity > 0n;
  if (moves) await changePoolAlone(scope, poolId, (pool) => shrinkByExcess(pool, excess));
  await recordSwap(scope, { ...swap, ...feesOf(terms) });
  if (moves) await changePoolAlone(scope, poolId, (pool) => growByExcess(pool, excess));
  if (liquidity === 0n) await recordDonation(scope, { poolId, ...excess });
  await forgetExcess(scope, poolId);
}

/** A flash: the community takes its share, the rest is found by the pool's next call. */
export async function recordCommunityFlash(
  scope: EventScope,
  poolId: PoolId,
  flash: FlashEvent,
): Promise<void> {
  await changePoolAlone(scope, poolId, (pool) => applyCommunityFlash(pool, flash));
}

function feesOf({ fee, overrideFee, pluginFee }: PluginPool): Pick<SwapEvent, "fee" | "pluginFee"> {
  const own = overrideFee === 0 ? fee : overrideFee;
  return own === null ? { fee: null } : { fee: own + pluginFee, pluginFee };
}

/** A listed pool is known from its Initialize on, which is followed by all of these anew. */
async function isUnknownYet({ db, chainId, settings }: EventScope, poolId: PoolId): Promise<boolean> {
  return settings.listedPools.has(poolId) && (await db.find(schema.pool, { chainId, poolId })) === null;
}
