import { toDouble } from "../../math/toDouble.ts";

/**
 * A position's part of the liquidity that a pool has in range, 0 to 1 (metrics.md 8): 0 where the position is out of range;
 * null where the pool has none in range. On v2 of LP tokens: all are in range.
 * Example: 1 of liquidity in [-60, 60) at tick 0, of 4 in all, is 0.25.
 */
export function liquidityShare(
  { liquidity, tickLower, tickUpper }: { liquidity: bigint; tickLower: number; tickUpper: number },
  pool: { liquidity: bigint; tick: number },
): number | null {
  if (pool.liquidity === 0n) return null;
  return tickLower <= pool.tick && pool.tick < tickUpper ? toDouble(liquidity, pool.liquidity) : 0;
}
