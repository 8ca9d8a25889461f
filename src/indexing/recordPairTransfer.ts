import { LostLogError } from "../state/lostLog.ts";
import type { PairCall, PairSender } from "../state/pairCall.ts";
import type { PairTransfer } from "../state/pairEvents.ts";
import { buyShares } from "../state/pairLiquidity.ts";
import { pairAmounts, settlePair } from "../state/pairPool.ts";
import { type PairPosition, pairPositionId, withdrawPair } from "../state/pairPosition.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { loadCall, requireEnded } from "./recordPairCall.ts";
import { changeUnsent, giveShares, loadHolder, savePair, ZERO_ADDRESS } from "./recordPairHolder.ts";
import { keepBurnt, keepMinted } from "./recordPairSupply.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePosition, UnknownPositionError } from "./savePosition.ts";

/**
 * LP tokens that go from one holder to another: a withdrawal at market of a part, and a deposit at market. From 0 they
 * are minted and from the pair to 0 burnt, which Mint and Burn after them book. Nothing moves with 0 or to oneself.
 */
export async function recordPairTransfer(scope: EventScope, transfer: PairTransfer): Promise<void> {
  const { poolId, from, to, shares } = transfer;
  // Anyone may send nothing on anyone's behalf, from address 0 too, which no Mint follows.
  if (shares === 0n) return;
  await requireEnded(scope, poolId, from === ZERO_ADDRESS || from === poolId);
  if (from === ZERO_ADDRESS) return keepMinted(scope, transfer);
  if (from === to) return;
  if (from === poolId) return keepBurnt(scope, transfer);
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const position = await loadHolder(scope, poolId, from);
      if (position === null) throw new UnknownPositionError(pairPositionId({ poolId, owner: from }));
      if (position.liquidity < shares) throw new SharesNotHeldError(transfer, position.liquidity);
      await moveShares(scope, settlePair(pool), position, transfer);
    },
    async (pool) => {
      const position = await loadHolder(scope, poolId, from);
      if (position === null || pool.sqrtPriceX96 === null) return;
      const most = position.liquidity < shares ? position.liquidity : shares;
      await moveShares(scope, pool as PoolRow & PricedPool, position, { ...transfer, shares: most });
    },
  );
}

async function moveShares(
  scope: EventScope,
  pool: PricedPool & { poolId: `0x${string}` },
  before: PairPosition,
  { poolId, from, to, shares }: PairTransfer,
): Promise<void> {
  const paid = pairAmounts(pool, shares);
  const withdraw = (position: PairPosition) => withdrawPair(position, pool, { shares, paid }, scope).position;
  const after = withdraw(before);
  const released = (before.basisX64 ?? 0n) - (after.basisX64 ?? 0n);
  const left = { ...pool, basisX64: (pool.basisX64 ?? 0n) - released };
  const call = await loadCall(scope, poolId);
  // What comes to the pair while it burns is none of that Burn's.
  const isKept = to === poolId && call.steps.burnt === null;
  const changed = isKept ? call : changeUnsent(call, from, withdraw);
  const senders = to === poolId ? keepSender(scope, changed, before, shares) : changed;
  await savePosition(scope, after);
  const given = await giveShares(scope, { pool: left, call: senders }, to, buyShares(pool, shares));
  await savePair(scope, given);
  const { positionId } = before;
  const { sqrtPriceX96 } = pool;
  const event = { kind: "TRANSFER", poolId, positionId, liquidityDelta: -shares, sqrtPriceX96 } as const;
  await saveLiquidityEvent(scope, { ...event, from, to });
}

/** More than any router has; a transaction made to be costly has a thousand. */
const MOST_SENDERS = 32;

/** Whose LP tokens came to the pair, should the same transaction burn them. Beyond the bound they stay given away. */
function keepSender(scope: EventScope, call: PairCall, before: PairPosition, shares: bigint): PairCall {
  const { owner } = before;
  const { senders } = call.steps;
  const since = call.steps.burnt?.logIndex ?? -1;
  const known = senders.find(
    (sender) => sender.owner === owner && sender.logIndexes.every((index) => index > since),
  );
  if (known === undefined && senders.length >= MOST_SENDERS) return call;
  const sender: PairSender = {
    owner,
    shares: (known?.shares ?? 0n) + shares,
    logIndexes: [...(known?.logIndexes ?? []), scope.logIndex],
    unsent: known?.unsent ?? before,
  };
  const others = senders.filter((other) => other !== known);
  return { ...call, steps: { ...call.steps, senders: [...others, sender] } };
}

export class SharesNotHeldError extends LostLogError {
  override readonly name = "SharesNotHeldError";

  constructor({ from, shares }: PairTransfer, held: bigint) {
    super(`${from} sends ${shares} LP tokens and holds ${held}: the RPC left out a log of this pool`);
  }
}
