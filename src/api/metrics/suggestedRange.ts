import { MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { quoteSkewTicks } from "./reservationPrice.ts";

const Q96 = 2n ** 96n;
/** Of a tick: what is less is a rounding of prices and logarithms, and would snap a range on its ticks to the next. */
const CENTRE_PARTS = 10_000;

type Range = { tickLower: number; tickUpper: number };

/**
 * A range as wide as `range`, in ticks, around `ratio` times the pool's price, to 1e-4 of a tick (metrics.md 10): snapped
 * outward to the tick spacing, and within the lowest and highest tick that it allows, one spacing wide at least. A full
 * range stays one: it is as wide around any price. `ratio`: above 0.
 * Example: [-60, 60) at price 1 and half that price is [-6992, -6871) with spacing 1.
 */
export function suggestedRange(
  range: Range,
  { sqrtPriceX96, tickSpacing }: { sqrtPriceX96: bigint; tickSpacing: number },
  ratio: number,
): Range {
  const priceTick = quoteSkewTicks(toDouble(sqrtPriceX96, Q96)) * 2;
  const centre = Math.round((priceTick + quoteSkewTicks(ratio)) * CENTRE_PARTS) / CENTRE_PARTS;
  const half = (range.tickUpper - range.tickLower) / 2;
  const lowest = Math.ceil(MIN_TICK / tickSpacing) * tickSpacing;
  const highest = Math.floor(MAX_TICK / tickSpacing) * tickSpacing;
  if (range.tickLower <= lowest && range.tickUpper >= highest)
    return { tickLower: lowest, tickUpper: highest };
  const below = Math.floor((centre - half) / tickSpacing) * tickSpacing;
  const above = Math.ceil((centre + half) / tickSpacing) * tickSpacing;
  const tickLower = clamp(below, lowest, highest - tickSpacing);
  return { tickLower, tickUpper: clamp(above, tickLower + tickSpacing, highest) };
}

function clamp(tick: number, lowest: number, highest: number): number {
  // Not -0, which a spacing times nothing below 0 gives.
  return Math.min(highest, Math.max(lowest, tick)) + 0;
}
