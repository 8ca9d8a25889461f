import type { LiquidityModification } from "../state/events.ts";
import { settleFees, type TokenAmounts } from "../state/feeLedger.ts";
import type { GrowthInside } from "../state/growthInside.ts";
import { changeBalance } from "../state/pool.ts";
import { depositInto, payPosition, touchPosition, withdrawFrom } from "../state/position.ts";
import {
  type ChangedRange,
  changeRange,
  countChange,
  growthInRange,
  principalOf,
  saveRange,
} from "./changeRange.ts";
import type { EventScope } from "./eventScope.ts";
import { followModification } from "./followModification.ts";
import {
  endBurnt,
  findModified,
  modifiedId,
  NftWithoutHolderError,
  openModified,
} from "./modifiedPosition.ts";
import { changePool } from "./quarantine.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { type PositionRow, savePosition, UnknownPositionError } from "./savePosition.ts";
import { type LoadedPool, openPool } from "./settlePool.ts";

type Kind = "DEPOSIT" | "WITHDRAW" | "COLLECT";

/**
 * A change of a v4 position, which pays out all of its fees each time; one of no liquidity is a collect. Its log
 * carries no amounts: principal follows from the pool's price, rounded as the contract does.
 */
export async function recordModification(scope: EventScope, change: LiquidityModification): Promise<void> {
  await changePool(
    scope,
    change.poolId,
    (pool) => modify(scope, pool, change),
    (pool) => followModification(scope, pool, change),
  );
}

async function modify(scope: EventScope, before: LoadedPool, change: LiquidityModification): Promise<void> {
  const { liquidityDelta } = change;
  const kind = liquidityDelta === 0n ? "COLLECT" : liquidityDelta > 0n ? "DEPOSIT" : "WITHDRAW";
  const position = await findModified(scope, change);
  if (position === null && kind !== "DEPOSIT") {
    throw new UnknownPositionError(modifiedId(scope, change));
  }
  const principal = principalOf(before, change);
  const range = await rangeOf(scope, before, { ...change, ...principal });
  const held = position ?? (await openModified(scope, change));
  if (held === null) throw new NftWithoutHolderError(modifiedId(scope, change));
  const booked = book(scope, held, { kind, liquidityDelta, principal, inside: range.inside }, before);
  const owed = { amount0: booked.tokensOwed0, amount1: booked.tokensOwed1 };
  const { sqrtPriceX96 } = before;
  const paid = payPosition(booked, { paid: owed, debited: owed, sqrtPriceX96 });
  const counted = kind === "COLLECT" ? range.pool : countChange(range.pool, { ...change, ...principal });
  await saveRange(scope, range);
  await savePool(
    scope,
    change.poolId,
    changeBalance(counted, { amount0: -owed.amount0, amount1: -owed.amount1 }),
  );
  await savePosition(scope, await endBurnt(scope, paid, before));
  await saveLiquidityEvent(scope, {
    ...{ kind, poolId: change.poolId, positionId: paid.positionId, liquidityDelta, ...principal },
    ...{ paidOut0: owed.amount0, paidOut1: owed.amount1, sqrtPriceX96 },
  });
}

/** The range after the change; a collect leaves it as it is. */
async function rangeOf(
  scope: EventScope,
  before: LoadedPool,
  change: LiquidityModification & TokenAmounts,
): Promise<ChangedRange> {
  if (change.liquidityDelta !== 0n) return changeRange(scope, before, change);
  const inside = await growthInRange(scope, before, change);
  const { pool, changed } = await openPool(scope, before, before.tick);
  return { pool, inside, ticks: [...changed.values()], flipped: [] };
}

function book(
  scope: EventScope,
  position: PositionRow,
  change: { kind: Kind; liquidityDelta: bigint; principal: TokenAmounts; inside: GrowthInside },
  { sqrtPriceX96 }: { sqrtPriceX96: bigint },
): PositionRow {
  const { kind, liquidityDelta, principal, inside } = change;
  if (kind === "COLLECT") return settleFees(position, inside);
  const touched = touchPosition(position, inside, scope.timestamp);
  const size = liquidityDelta < 0n ? -liquidityDelta : liquidityDelta;
  const flow = { ...principal, liquidityDelta: size, sqrtPriceX96 };
  return kind === "DEPOSIT"
    ? depositInto(touched, flow, scope.timestamp)
    : withdrawFrom(touched, flow, scope);
}
