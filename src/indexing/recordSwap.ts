import schema from "ponder:schema";
import type { SwapEvent } from "../state/events.ts";
import { LostLogError } from "../state/lostLog.ts";
import { lpFeeAfter } from "../state/lpFee.ts";
import { changeBalance, movePrice } from "../state/pool.ts";
import { addFees } from "../state/poolFees.ts";
import { lvrAfterSwap } from "../state/poolLvr.ts";
import { replaySwap } from "../state/replaySwap.ts";
import { swapRuleOf } from "../state/swapRule.ts";
import type { EventScope } from "./eventScope.ts";
import { changePool, type PoolRow } from "./quarantine.ts";
import { savePool } from "./savePool.ts";
import { savePrice } from "./savePrice.ts";
import { saveTick } from "./saveTicks.ts";
import { between, type LoadedPool, openPool } from "./settlePool.ts";

/** A swap writes its pool, the ticks that it crosses and its own row: nothing per position, however many. */
export async function recordSwap(scope: EventScope, swap: SwapEvent): Promise<void> {
  await changePool(
    scope,
    swap.poolId,
    (pool) => replay(scope, pool, swap),
    (pool) => follow(scope, pool, swap),
  );
}

async function replay(scope: EventScope, before: LoadedPool, swap: SwapEvent): Promise<void> {
  const { pool, ticks, changed } = await openPool(scope, before, swap.tick);
  const { crossed, zeroForOne, feeLp, feeProtocol, feePlugin, ...growth } = replaySwap(
    swapRuleOf(pool.protocol),
    pool,
    between(ticks, pool.tick, swap.tick),
    { ...swap, fee: feeOf(swap, pool), pluginFee: swap.pluginFee ?? 0 },
    scope.timestamp,
  );
  if (swap.feeProtocol !== undefined && swap.feeProtocol !== feeProtocol) {
    throw new ProtocolFeeMismatchError(swap.feeProtocol, feeProtocol);
  }
  const fees = zeroForOne
    ? { lp0: feeLp, protocol0: feeProtocol, lp1: 0n, protocol1: 0n }
    : { lp0: 0n, protocol0: 0n, lp1: feeLp, protocol1: feeProtocol };
  const moved = countSwap({ ...movePrice(pool, swap), ...growth, liquidity: swap.liquidity }, swap);
  const paid = lessPlugin(swap, feePlugin, zeroForOne);
  const lvr = lvrAfterSwap(pool, swap, [...ticks.values()]);
  const after = changeBalance(addFees({ ...moved, ...lvr, ...feeAfter(pool, swap, zeroForOne) }, fees), paid);
  for (const tick of new Map([...changed, ...crossed.map((tick) => [tick.tick, tick] as const)]).values()) {
    await saveTick(scope, swap.poolId, tick);
  }
  await savePool(scope, swap.poolId, after);
  await savePrice(scope, swap.poolId, swap.sqrtPriceX96);
  await saveSwap(scope, swap, pool, { feeLp, feeProtocol });
}

/** Its own, or the pool's where its log names none. */
function feeOf(swap: SwapEvent, pool: LoadedPool): number {
  const fee = swap.fee ?? pool.fee;
  if (fee === null) throw new UnknownFeeError(pool.poolId);
  return fee;
}

/** A plugin's part leaves the pool sooner or later, and no log says when. */
function lessPlugin({ amount0, amount1 }: SwapEvent, feePlugin: bigint, zeroForOne: boolean) {
  return zeroForOne ? { amount0: amount0 - feePlugin, amount1 } : { amount0, amount1: amount1 - feePlugin };
}

/** What the log tells of the pool's fee: on v4 the total of both, from which a dynamic one follows. */
function feeAfter(pool: LoadedPool, swap: SwapEvent, zeroForOne: boolean) {
  const { fee: swapFee, pluginFee } = swap;
  if (swapFee === null) return {};
  if (pluginFee !== undefined) return { swapFee, fee: swapFee - pluginFee };
  const { feeProtocol0, feeProtocol1 } = pool;
  // Of a swap that a hook took over no log says the direction.
  const tookOver = swap.amount0 === 0n && swap.amount1 === 0n && swap.sqrtPriceX96 === pool.sqrtPriceX96;
  const one = zeroForOne ? feeProtocol0 : feeProtocol1;
  return { swapFee, fee: lpFeeAfter(pool, swapFee, tookOver ? [feeProtocol0, feeProtocol1] : [one]) };
}

/** In quarantine: what the log itself says. */
async function follow(scope: EventScope, pool: PoolRow, swap: SwapEvent): Promise<void> {
  const { liquidity } = swap;
  await savePool(scope, swap.poolId, countSwap({ ...movePrice(pool, swap), liquidity }, swap));
  await savePrice(scope, swap.poolId, swap.sqrtPriceX96);
  await saveSwap(scope, swap, pool, { feeLp: null, feeProtocol: null });
}

function countSwap<T extends Pick<PoolRow, "swaps" | "volume0" | "volume1">>(pool: T, swap: SwapEvent): T {
  return {
    ...pool,
    swaps: pool.swaps + 1,
    volume0: pool.volume0 + magnitude(swap.amount0),
    volume1: pool.volume1 + magnitude(swap.amount1),
  };
}

/** With the fees as they then were: the row alone says how its swap went. */
async function saveSwap(
  { db, chainId, blockNumber, logIndex, transactionHash, timestamp }: EventScope,
  swap: SwapEvent,
  pool: Pick<PoolRow, "fee" | "feeProtocol0" | "feeProtocol1">,
  fees: { feeLp: bigint | null; feeProtocol: bigint | null },
): Promise<void> {
  const place = { chainId, blockNumber, logIndex, transactionHash, timestamp };
  const terms = {
    fee: swap.fee ?? pool.fee,
    pluginFee: swap.pluginFee ?? 0,
    protocolFeeSetting: swap.amount0 > 0n ? pool.feeProtocol0 : pool.feeProtocol1,
  };
  await db.insert(schema.swap).values({ ...place, ...swap, ...terms, ...fees });
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

class UnknownFeeError extends LostLogError {
  override readonly name = "UnknownFeeError";

  constructor(poolId: string) {
    super(`pool ${poolId} has a swap before any log told its fee. A log of the pool before it is missing`);
  }
}

export class ProtocolFeeMismatchError extends LostLogError {
  override readonly name = "ProtocolFeeMismatchError";

  constructor(logged: bigint, expected: bigint) {
    super(
      `the protocol took ${logged} of a swap, by its last known share of the fee it is ${expected}: the RPC left out a log of this pool`,
    );
  }
}
