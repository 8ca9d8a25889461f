import { toDouble } from "../../math/toDouble.ts";
import type { Fraction } from "./decimalFraction.ts";

/** Of fewer losses no tail is told. */
export const LEAST_LOSSES = 100;

/**
 * The loss that so many of the losses do not exceed, and the mean of those beyond, of which the one at the quantile counts
 * for the part of it that lies beyond (metrics.md 9): of N in ascending order number `ceil(confidence N)`, counted with the
 * confidence as the fraction that it is. Below 0 where most are gains. In the losses' own unit; null without any.
 * Example: of -7 to 12, one of each, nine tenths do not exceed 10, and the mean beyond is 11.5.
 */
export function historicalRisk(
  losses: readonly number[],
  { numerator, denominator }: Fraction,
): { valueAtRisk: number; expectedShortfall: number } | null {
  const ascending = Float64Array.from(losses).sort();
  const count = BigInt(ascending.length);
  const rank = (numerator * count + denominator - 1n) / denominator;
  const valueAtRisk = ascending[Number(rank) - 1];
  if (valueAtRisk === undefined) return null;
  const beyond = ascending.subarray(Number(rank)).reduce((sum, loss) => sum + loss, 0);
  const part = toDouble(rank * denominator - numerator * count, denominator);
  const tail = toDouble((denominator - numerator) * count, denominator);
  return { valueAtRisk, expectedShortfall: (beyond + part * valueAtRisk) / tail };
}
