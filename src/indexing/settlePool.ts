import type { PricedPool } from "../state/pool.ts";
import { settleLvr } from "../state/settleLvr.ts";
import type { InitializedTick } from "../state/tick.ts";
import type { EventScope } from "./eventScope.ts";
import { loadTicks } from "./loadTicks.ts";

export type LoadedPool = PricedPool & {
  poolId: `0x${string}`;
  protocol: string;
  dynamicFee: boolean;
  hooks: `0x${string}` | null;
  /** Of the bitmap that its ticks are kept in. */
  tickSpacing: number;
  changedBlock: number;
};

/** A pool in the middle of an event: its state, the ticks that were loaded for it, and those that changed. */
export type OpenPool = {
  pool: LoadedPool;
  ticks: ReadonlyMap<number, InitializedTick>;
  changed: ReadonlyMap<number, InitializedTick>;
};

/**
 * The pool with its loss versus rebalancing settled: to be done first thing in its first event of a block, and
 * before liquidity changes. Loads the ticks between the last sample and the present price, and on to `toTick`.
 */
export async function settlePool(scope: EventScope, pool: LoadedPool, toTick: number): Promise<OpenPool> {
  const from = Math.min(pool.lvrTick, pool.tick, toTick);
  const to = Math.max(pool.lvrTick, pool.tick, toTick);
  const loaded = await loadTicks(scope, pool, from, to);
  const ticks = new Map(loaded.map((tick) => [tick.tick, tick]));
  if (pool.lvrSqrtPriceX96 === pool.sqrtPriceX96 && pool.lvrTick === pool.tick) {
    return { pool, ticks, changed: new Map() };
  }
  const { flipped, ...settled } = settleLvr(pool, between(ticks, pool.lvrTick, pool.tick));
  const changed = new Map(flipped.map((tick) => [tick.tick, tick]));
  return { pool: { ...pool, ...settled }, ticks: new Map([...ticks, ...changed]), changed };
}

/** The pool as it stands where the block has settled already, with the ticks between its last sample, its price and `toTick`. */
export async function openPool(scope: EventScope, pool: LoadedPool, toTick: number): Promise<OpenPool> {
  if (pool.changedBlock !== scope.blockNumber) return settlePool(scope, pool, toTick);
  const [from, to] = [Math.min(pool.lvrTick, pool.tick, toTick), Math.max(pool.lvrTick, pool.tick, toTick)];
  const loaded = await loadTicks(scope, pool, from, to);
  return { pool, ticks: new Map(loaded.map((tick) => [tick.tick, tick])), changed: new Map() };
}

/** The ticks that lie between two, without the lower one. */
export function between(
  ticks: ReadonlyMap<number, InitializedTick>,
  oneTick: number,
  otherTick: number,
): InitializedTick[] {
  const [from, to] = [Math.min(oneTick, otherTick), Math.max(oneTick, otherTick)];
  return [...ticks.values()].filter(({ tick }) => from < tick && tick <= to);
}
