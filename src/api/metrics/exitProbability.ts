import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { normalBelow } from "./normalTail.ts";

const DAYS_A_YEAR = 365;

type RangeAtPrice = { tickLower: number; tickUpper: number; tick: number; sqrtPriceX96: bigint };

/**
 * How likely the price is to be outside of a range in `days` from now, 0 to 1 (metrics.md 4.8), if its logarithm moves
 * at random without drift in price at `volatility`, a year, a fraction; not how likely it is to leave in between.
 * Example: without volatility a price in range stays there, 0, and one outside does too, 1.
 */
export function exitProbability(range: RangeAtPrice, volatility: number, days: number): number {
  const { tickLower, tickUpper, tick, sqrtPriceX96 } = range;
  const deviation = volatility * Math.sqrt(days / DAYS_A_YEAR);
  if (deviation === 0) return tick >= tickLower && tick < tickUpper ? 0 : 1;
  const [below, above] = [tickLower, tickUpper].map(
    (bound) => (logPriceTo(bound, sqrtPriceX96) + deviation ** 2 / 2) / deviation,
  ) as [number, number];
  return normalBelow(below) + normalBelow(-above);
}

/** Natural logarithm of a tick's price over the pool's. */
function logPriceTo(tick: number, sqrtPriceX96: bigint): number {
  return 2 * Math.log(toDouble(getSqrtPriceAtTick(tick), sqrtPriceX96));
}
