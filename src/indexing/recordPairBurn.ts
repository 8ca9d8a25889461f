import schema from "ponder:schema";
import type { TokenAmounts } from "../state/feeLedger.ts";
import { LostLogError } from "../state/lostLog.ts";
import { endCall, type PairCall, type PairSender } from "../state/pairCall.ts";
import type { PairChange } from "../state/pairEvents.ts";
import { burnPair } from "../state/pairLiquidity.ts";
import { settlePair } from "../state/pairPool.ts";
import { type PairPosition, withdrawPair } from "../state/pairPosition.ts";
import type { PricedPool } from "../state/pool.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { beforeSync, beforeSyncIfSeen, loadCall, reservesOf } from "./recordPairCall.ts";
import { loadHolder, savePair } from "./recordPairHolder.ts";
import { LostSharesError } from "./recordPairMint.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { savePosition } from "./savePosition.ts";

type Priced = PricedPool & { poolId: `0x${string}` };
type Burnt = NonNullable<PairCall["steps"]["burnt"]>;

/**
 * LP tokens that were burnt, and all that was paid for them, at once. They are who sent them in the same transaction
 * withdrew: what was booked as a transfer then is booked again as a withdrawal, with these amounts. What lay in the pair
 * before is theirs too. Where nobody sent any, they were nobody's.
 */
export async function recordPairBurn(scope: EventScope, change: PairChange): Promise<void> {
  const { poolId } = change;
  await changePool(
    scope,
    poolId,
    async (pool) => {
      const call = await loadCall(scope, poolId);
      const before = beforeSync(scope, pool, call);
      const { burnt } = call.steps;
      if (burnt === null) throw new LostSharesError();
      if (burnt.shares !== burnt.parkedShares) throw new BurnMisfitError(burnt);
      await burnShares(scope, { before: settlePair(before), pool, call, burnt }, change);
    },
    async (pool) => {
      const call = await loadCall(scope, poolId);
      const { burnt } = call.steps;
      if (pool.sqrtPriceX96 === null || burnt === null) {
        return savePool(scope, poolId, { ...pool, burns: pool.burns + 1 });
      }
      const priced = pool as PoolRow & PricedPool;
      const before = beforeSyncIfSeen(scope, priced, call);
      await burnShares(scope, { before, pool: priced, call, burnt }, change);
    },
  );
}

async function burnShares(
  scope: EventScope,
  burn: { before: Priced; pool: PricedPool; call: PairCall; burnt: Burnt },
  { amount0, amount1 }: PairChange,
): Promise<void> {
  const { before, call, burnt } = burn;
  const { feeMinted, senders } = call.steps;
  const paid = { amount0, amount1 };
  const earlier = senders.filter(({ logIndexes }) => logIndexes.every((index) => index < burnt.logIndex));
  let basisX64 = (before.basisX64 ?? 0n) - burnt.parkedBasisX64;
  for (const { sender, part } of divide(earlier, paid)) {
    const change = await withdrawSent(scope, before, { sender, paid: part, last: sender === earlier.at(-1) });
    basisX64 += change;
  }
  // Who has left has sold at the price before: what rounding makes of it is a move for who stays.
  const stayed = { ...before, basisX64 };
  const after = burnPair(stayed, { ...paid, shares: burnt.shares, feeMinted, after: reservesOf(burn.pool) });
  // Who sent some while this Burn went on has another book now: those stay given away.
  const withdrew = new Set(earlier.map(({ owner }) => owner));
  const later = senders.filter(({ owner }) => !withdrew.has(owner));
  const ended = endCall({ ...call, steps: { ...call.steps, senders: later } });
  await savePair(scope, { pool: after, call: ended });
}

/** Answers by how much the holder's principal liquidity times 2^64 is another than the transfer had left. */
async function withdrawSent(
  scope: EventScope,
  pool: Priced,
  { sender, paid, last }: { sender: PairSender; paid: TokenAmounts; last: boolean },
): Promise<bigint> {
  const { unsent, shares, logIndexes, owner } = sender;
  const { poolId, sqrtPriceX96 } = pool;
  const sent: PairPosition | null = await loadHolder(scope, poolId, owner);
  const { position, principal } = withdrawPair(unsent, pool, { shares, paid }, scope);
  await savePosition(scope, position);
  const { db, chainId, blockNumber } = scope;
  for (const logIndex of logIndexes)
    await db.delete(schema.liquidityEvent, { chainId, blockNumber, logIndex });
  // A log has one row: of several holders' LP tokens in one Burn, only the last one's stands at the Burn itself.
  const logIndex = last ? scope.logIndex : (logIndexes.at(-1) ?? scope.logIndex);
  await saveLiquidityEvent(
    { ...scope, logIndex },
    {
      ...{ kind: "WITHDRAW", poolId, positionId: position.positionId, liquidityDelta: -shares },
      ...principal,
      ...{ paidOut0: paid.amount0, paidOut1: paid.amount1, sqrtPriceX96 },
    },
  );
  return (position.basisX64 ?? 0n) - (sent?.basisX64 ?? 0n);
}

/** Each by the LP tokens that it sent, rounded down; the last takes the rest. */
function divide(senders: readonly PairSender[], { amount0, amount1 }: TokenAmounts) {
  const all = senders.reduce((sum, { shares }) => sum + shares, 0n);
  let [left0, left1] = [amount0, amount1];
  return senders.map((sender, i) => {
    const last = i === senders.length - 1;
    const part = {
      amount0: last ? left0 : (amount0 * sender.shares) / all,
      amount1: last ? left1 : (amount1 * sender.shares) / all,
    };
    left0 -= part.amount0;
    left1 -= part.amount1;
    return { sender, part };
  });
}

export class BurnMisfitError extends LostLogError {
  override readonly name = "BurnMisfitError";

  constructor({ shares, parkedShares }: Burnt) {
    super(
      `the pair burns ${shares} LP tokens and ${parkedShares} had come to it: the RPC left out a log of this pool`,
    );
  }
}
