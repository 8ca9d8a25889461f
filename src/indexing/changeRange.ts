import schema from "ponder:schema";
import { getAmountsForLiquidity } from "../math/liquidityAmounts.ts";
import type { LiquidityChange } from "../state/events.ts";
import type { TokenAmounts } from "../state/feeLedger.ts";
import { type GrowthInside, growthInside } from "../state/growthInside.ts";
import { LostLogError } from "../state/lostLog.ts";
import { changeBalance, changeLiquidity } from "../state/pool.ts";
import { clearedTick, type InitializedTick, updateTick } from "../state/tick.ts";
import type { EventScope } from "./eventScope.ts";
import { flipTick, saveTick } from "./saveTicks.ts";
import { type LoadedPool, type OpenPool, settlePool } from "./settlePool.ts";

/** What a change of liquidity does to its pool and ticks; nothing is written before `saveRange`. */
export type ChangedRange = {
  pool: LoadedPool;
  /** As the position is settled with: before emptied ticks are cleared. */
  inside: GrowthInside;
  ticks: InitializedTick[];
  flipped: number[];
};

/**
 * Moves liquidity in a range, by a Mint (`liquidityDelta` > 0) or a Burn (< 0): ticks first, then growth inside,
 * then emptied ticks are cleared, as the contract does. The log's amounts must be those that the pool's price
 * gives: a lost swap shows here.
 */
export async function changeRange(
  scope: EventScope,
  before: LoadedPool,
  change: LiquidityChange,
): Promise<ChangedRange> {
  const open = await settlePool(scope, before, before.tick);
  requireAmounts(open.pool, change);
  const global = { ...open.pool, seconds: scope.timestamp };
  const bound = async (tick: number, upper: boolean) => {
    const row = await loadBound(scope, open, tick);
    const { liquidityDelta } = change;
    return { ...updateTick(row, { tick, liquidityDelta, upper }, global), tick };
  };
  const lower = await bound(change.tickLower, false);
  const upper = await bound(change.tickUpper, true);
  const inside = growthInside(lower.state, upper.state, change, global);
  const bounds = [lower, upper].map(({ state, tick }) =>
    state.liquidityGross === 0n ? { ...clearedTick, tick } : { ...state, tick },
  );
  const ticks = new Map([...open.changed, ...bounds.map((tick) => [tick.tick, tick] as const)]);
  return {
    pool: changeLiquidity(open.pool, change),
    inside,
    ticks: [...ticks.values()],
    flipped: [lower, upper].filter(({ flipped }) => flipped).map(({ tick }) => tick),
  };
}

/** Growth inside a range as a poke meets it: nothing moves. */
export async function growthInRange(
  scope: EventScope,
  pool: LoadedPool,
  { tickLower, tickUpper }: { tickLower: number; tickUpper: number },
): Promise<GrowthInside> {
  const open: OpenPool = { pool, ticks: new Map(), changed: new Map() };
  const lower = await loadBound(scope, open, tickLower);
  const upper = await loadBound(scope, open, tickUpper);
  return growthInside(lower, upper, { tickLower, tickUpper }, { ...pool, seconds: scope.timestamp });
}

export async function saveRange(scope: EventScope, { pool, ticks, flipped }: ChangedRange): Promise<void> {
  for (const tick of ticks) await saveTick(scope, pool.poolId, tick);
  for (const tick of flipped) await flipTick(scope, pool, tick);
}

/** The pool after a Mint paid its principal in; a Burn pays nothing out. */
export function countChange(pool: LoadedPool, change: LiquidityChange): LoadedPool {
  if (change.liquidityDelta < 0n) return { ...pool, burns: pool.burns + 1 };
  return changeBalance({ ...pool, mints: pool.mints + 1 }, change);
}

async function loadBound(
  { db, chainId }: EventScope,
  { pool, ticks }: OpenPool,
  tick: number,
): Promise<InitializedTick> {
  const loaded = ticks.get(tick) ?? (await db.find(schema.tick, { chainId, poolId: pool.poolId, tick }));
  return loaded ?? { ...clearedTick, tick };
}

/** The principal that a change of liquidity moves at the pool's price, raw: in rounded up, out down. */
export function principalOf(
  { sqrtPriceX96, tick }: { sqrtPriceX96: bigint; tick: number },
  { tickLower, tickUpper, liquidityDelta }: { tickLower: number; tickUpper: number; liquidityDelta: bigint },
): TokenAmounts {
  const roundUp = liquidityDelta > 0n;
  const liquidity = roundUp ? liquidityDelta : -liquidityDelta;
  return getAmountsForLiquidity({ sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp });
}

function requireAmounts(pool: LoadedPool, change: LiquidityChange): void {
  const { amount0, amount1 } = principalOf(pool, change);
  if (amount0 !== change.amount0 || amount1 !== change.amount1) {
    throw new PrincipalMismatchError(change, { amount0, amount1 });
  }
}

export class PrincipalMismatchError extends LostLogError {
  override readonly name = "PrincipalMismatchError";

  constructor(
    logged: { liquidityDelta: bigint; amount0: bigint; amount1: bigint },
    expected: { amount0: bigint; amount1: bigint },
  ) {
    super(
      `liquidity ${logged.liquidityDelta} moved ${logged.amount0} and ${logged.amount1}, at the last known price it is ` +
        `${expected.amount0} and ${expected.amount1}: the RPC left out a log of this pool`,
    );
  }
}
