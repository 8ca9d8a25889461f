import schema from "ponder:schema";
import type { PairCall } from "../state/pairCall.ts";
import type { PairTransfer } from "../state/pairEvents.ts";
import { requireFeeMint } from "../state/pairFee.ts";
import { mintToProtocol } from "../state/pairLiquidity.ts";
import { settlePair } from "../state/pairPool.ts";
import { pairPositionId } from "../state/pairPosition.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { recordListedPair } from "./recordPair.ts";
import { loadCall, saveCall } from "./recordPairCall.ts";
import { giveShares, hasPosition, savePair, ZERO_ADDRESS } from "./recordPairHolder.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { loadPool } from "./savePool.ts";

/** LP tokens from address 0: whose they are is known from what follows. The first of all makes a listed pair known. */
export async function keepMinted(scope: EventScope, { poolId, to, shares }: PairTransfer): Promise<void> {
  const { db, chainId, logIndex } = scope;
  const seen = await db.find(schema.pool, { chainId, poolId });
  if (seen === null && to === ZERO_ADDRESS) await recordListedPair(scope, poolId);
  const call = await settleMinted(scope, poolId);
  await saveCall(scope, poolId, { ...call, steps: { ...call.steps, minted: { to, shares, logIndex } } });
}

/**
 * LP tokens that the pair burns: all that lay in it, whose amounts its Burn will say. Should the pair itself be who gets
 * the protocol's, those of this call stay in it.
 */
export async function keepBurnt(scope: EventScope, { poolId, shares }: PairTransfer): Promise<void> {
  const { parkedShares, parkedBasisX64 } = await loadCall(scope, poolId);
  const call = await settleMinted(scope, poolId);
  const burnt = { shares, parkedShares, parkedBasisX64, logIndex: scope.logIndex };
  await saveCall(scope, poolId, {
    parkedShares: call.parkedShares - parkedShares,
    parkedBasisX64: call.parkedBasisX64 - parkedBasisX64,
    steps: { ...call.steps, burnt },
  });
}

/** Of several Transfers from 0 in one call the last is the LP's: those before are locked, or the protocol's. */
async function settleMinted(scope: EventScope, poolId: `0x${string}`): Promise<PairCall> {
  const { shares } = await loadPool(scope, poolId);
  const call = await loadCall(scope, poolId);
  const { minted } = call.steps;
  if (minted === null) return call;
  const steps = { ...call.steps, minted: null };
  if (minted.to === ZERO_ADDRESS && (shares ?? 0n) === 0n) {
    return { ...call, steps: { ...steps, lockedShares: minted.shares } };
  }
  const settled = { ...call, steps: { ...steps, feeMinted: true } };
  await saveCall(scope, poolId, settled);
  await changePool(
    scope,
    poolId,
    async (pool) => {
      requireFeeMint(pool, minted.shares);
      await giveProtocol({ ...scope, logIndex: minted.logIndex }, settlePair(pool), settled, minted);
    },
    async (pool) => {
      if (pool.sqrtPriceX96 === null) return;
      const priced = pool as PoolRow & PricedPool;
      await giveProtocol({ ...scope, logIndex: minted.logIndex }, priced, settled, minted);
    },
  );
  return loadCall(scope, poolId);
}

/** The protocol's LP tokens are a deposit at market of who gets them, at their own Transfer. */
async function giveProtocol(
  scope: EventScope,
  before: PricedPool & { poolId: `0x${string}` },
  call: PairCall,
  { to, shares }: { to: `0x${string}`; shares: bigint },
): Promise<void> {
  const { poolId, sqrtPriceX96 } = before;
  const { pool, deposit } = mintToProtocol(before, shares);
  await savePair(scope, await giveShares(scope, { pool, call }, to, deposit));
  if (!hasPosition(poolId, to)) return;
  await saveLiquidityEvent(scope, {
    kind: "TRANSFER",
    poolId,
    positionId: pairPositionId({ poolId, owner: to }),
    liquidityDelta: shares,
    sqrtPriceX96,
    from: ZERO_ADDRESS,
    to,
  });
}
