import { LostLogError } from "../state/lostLog.ts";
import { endCall, type PairCall } from "../state/pairCall.ts";
import type { PairChange } from "../state/pairEvents.ts";
import { mintPair, type PairMint, requireMint } from "../state/pairLiquidity.ts";
import { pairPositionId } from "../state/pairPosition.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { beforeSync, beforeSyncIfSeen, loadCall, reservesOf } from "./recordPairCall.ts";
import { giveShares, hasPosition, savePair } from "./recordPairHolder.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";

type Priced = PricedPool & { poolId: `0x${string}` };

/** Tokens that came in for LP tokens; whose those are, and those of the protocol, the Transfers before have said. */
export async function recordPairMint(scope: EventScope, change: PairChange): Promise<void> {
  const { poolId } = change;
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const call = await loadCall(scope, poolId);
      const before = beforeSync(scope, pool, call);
      const { mint, to } = mintOf(call, change, pool);
      requireMint(before, mint);
      await mintShares(scope, before, { mint, to, call });
    },
    async (pool) => {
      const call = await loadCall(scope, poolId);
      if (pool.sqrtPriceX96 === null || call.steps.minted === null) {
        return savePool(scope, poolId, { ...pool, mints: pool.mints + 1 });
      }
      const priced = pool as PoolRow & PricedPool;
      const before = beforeSyncIfSeen(scope, priced, call);
      await mintShares(scope, before, { ...mintOf(call, change, priced), call });
    },
  );
}

async function mintShares(
  scope: EventScope,
  before: Priced,
  { mint, to, call }: { mint: PairMint; to: `0x${string}`; call: PairCall },
): Promise<void> {
  const { poolId } = before;
  const { pool, deposit } = mintPair(before, mint);
  await savePair(scope, await giveShares(scope, { pool, call: endCall(call) }, to, deposit));
  if (!hasPosition(poolId, to)) return;
  const { amount0, amount1, shares: liquidityDelta } = mint;
  const { sqrtPriceX96 } = pool;
  const event = { kind: "DEPOSIT", poolId, positionId: pairPositionId({ poolId, owner: to }) } as const;
  await saveLiquidityEvent(scope, { ...event, liquidityDelta, amount0, amount1, sqrtPriceX96 });
}

function mintOf(
  { steps }: PairCall,
  { amount0, amount1 }: PairChange,
  pool: PricedPool,
): { mint: PairMint; to: `0x${string}` } {
  const { minted, lockedShares, feeMinted } = steps;
  if (minted === null) throw new LostSharesError();
  const { to, shares } = minted;
  const mint = { amount0, amount1, shares, lockedShares, feeMinted, after: reservesOf(pool) };
  return { mint, to };
}

export class LostSharesError extends LostLogError {
  override readonly name = "LostSharesError";

  constructor() {
    super("a Mint or Burn stands without the Transfer of its LP tokens: the RPC left out a log of this pool");
  }
}
