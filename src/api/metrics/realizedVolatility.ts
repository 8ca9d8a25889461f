import { toDouble } from "../../math/toDouble.ts";
import { BUCKET_SECONDS } from "../../state/priceBucket.ts";

/** Seconds between two samples: they are the closes of the stored buckets. */
export const SAMPLE_SECONDS = BUCKET_SECONDS;
const SECONDS_A_YEAR = 31_536_000;
/** An hour of samples: of fewer returns no volatility is told. */
const LEAST_RETURNS = 12;

/** The price from `time` on, which is a whole number of sample steps. */
export type PriceSample = { time: number; sqrtPriceX96: bigint };

/**
 * Annualised volatility of the price, as a fraction (metrics.md 8): of log returns from one five-minute mark to the next,
 * the price at a mark being the last one up to it. `samples`: oldest first, one a mark at most and only where the
 * price changed; what is after the last mark up to `until` is not sampled yet. Null under twelve returns.
 * Example: two hours at one price is 0.
 */
export function realizedVolatility(samples: readonly PriceSample[], until: number): number | null {
  const end = Math.floor(until / SAMPLE_SECONDS) * SAMPLE_SECONDS;
  const sampled = samples.filter(({ time }) => time <= end);
  const [first, ...later] = sampled;
  if (first === undefined) return null;
  const count = (end - first.time) / SAMPLE_SECONDS;
  if (count < LEAST_RETURNS) return null;
  const returns = later.map(({ sqrtPriceX96 }, i) =>
    logReturn(sampled[i]?.sqrtPriceX96 ?? sqrtPriceX96, sqrtPriceX96),
  );
  return annualizedVolatility(returns, count);
}

/**
 * The same of log returns of five minutes each, without taking their mean off; `count`: how many there were, those of 0
 * included, which may be left out of `returns`. Example: twelve of 0.001 are 0.001 times the root of 105120.
 */
export function annualizedVolatility(returns: readonly number[], count: number): number {
  const squares = returns.reduce((sum, r) => sum + r * r, 0);
  return Math.sqrt((squares / (count * SAMPLE_SECONDS)) * SECONDS_A_YEAR);
}

/**
 * The difference is formed in integers: of two near prices little would be left of it in doubles. Of a fall to next to
 * nothing, as of a swap that took all there was, it is the other way round: little is left of 1 less the difference.
 */
function logReturn(from: bigint, to: bigint): number {
  const difference = toDouble(to - from, from);
  return 2 * (difference < -0.5 ? Math.log(toDouble(to, from)) : Math.log1p(difference));
}
