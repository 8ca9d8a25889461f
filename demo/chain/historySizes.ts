/** How large the deposits and trades of the random history are. */
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";
import type { Ticks } from "./historyRanges.ts";
import type { HistoryPool } from "./historyWorld.ts";
import type { DesiredAmounts } from "./managerCalls.ts";
import type { Randomness } from "./randomness.ts";
import type { PoolState } from "./readPoolState.ts";

/** More than any trade needs, less than an account has. */
export const plenty = 2n ** 140n;

/** A middling liquidity, and what it holds of each token over all prices, raw: sizes are measured by it. */
export function usualSize(
  { decimals1, liquidity }: HistoryPool,
  { sqrtPriceX96 }: PoolState,
): { amount0: bigint; amount1: bigint; liquidity: bigint } {
  const thousand = 1000n * 10n ** BigInt(decimals1);
  const middling = liquidity === undefined ? (thousand << 96n) / sqrtPriceX96 + 1n : liquidity[1] / 8n + 1n;
  return {
    amount0: (middling << 96n) / sqrtPriceX96 + 1n,
    amount1: ((middling * sqrtPriceX96) >> 96n) + 1n,
    liquidity: middling,
  };
}

/** Liquidity for a position in the pool. */
export function randomLiquidity(random: Randomness, pool: HistoryPool, state: PoolState): bigint {
  if (pool.liquidity !== undefined) return random.size(...pool.liquidity);
  const usual = usualSize(pool, state).liquidity;
  return random.size(usual / 1000n + 1n, usual * 10n);
}

/** Amounts for an NFT: of a random liquidity where the pool bounds it, else of any two values. */
export function randomAmounts(
  random: Randomness,
  pool: HistoryPool,
  state: PoolState,
  range: Ticks,
): DesiredAmounts {
  if (pool.liquidity !== undefined) {
    const liquidity = random.size(...pool.liquidity);
    const { amount0, amount1 } = getAmountsForLiquidity({ ...state, ...range, liquidity, roundUp: true });
    return { amount0Desired: amount0, amount1Desired: amount1 };
  }
  const { amount0, amount1 } = usualSize(pool, state);
  return {
    amount0Desired: random.size(amount0 / 100n + 1n, amount0 * 10n),
    amount1Desired: random.size(amount1 / 100n + 1n, amount1 * 10n),
  };
}

/** How far trades go is measured in ticks of a spacing of 60; in pools with a coarser one they go farther. */
export function strides({ tickSpacing }: HistoryPool, ticks: number): number {
  return Math.round((ticks * Math.max(tickSpacing, 60)) / 60);
}

/** Into the ticks whose prices a swap may be limited to. */
export function withinPrices(tick: number): number {
  return Math.min(Math.max(tick, MIN_TICK + 1), MAX_TICK - 1);
}
