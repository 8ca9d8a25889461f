import { toDouble } from "../../math/toDouble.ts";
import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { HeldAndHold } from "./netInventory.ts";

/** Raw integers, truncated towards zero; suffix 0 or 1 is the token they are counted in. Negative = loss. */
export type ImpermanentLoss = {
  holdValueRaw0: bigint;
  holdValueRaw1: bigint;
  unrealizedRaw0: bigint;
  unrealizedRaw1: bigint;
  realizedRaw0: bigint;
  realizedRaw1: bigint;
  totalRaw0: bigint;
  totalRaw1: bigint;
  ratio: number | null;
};

/**
 * Divergence loss of what is held against the average-cost basket held instead, principal only
 * (metrics.md 4.1). `amount0`, `amount1`: principal rounded down. Realised sums come as they were frozen at
 * each withdrawal. `ratio`: unrealized over the value of the basket, the nearest double; null without one.
 * Example: 3 and 6 held against a basket of 5 and 5 at price 1 is -1 unrealised, ratio -0.1.
 */
export function impermanentLoss(
  position: HeldAndHold & { realizedIl0: bigint; realizedIl1: bigint; sqrtPriceX96: bigint },
): ImpermanentLoss {
  const { amount0, amount1, hold0, hold1, realizedIl0, realizedIl1, sqrtPriceX96 } = position;
  const hold = valueX192(hold0, hold1, sqrtPriceX96);
  const unrealized = valueX192(amount0 - hold0, amount1 - hold1, sqrtPriceX96);
  const unrealizedRaw0 = toToken0(unrealized, sqrtPriceX96);
  const unrealizedRaw1 = toToken1(unrealized);
  return {
    holdValueRaw0: toToken0(hold, sqrtPriceX96),
    holdValueRaw1: toToken1(hold),
    unrealizedRaw0,
    unrealizedRaw1,
    realizedRaw0: realizedIl0,
    realizedRaw1: realizedIl1,
    totalRaw0: realizedIl0 + unrealizedRaw0,
    totalRaw1: realizedIl1 + unrealizedRaw1,
    ratio: hold === 0n ? null : toDouble(unrealized, hold),
  };
}
