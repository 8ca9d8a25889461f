import { toDouble } from "../../math/toDouble.ts";
import { gridPrices } from "./overlappingReturns.ts";
import type { PriceSample } from "./realizedVolatility.ts";

/**
 * The root of a pool's price at each of the last `marks` five-minute marks up to `until`, over what it was at the last one.
 * Before its first price it moves as `before` does, the root of another price's levels at the same marks, or not at all.
 * Null without a price. Example: samples of 4 and 2 a mark apart, of three marks, without another: 2, 2 and 1.
 */
export function rootLevels(
  samples: readonly PriceSample[],
  until: number,
  marks: number,
  before: Float64Array | null,
): Float64Array | null {
  const prices = gridPrices(samples, until, marks);
  const last = prices.at(-1);
  if (last === undefined) return before;
  const levels = new Float64Array(marks);
  const missing = marks - prices.length;
  let known: { price: bigint; level: number } | undefined;
  for (const [i, price] of prices.entries()) {
    if (known === undefined || known.price !== price) known = { price, level: toDouble(price, last) };
    levels[missing + i] = known.level;
  }
  const first = levels[missing] ?? 1;
  for (let i = 0; i < missing; i += 1) {
    levels[i] = before === null ? first : (first * (before[i] ?? 1)) / (before[missing] ?? 1);
  }
  return levels;
}
