import { toDouble } from "../../math/toDouble.ts";
import { type PriceSample, SAMPLE_SECONDS } from "./realizedVolatility.ts";

const SECONDS_A_DAY = 86_400;
/** A year of marks. */
export const MOST_RETURNS = 105_120;

/**
 * The price at each five-minute mark from the first sample's to the last one up to `until`, square roots, X96: a mark
 * without a sample has the price before it. `most` of them at most, the newest. Example: samples at 300 and 900, until
 * 1000, are three marks.
 */
export function gridPrices(samples: readonly PriceSample[], until: number, most: number): bigint[] {
  const first = samples[0];
  if (first === undefined) return [];
  const end = Math.floor(until / SAMPLE_SECONDS) * SAMPLE_SECONDS;
  const begin = Math.max(first.time, end - (most - 1) * SAMPLE_SECONDS);
  const prices: bigint[] = [];
  let [at, price] = [0, first.sqrtPriceX96];
  for (let time = begin; time <= end; time += SAMPLE_SECONDS) {
    for (let next = samples[at]; next !== undefined && next.time <= time; next = samples[at]) {
      price = next.sqrtPriceX96;
      at += 1;
    }
    prices.push(price);
  }
  return prices;
}

/** How many marks {@link gridPrices} has, without a bound. Example: samples from 300 on, until 1000, are three. */
export function marksUpTo(samples: readonly PriceSample[], until: number): number {
  const first = samples[0];
  if (first === undefined) return 0;
  return Math.max(0, Math.floor(until / SAMPLE_SECONDS) - first.time / SAMPLE_SECONDS + 1);
}

/** A horizon in whole steps of the grid, one at least. Example: half a day is 144. */
export function stepsOf(horizonDays: number): number {
  return Math.max(1, Math.round((horizonDays * SECONDS_A_DAY) / SAMPLE_SECONDS));
}

/**
 * Moves of the price over `steps` marks, from each mark that has one so much later: as the ratio of the square roots of
 * price less 1, differences formed in integers (metrics.md 9). Of a year at most, the newest.
 * Example: roots of 4, 5 and 6 over one step are 0.25 and 0.2.
 */
export function overlappingReturns(samples: readonly PriceSample[], until: number, steps: number): number[] {
  const prices = gridPrices(samples, until, MOST_RETURNS + steps);
  return prices.slice(steps).map((to, i) => {
    const from = prices[i] ?? to;
    return from === to ? 0 : toDouble(to - from, from);
  });
}
