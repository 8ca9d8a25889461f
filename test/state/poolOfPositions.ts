import { getTickAtSqrtPrice } from "../../src/math/tickMath.ts";
import type { SwappablePool } from "../../src/state/replaySwap.ts";
import { clearedTick, type InitializedTick, updateTick } from "../../src/state/tick.ts";

export type Position = { tickLower: number; tickUpper: number; liquidity: bigint };
export type PoolWithTicks = { pool: SwappablePool; ticks: Map<number, InitializedTick> };

/** A pool that nobody has traded in, at a price and with the positions minted into it at that price. */
export function poolOfPositions(
  terms: { tickSpacing: number; sqrtPriceX96: bigint; tick?: number },
  positions: readonly Position[],
): PoolWithTicks {
  const { tickSpacing, sqrtPriceX96 } = terms;
  const tick = terms.tick ?? getTickAtSqrtPrice(sqrtPriceX96);
  const pool = {
    tickSpacing,
    sqrtPriceX96,
    tick,
    liquidity: 0n,
    feeProtocol0: 0,
    feeProtocol1: 0,
    feeGrowthGlobal0X128: 0n,
    feeGrowthGlobal1X128: 0n,
    protocolFees0: 0n,
    protocolFees1: 0n,
  };
  const world = { pool, ticks: new Map<number, InitializedTick>() };
  for (const position of positions) mint(world, position, 0);
  return world;
}

/** Liquidity into a range, as UniswapV3Pool.mint does it; negative liquidity leaves. */
export function mint({ pool, ticks }: PoolWithTicks, position: Position, timestamp: number): void {
  const { tickLower, tickUpper, liquidity } = position;
  const global = { ...pool, seconds: timestamp, lvrGrowthGlobalX128: 0n };
  for (const [tick, upper] of [
    [tickLower, false],
    [tickUpper, true],
  ] as const) {
    const change = { tick, upper, liquidityDelta: liquidity };
    const { state } = updateTick(ticks.get(tick) ?? clearedTick, change, global);
    if (state.liquidityGross === 0n) ticks.delete(tick);
    else ticks.set(tick, { ...state, tick });
  }
  if (tickLower <= pool.tick && pool.tick < tickUpper) pool.liquidity += liquidity;
}

/** What a replay is given: the initialised ticks that a move between two ticks crosses. */
export function ticksBetween(
  ticks: ReadonlyMap<number, InitializedTick>,
  a: number,
  b: number,
): InitializedTick[] {
  return [...ticks.values()].filter(({ tick }) => Math.min(a, b) < tick && tick <= Math.max(a, b));
}
