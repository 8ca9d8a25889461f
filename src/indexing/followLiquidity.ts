import type { CollectEvent, LiquidityChange } from "../state/events.ts";
import { depositInto, poolPositionId, withdrawFrom } from "../state/position.ts";
import type { EventScope } from "./eventScope.ts";
import type { PoolRow } from "./quarantine.ts";
import { flowOf, isForNft, isManaged, type Mint, openDirect, savePendingMint } from "./recordLiquidity.ts";
import { saveLiquidityEvent } from "./saveLiquidityEvent.ts";
import { savePool } from "./savePool.ts";
import { loadPosition, savePosition } from "./savePosition.ts";

/**
 * A Mint in a quarantined pool: what it says itself. Ticks are left as they are, since nothing may be computed
 * from them; without a price nothing can be booked.
 */
export async function followMint(scope: EventScope, pool: PoolRow, mint: Mint): Promise<void> {
  await savePool(scope, mint.poolId, { ...followLiquidity(pool, mint), mints: pool.mints + 1 });
  if (isForNft(scope, mint)) return savePendingMint(scope, mint);
  const { sqrtPriceX96 } = pool;
  if (sqrtPriceX96 === null) return;
  const position = (await loadPosition(scope, poolPositionId(mint))) ?? openDirect(scope, mint);
  await savePosition(scope, depositInto(position, { ...mint, sqrtPriceX96 }, scope.timestamp));
  await saveLiquidityEvent(scope, { ...flowOf(mint), kind: "DEPOSIT", sqrtPriceX96 });
}

/** A Burn in a quarantined pool: it takes no more from its position than was seen to come in. */
export async function followBurn(scope: EventScope, pool: PoolRow, burn: LiquidityChange): Promise<void> {
  if (burn.liquidityDelta === 0n) return;
  await savePool(scope, burn.poolId, { ...followLiquidity(pool, burn), burns: pool.burns + 1 });
  const { sqrtPriceX96 } = pool;
  if (sqrtPriceX96 === null) return;
  const managed = isManaged(scope, burn);
  const position = managed ? null : await loadPosition(scope, poolPositionId(burn));
  if (position !== null) {
    const liquidityDelta = least(-burn.liquidityDelta, position.liquidity);
    await savePosition(scope, withdrawFrom(position, { ...burn, liquidityDelta, sqrtPriceX96 }, scope));
  }
  const positionId = position?.positionId ?? null;
  if (!managed && positionId === null) return;
  await saveLiquidityEvent(scope, { ...flowOf(burn), kind: "WITHDRAW", positionId, sqrtPriceX96 });
}

/** A Collect in a quarantined pool: the payment itself is known, what is still owed is not. */
export async function followCollect(scope: EventScope, pool: PoolRow, collect: CollectEvent): Promise<void> {
  const { sqrtPriceX96, poolId } = pool;
  const managed = isManaged(scope, collect);
  const positionId = poolPositionId(collect);
  if (sqrtPriceX96 === null || (!managed && (await loadPosition(scope, positionId)) === null)) return;
  await saveLiquidityEvent(scope, {
    kind: "COLLECT",
    poolId,
    positionId: managed ? null : positionId,
    paidOut0: collect.amount0,
    paidOut1: collect.amount1,
    sqrtPriceX96,
  });
}

/** The liquidity in range, as far as it was seen. */
export function followLiquidity(
  pool: PoolRow,
  change: Pick<LiquidityChange, "tickLower" | "tickUpper" | "liquidityDelta">,
): PoolRow {
  const { tick, liquidity } = pool;
  if (tick === null || tick < change.tickLower || tick >= change.tickUpper) return pool;
  const after = liquidity + change.liquidityDelta;
  return { ...pool, liquidity: after < 0n ? 0n : after };
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
