import schema from "ponder:schema";
import { LostLogError } from "../state/lostLog.ts";
import { decodeSteps, emptyCall, encodeSteps, inTransaction, type PairCall } from "../state/pairCall.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool } from "./quarantine.ts";

/** What the pair logged before in this transaction, and what lies in it. */
export async function loadCall(scope: EventScope, poolId: `0x${string}`): Promise<PairCall> {
  const { db, chainId, transactionHash } = scope;
  const row = await db.find(schema.pairCall, { chainId, poolId });
  if (row === null) return inTransaction(emptyCall, transactionHash);
  const { parkedShares, parkedBasisX64, steps } = row;
  return inTransaction({ parkedShares, parkedBasisX64, steps: decodeSteps(steps) }, transactionHash);
}

export async function saveCall(scope: EventScope, poolId: `0x${string}`, call: PairCall): Promise<void> {
  const { db, chainId } = scope;
  const { parkedShares, parkedBasisX64 } = call;
  const state = { parkedShares, parkedBasisX64, steps: encodeSteps(call.steps) };
  await db
    .insert(schema.pairCall)
    .values({ chainId, poolId, ...state })
    .onConflictDoUpdate(state);
}

/**
 * Quarantines a pair whose last Mint or Burn never came: each stands in the transaction of its LP tokens. `anew`: this
 * log begins a Mint or Burn, so that no Burn may still be under way in its own transaction either.
 */
export async function requireEnded(scope: EventScope, poolId: `0x${string}`, anew = false): Promise<void> {
  const { db, chainId, transactionHash } = scope;
  const row = await db.find(schema.pairCall, { chainId, poolId });
  if (row === null) return;
  const { minted, burnt, ...steps } = decodeSteps(row.steps);
  const isOver = steps.transactionHash !== transactionHash;
  const misses = isOver ? minted !== null || burnt !== null : anew && burnt !== null;
  if (!misses) return;
  const refuse = async () => {
    throw new UnendedCallError();
  };
  await changePool(scope, poolId, refuse, async () => {});
}

/** The pool as it was before this call's Sync, which stands right before the log that says what the call was. */
export function beforeSync<T extends PricedPool>(scope: EventScope, pool: T, { steps }: PairCall): T {
  if (steps.sync?.logIndex !== scope.logIndex - 1) throw new LostSyncError();
  const { before } = steps.sync;
  return { ...pool, ...before, quarantinedBlock: pool.quarantinedBlock };
}

/** In quarantine the present one has to do where the Sync is missing. */
export function beforeSyncIfSeen<T extends PricedPool>(scope: EventScope, pool: T, call: PairCall): T {
  return call.steps.sync?.logIndex === scope.logIndex - 1 ? beforeSync(scope, pool, call) : pool;
}

export function reservesOf({ balance0, balance1 }: PricedPool): { reserve0: bigint; reserve1: bigint } {
  return { reserve0: balance0, reserve1: balance1 };
}

export class UnendedCallError extends LostLogError {
  override readonly name = "UnendedCallError";

  constructor() {
    super("LP tokens were minted or burnt, and no Mint or Burn came: the RPC left out a log of this pool");
  }
}

export class LostSyncError extends LostLogError {
  override readonly name = "LostSyncError";

  constructor() {
    super("a Mint, Burn or Swap stands without the Sync before it: the RPC left out a log of this pool");
  }
}
