import { toDouble } from "../../math/toDouble.ts";

const YEAR_SECONDS = 31_536_000n;
const HOUR_SECONDS = 3_600;

/** Time with liquidity, and capital times it in token1 units, up to now. */
type Capital = { secondsOpen: number; capitalSeconds1: bigint };

/**
 * A gain in raw token1 over time-weighted capital, simple, a year, the nearest double (metrics.md 4.6): the time it took
 * stands above and below the line, so it is gain x year / sum of capital x seconds. Null under an hour with liquidity
 * and without capital. Example: 10 on 1,000 for 3,153,600 seconds, a tenth of a year, is 0.1.
 */
export function apr(gainRaw1: bigint, { secondsOpen, capitalSeconds1 }: Capital): number | null {
  if (secondsOpen < HOUR_SECONDS || capitalSeconds1 <= 0n) return null;
  return toDouble(gainRaw1 * YEAR_SECONDS, capitalSeconds1);
}

/** A gain over the most that was at work, both in raw token1; null where nothing was. */
export function roi(gainRaw1: bigint, { maxCapital1 }: { maxCapital1: bigint }): number | null {
  return maxCapital1 === 0n ? null : toDouble(gainRaw1, maxCapital1);
}
