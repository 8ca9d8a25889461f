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
  const known = knownSender(call, from);
  const count = known?.logIndexes ?? call.steps.senders;
  const isKept = to === poolId && count.length < MOST_KEPT;
  // What is not kept with what came before leaves that as any transfer does.
  const changed = isKept && known !== undefined ? call : changeUnsent(call, from, withdraw);
  const senders = isKept ? keepSender(scope, changed, before, shares) : changed;
  await savePosition(scope, after);
  const given = await giveShares(scope, { pool: left, call: senders }, to, buyShares(pool, shares));
  await savePair(scope, given);
  const { positionId } = before;
  const { sqrtPriceX96 } = pool;
  const event = { kind: "TRANSFER", poolId, positionId, liquidityDelta: -shares, sqrtPriceX96 } as const;
  await saveLiquidityEvent(scope, { ...event, from, to });
}

/** Senders, and Transfers of each: more than any router has; a transaction made to be costly has thousands. */
const MOST_KEPT = 32;

/** What this holder sent to the pair before, for the next Burn: what comes while one goes on is none of its. */
function knownSender({ steps }: PairCall, owner: string): PairSender | undefined {
  const since = steps.burnt?.logIndex ?? -1;
  const isNext = ({ logIndexes }: PairSender) => logIndexes.every((index) => index > since);
  return steps.senders.find((sender) => sender.owner === owner && isNext(sender));
}

/** Whose LP tokens came to the pair, should the same transaction burn them. Beyond the bound they stay given away. */
function keepSender(scope: EventScope, call: PairCall, before: PairPosition, shares: bigint): PairCall {
  const { owner } = before;
  const known = knownSender(call, owner);
  const sender: PairSender = {
    owner,
    shares: (known?.shares ?? 0n) + shares,
    logIndexes: [...(known?.logIndexes ?? []), scope.logIndex],
    unsent: known?.unsent ?? before,
  };
  const others = call.steps.senders.filter((other) => other !== known);
  return { ...call, steps: { ...call.steps, senders: [...others, sender] } };
}

export class SharesNotHeldError extends LostLogError {
  override readonly name = "SharesNotHeldError";

  constructor({ from, shares }: PairTransfer, held: bigint) {
    super(`${from} sends ${shares} LP tokens and holds ${held}: the RPC left out a log of this pool`);
  }
}
