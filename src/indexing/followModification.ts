import type { LiquidityModification } from "../state/events.ts";
import { depositInto, payPosition, withdrawFrom } from "../state/position.ts";
import { principalOf } from "./changeRange.ts";
import type { EventScope } from "./eventScope.ts";
import { followLiquidity, least } from "./followLiquidity.ts";
import { endBurnt, findModified, openModified } from "./modifiedPosition.ts";
import type { PoolRow } from "./quarantine.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { savePosition } from "./savePosition.ts";

/** A change of a v4 position in a quarantined pool: principal by the last price, fees unknown. */
export async function followModification(
  scope: EventScope,
  pool: PoolRow,
  change: LiquidityModification,
): Promise<void> {
  const { poolId, liquidityDelta } = change;
  const { sqrtPriceX96, tick } = pool;
  if (sqrtPriceX96 === null || tick === null) return;
  const counted = liquidityDelta > 0n ? { mints: pool.mints + 1 } : { burns: pool.burns + 1 };
  if (liquidityDelta !== 0n) await savePool(scope, poolId, { ...followLiquidity(pool, change), ...counted });
  const position = await findModified(scope, change);
  if (position === null && liquidityDelta <= 0n) return;
  const held = position ?? (await openModified(scope, change));
  if (held === null) return;
  const principal = principalOf({ sqrtPriceX96, tick }, change);
  const event = { poolId, positionId: held.positionId, liquidityDelta, ...principal, sqrtPriceX96 };
  if (liquidityDelta > 0n) {
    await savePosition(
      scope,
      depositInto(held, { ...principal, liquidityDelta, sqrtPriceX96 }, scope.timestamp),
    );
    return saveLiquidityEvent(scope, { ...event, kind: "DEPOSIT" });
  }
  if (liquidityDelta === 0n) return saveLiquidityEvent(scope, { ...event, kind: "COLLECT" });
  // It takes no more from its position than was seen to come in, and from one that is burnt nothing.
  const size = least(-liquidityDelta, held.liquidity);
  if (size > 0n) {
    const withdrawn = withdrawFrom(held, { ...principal, liquidityDelta: size, sqrtPriceX96 }, scope);
    const paid = payPosition(withdrawn, { paid: principal, debited: principal, sqrtPriceX96 });
    await savePosition(scope, await endBurnt(scope, paid, { sqrtPriceX96, tick }));
  }
  await saveLiquidityEvent(scope, {
    ...event,
    kind: "WITHDRAW",
    paidOut0: principal.amount0,
    paidOut1: principal.amount1,
  });
}
