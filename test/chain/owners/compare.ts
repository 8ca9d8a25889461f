import type { Side } from "./askOwners.ts";
import { type Fraction, fraction, isLess, minus, ofDouble, size, times, toNumber } from "./fraction.ts";

/** Which token a figure is counted in, how many decimals that has, and how many raw units rounding may have taken off. */
export type Scale = { side: Side; decimals: number; units: number };

/** A figure of the app's, and the same one calculated apart. */
export type Disagreement = {
  of: string;
  figure: string;
  app: unknown;
  independent: unknown;
  units?: number;
};

/**
 * Compares figures, and keeps those that disagree. What the app says is a double of whole tokens, which is as far from
 * the raw integer behind it as doubles are; that apart, each worth that was booked may have lost one unit.
 */
export class Comparison {
  readonly disagreements: Disagreement[] = [];
  compared = 0;
  /** The farthest that two figures were from each other, the double's own error taken off, raw. */
  farthest = 0;

  exact(of: string, figure: string, app: unknown, independent: unknown): void {
    this.compared++;
    if (String(app) !== String(independent)) this.disagreements.push({ of, figure, app, independent });
  }

  /** `app`: in whole tokens; `independent`: in raw units. */
  near(of: string, figure: string, app: number, independent: Fraction, { decimals, units }: Scale): void {
    this.compared++;
    const raw = times(ofDouble(app), fraction(10n ** BigInt(decimals)));
    const double = times(size(raw), fraction(1n, 2n ** 51n));
    const off = minus(size(minus(raw, independent)), double);
    this.farthest = Math.max(this.farthest, toNumber(off));
    if (isLess(off, fraction(BigInt(units)))) return;
    this.disagreements.push({
      ...{ of, figure, units },
      app: toNumber(raw),
      independent: toNumber(independent),
    });
  }
}
