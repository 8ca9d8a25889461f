import { toDouble } from "../../math/toDouble.ts";
import { valueX192 } from "../../math/valueMath.ts";
import type { LiquidityAtPrice } from "./gamma.ts";

/**
 * What the same liquidity over all prices would be worth, over what is held (metrics.md 8): `2 L sqrt(P) / V`. Null
 * without liquidity in range and with nothing held. `held`: the principal, raw.
 * Example: 5 and 5 held at price 1 by 50 of liquidity is 10.
 */
export function capitalEfficiency(
  { liquidity, sqrtPriceX96 }: LiquidityAtPrice,
  held: { amount0: bigint; amount1: bigint },
): number | null {
  const value = valueX192(held.amount0, held.amount1, sqrtPriceX96);
  if (liquidity === 0n || value === 0n) return null;
  return toDouble(liquidity * sqrtPriceX96 * 2n ** 97n, value);
}
