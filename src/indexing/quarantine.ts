import schema from "ponder:schema";
import { MulDivOverflowError } from "../math/fullMath.ts";
import { LostLogError } from "../state/lostLog.ts";
import { type EventScope, saveBlock } from "./eventScope.ts";
import { reportQuarantine } from "./reportQuarantine.ts";
import { loadPool, savePool } from "./savePool.ts";
import type { LoadedPool } from "./settlePool.ts";

export type PoolRow = Awaited<ReturnType<typeof loadPool>>;

/**
 * What a log does to a pool. `exactly` throws LostLogError, before it has written anything, where the log does
 * not fit; the pool is then quarantined, and what can still be known is left to `follow`, now and ever after.
 * `claims`: it is the manager's log on the pool's log before.
 */
export async function changePool(
  scope: EventScope,
  poolId: `0x${string}`,
  exactly: (pool: LoadedPool) => Promise<void>,
  follow: (pool: PoolRow) => Promise<void>,
  claims = false,
): Promise<void> {
  const pool = await loadPool(scope, poolId);
  if (pool.quarantinedBlock !== null) return follow(pool);
  try {
    if (pool.awaitsManager !== claims) throw new ManagerLogError(claims);
    await exactly(requirePrice(pool));
  } catch (error) {
    if (!isOfLostLog(error)) throw error;
    // A manager's log may be the block's first.
    await saveBlock(scope);
    const quarantined = { ...pool, quarantinedBlock: scope.blockNumber };
    await savePool(scope, poolId, quarantined);
    await saveQuarantine(scope, poolId, error.message);
    await follow(quarantined);
  }
}

/** Liquidity that is too small for what a log says outgrows the contract's 256 bits, where the contract's did not. */
function isOfLostLog(error: unknown): error is Error {
  return error instanceof LostLogError || error instanceof MulDivOverflowError;
}

async function saveQuarantine(scope: EventScope, poolId: `0x${string}`, reason: string): Promise<void> {
  const { db, chainId, blockNumber, timestamp, logIndex } = scope;
  await db.insert(schema.quarantine).values({ chainId, poolId, blockNumber, timestamp, logIndex, reason });
  reportQuarantine(scope, poolId, reason);
}

function requirePrice(pool: PoolRow): LoadedPool {
  const { sqrtPriceX96, tick, lvrSqrtPriceX96, lvrTick } = pool;
  if (sqrtPriceX96 === null || tick === null || lvrSqrtPriceX96 === null || lvrTick === null) {
    throw new NoPriceError();
  }
  return { ...pool, sqrtPriceX96, tick, lvrSqrtPriceX96, lvrTick };
}

export class NoPriceError extends LostLogError {
  override readonly name = "NoPriceError";

  constructor() {
    super("the pool's Initialize was not seen: the RPC left out a log of this pool");
  }
}

export class ManagerLogError extends LostLogError {
  override readonly name = "ManagerLogError";

  constructor(claims: boolean) {
    super(
      claims
        ? "the position manager names an NFT for a log that its pool did not send: the RPC left out a log of this pool"
        : "the position manager's log after the last Mint, Burn or Collect is missing: the RPC left out a log of the manager",
    );
  }
}
