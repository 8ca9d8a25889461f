import { normalQuantile } from "./normalQuantile.ts";
import { normalBelow } from "./normalTail.ts";
import { integral } from "./quadrature.ts";
import { gainBetween, slopeBelow, slopeInside, type ValueCurve } from "./valueCurve.ts";

/** Below this many deviations, and this much in logarithm, nothing of a tail is left in a double. */
const DEPTH = 9;
const LOGARITHM = 80;
const PANEL_LOGARITHM = 4;
/** No price is as high, and its square is still a double. */
const HIGHEST_LOGARITHM = 230;

/** What a loss of principal does not exceed but with probability `tail`, and its mean where it does; raw token1. */
export type LognormalRisk = { valueAtRisk: number; expectedShortfall: number };

/**
 * Value at risk and expected shortfall of principal over a horizon in which the price's logarithm moves by `deviation`
 * (volatility times the root of the years) without drift in price (metrics.md 9). Value does not fall with the price, so
 * the quantile of loss is that of the price. The mean beyond it is the closed form's sum of `E[P^k; P <= c]`, in parts:
 * `VaR` and the integral of value's slope times the probability of a price below, over the tail. All of its terms are of one
 * sign, where those of the closed form cancel to nothing for a narrow range. `tail`: 1 less the confidence, up to 0.5.
 * Example: without liquidity both are 0; without deviation too.
 */
export function lognormalRisk(curve: ValueCurve, deviation: number, tail: number): LognormalRisk {
  if (curve.scale === 0 || deviation === 0) return { valueAtRisk: 0, expectedShortfall: 0 };
  const quantile = normalQuantile(tail);
  const valueAtRisk = gainBetween(curve, offsetAt(quantile, deviation), 0);
  const beyond = meanBeyond(curve, deviation, quantile);
  return { valueAtRisk, expectedShortfall: valueAtRisk + beyond / tail };
}

/** The offset of a price that is `z` deviations up. */
export function offsetAt(z: number, deviation: number): number {
  return Math.expm1(Math.min(HIGHEST_LOGARITHM, (deviation * z - (deviation * deviation) / 2) / 2));
}

/** By what value is less than at the quantile, times how likely, over all prices below that. */
function meanBeyond(curve: ValueCurve, deviation: number, quantile: number): number {
  const { bounds } = curve;
  const atBound = (root: number, offset: number) =>
    (2 * (root < 0.5 ? Math.log(root) : Math.log1p(offset)) + deviation ** 2 / 2) / deviation;
  const lower = bounds === null ? Number.NEGATIVE_INFINITY : atBound(bounds.lowerRoot, bounds.lower);
  const upper = bounds === null ? Number.POSITIVE_INFINITY : atBound(bounds.upperRoot, bounds.upper);
  const depth = Math.min(DEPTH, LOGARITHM / deviation);
  const part = (slope: typeof slopeBelow, lowest: number, to: number) => {
    const from = Math.max(lowest, to - depth);
    if (!(from < to)) return 0;
    const panels = Math.ceil((to - from) * Math.max(1, deviation / PANEL_LOGARITHM));
    const weighted = (z: number) => {
      const offset = offsetAt(z, deviation);
      return slope(curve, offset) * (1 + offset) * normalBelow(z);
    };
    return (integral(weighted, { from, to }, panels) * deviation) / 2;
  };
  return (
    part(slopeBelow, Number.NEGATIVE_INFINITY, Math.min(lower, quantile)) +
    part(slopeInside, lower, Math.min(upper, quantile))
  );
}
