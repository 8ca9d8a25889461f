import { pokesSilently } from "../protocols/quirks.ts";
import type { CollectEvent } from "../state/events.ts";
import { payCore, settleFees, type TokenAmounts } from "../state/feeLedger.ts";
import { changeBalance } from "../state/pool.ts";
import { payPosition, poolPositionId } from "../state/position.ts";
import { addPrincipalOwed } from "../state/principalOwed.ts";
import { growthInRange } from "./changeRange.ts";
import type { EventScope } from "./eventScope.ts";
import { followCollect } from "./followLiquidity.ts";
import { changePool } from "./quarantine.ts";
import { isManaged } from "./recordLiquidity.ts";
import { loadCorePosition, saveCorePosition } from "./saveCorePosition.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, type PositionRow, savePosition, UnknownPositionError } from "./savePosition.ts";
import { saveTick } from "./saveTicks.ts";
import { type LoadedPool, openPool } from "./settlePool.ts";

/** What the pool paid out. For an NFT the manager's own Collect follows and says which one it was. */
export async function recordCollect(scope: EventScope, collect: CollectEvent): Promise<void> {
  await changePool(
    scope,
    collect.poolId,
    (pool) => (isManaged(scope, collect) ? payManager : payOwner)(scope, pool, collect),
    (pool) => followCollect(scope, pool, collect),
  );
}

async function payManager(scope: EventScope, before: LoadedPool, collect: CollectEvent): Promise<void> {
  const corePositionId = poolPositionId(collect);
  const core = await loadCorePosition(scope, corePositionId);
  const { settledBlock } = core;
  if (settledBlock === null) throw new UnknownPositionError(corePositionId);
  // A silent poke may have come before: the manager's log tells, and pays.
  const paid = pokesSilently(scope.protocol) ? core : payCore(core, collect);
  await savePaidPool(scope, before, collect, true);
  await saveCorePosition(scope, corePositionId, { ...paid, settledBlock });
  await saveLiquidityEvent(scope, eventOf(collect, null, before.sqrtPriceX96));
}

async function payOwner(scope: EventScope, before: LoadedPool, collect: CollectEvent): Promise<void> {
  const positionId = poolPositionId(collect);
  const position = await loadPosition(scope, positionId);
  if (position === null) {
    // Anyone may collect nothing from any range.
    if (collect.amount0 === 0n && collect.amount1 === 0n) return;
    throw new UnknownPositionError(positionId);
  }
  const { sqrtPriceX96 } = before;
  const settled = await afterSilentPoke(scope, before, position, collect);
  const paid = payPosition(settled, { paid: collect, debited: collect, sqrtPriceX96 });
  await savePaidPool(scope, addPrincipalOwed(before, position, paid), collect);
  await savePosition(scope, paid);
  await saveLiquidityEvent(scope, eventOf(collect, positionId, sqrtPriceX96));
}

/** Who is paid more than was owed has settled fees before, which not every protocol logs. */
async function afterSilentPoke(
  scope: EventScope,
  pool: LoadedPool,
  position: PositionRow,
  { amount0, amount1 }: CollectEvent,
): Promise<PositionRow> {
  const isOwed = amount0 <= position.tokensOwed0 && amount1 <= position.tokensOwed1;
  if (isOwed || !pokesSilently(scope.protocol)) return position;
  return settleFees(position, await growthInRange(scope, pool, position));
}

/** The pool after it paid out so much, which may be its first event in the block. */
export async function savePaidPool(
  scope: EventScope,
  before: LoadedPool,
  { amount0, amount1 }: TokenAmounts,
  awaitsManager = false,
): Promise<void> {
  const { pool, changed } = await openPool(scope, before, before.tick);
  const paid = changeBalance(pool, { amount0: -amount0, amount1: -amount1 });
  for (const tick of changed.values()) await saveTick(scope, pool.poolId, tick);
  await savePool(scope, pool.poolId, paid, awaitsManager);
}

function eventOf(collect: CollectEvent, positionId: string | null, sqrtPriceX96: bigint) {
  const { poolId, amount0: paidOut0, amount1: paidOut1 } = collect;
  return { kind: "COLLECT" as const, poolId, positionId, paidOut0, paidOut1, sqrtPriceX96 };
}
