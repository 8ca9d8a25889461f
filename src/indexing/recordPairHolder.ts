import type { PairCall } from "../state/pairCall.ts";
import {
  depositPair,
  openPairPosition,
  type PairDeposit,
  type PairPosition,
  pairPositionId,
} from "../state/pairPosition.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { saveCall } from "./recordPairCall.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, savePosition } from "./savePosition.ts";

export const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/** A pair in the middle of a log: its pool and its call, as they are to be saved. */
export type OpenPair = { pool: PricedPool & { poolId: `0x${string}` }; call: PairCall };

/**
 * LP tokens that come to a holder. Address 0 and the pair itself hold some too, but have no position: what lies in
 * the pair is the next burn's.
 */
export async function giveShares(
  scope: EventScope,
  pair: OpenPair,
  to: `0x${string}`,
  deposit: PairDeposit,
): Promise<OpenPair> {
  const { pool, call } = pair;
  const { shares, basisX64 } = deposit;
  const counted = { ...pool, basisX64: (pool.basisX64 ?? 0n) + basisX64 };
  if (to === ZERO_ADDRESS) return { pool: counted, call };
  if (to === pool.poolId) {
    const parkedShares = call.parkedShares + shares;
    return { pool: counted, call: { ...call, parkedShares, parkedBasisX64: call.parkedBasisX64 + basisX64 } };
  }
  const position = (await loadHolder(scope, pool.poolId, to)) ?? openHolder(scope, pool.poolId, to);
  const change = (before: PairPosition) => depositPair(before, pool, deposit, scope);
  await savePosition(scope, change(position));
  return { pool: counted, call: changeUnsent(call, to, change) };
}

/** Who sent LP tokens to the pair in this transaction holds them still, should they be burnt: both books go on. */
export function changeUnsent(
  call: PairCall,
  owner: `0x${string}`,
  change: (position: PairPosition) => PairPosition,
): PairCall {
  const senders = call.steps.senders.map((sender) =>
    sender.owner === owner ? { ...sender, unsent: change(sender.unsent) } : sender,
  );
  return { ...call, steps: { ...call.steps, senders } };
}

export function hasPosition(poolId: string, owner: string): boolean {
  return owner !== ZERO_ADDRESS && owner !== poolId;
}

export async function savePair(scope: EventScope, { pool, call }: OpenPair): Promise<void> {
  await savePool(scope, pool.poolId, pool);
  await saveCall(scope, pool.poolId, call);
}

export async function loadHolder(
  scope: EventScope,
  poolId: `0x${string}`,
  owner: `0x${string}`,
): Promise<PairPosition | null> {
  return loadPosition(scope, pairPositionId({ poolId, owner }));
}

function openHolder(scope: EventScope, poolId: `0x${string}`, owner: `0x${string}`): PairPosition {
  return openPairPosition({ poolId, owner, protocol: scope.protocol }, scope);
}
