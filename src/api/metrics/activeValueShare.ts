import { type Amounts, getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { toDouble } from "../../math/toDouble.ts";
import { valueX192 } from "../../math/valueMath.ts";

type Range = { tickLower: number; tickUpper: number; liquidity: bigint };

/**
 * The part of a pool's principal, by value, that is in ranges which its price is in, 0 to 1; null with no principal
 * (metrics.md 8). `inRange`: the liquidity of each such range, whoever holds it; `principal`: of all positions, raw.
 * Rounded down, so that with everything in range it may be less than 1 by a unit a range.
 * Example: half of the value in range is 0.5.
 */
export function activeValueShare(
  inRange: readonly Range[],
  principal: Amounts,
  pool: { sqrtPriceX96: bigint; tick: number },
): number | null {
  const { sqrtPriceX96 } = pool;
  const all = valueX192(principal.amount0, principal.amount1, sqrtPriceX96);
  if (all === 0n) return null;
  let active = 0n;
  for (const range of inRange) {
    const { amount0, amount1 } = getAmountsForLiquidity({ ...pool, ...range, roundUp: false });
    active += valueX192(amount0, amount1, sqrtPriceX96);
  }
  // Rounded down segment by segment, the principal may come out a unit less than a range in it.
  return active > all ? 1 : toDouble(active, all);
}
