import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DoubleOverflowError, toDouble, ZeroDenominatorError } from "../../src/math/toDouble.ts";

describe("toDouble", () => {
  it("is the nearest double", () => {
    expect(toDouble(1n, 3n)).toBe(0.3333333333333333);
    expect(toDouble(-1n, 3n)).toBe(-0.3333333333333333);
    expect(toDouble(1n, -3n)).toBe(-0.3333333333333333);
    expect(toDouble(-22n, -7n)).toBe(3.142857142857143);
    expect(toDouble(0n, 7n)).toBe(0);
    expect(toDouble(123456789n)).toBe(123456789);
  });

  it("rounds once: a half is a tie only if nothing stands behind it", () => {
    expect(toDouble(2n ** 53n + 1n)).toBe(9007199254740992);
    expect(toDouble(2n ** 200n * (2n ** 53n + 1n) + 1n, 2n ** 200n)).toBe(9007199254740994);
    expect(toDouble(10n ** 400n * (2n ** 53n + 1n) + 1n, 10n ** 400n)).toBe(9007199254740994);
  });

  it("keeps its digits whatever the size of the two", () => {
    expect(toDouble(10n ** 400n, 3n * 10n ** 400n)).toBe(0.3333333333333333);
    expect(toDouble(2n * 10n ** 5000n, 3n * 10n ** 5003n)).toBe(6.666666666666666e-4);
    expect(toDouble(10n ** 300n)).toBe(1e300);
    expect(toDouble(1n, 10n ** 300n)).toBe(1e-300);
    expect(toDouble(1n, 10n ** 400n)).toBe(0);
  });

  it("refuses a denominator of 0 and what no double holds", () => {
    expect(() => toDouble(1n, 0n)).toThrow(ZeroDenominatorError);
    expect(() => toDouble(10n ** 309n)).toThrow(DoubleOverflowError);
    expect(() => toDouble(-(10n ** 400n), 3n)).toThrow(DoubleOverflowError);
  });

  it("is within 1e-15 of the exact quotient", () => {
    const factor = fc.bigInt({ min: 1n, max: 2n ** 400n });
    const scale = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(factor, factor, scale, scale, (a, b, p, q) => {
        const numerator = a << BigInt(p);
        const denominator = b << BigInt(q);
        const double = toDouble(numerator, denominator);
        // From 2^-40 up, times 2^100, a double is an integer, so the comparison below is exact.
        fc.pre(double > 2 ** -40 && double < 2 ** 900);
        const scaled = BigInt(double * 2 ** 100);
        const error = scaled * denominator - (numerator << 100n);
        expect((error < 0n ? -error : error) * 10n ** 15n <= numerator << 100n).toBe(true);
      }),
    );
  });
});
