import { describe, expect, it } from "vitest";
import { getFeeShares, getSqrtPriceAtReserves, isqrt, NegativeRootError } from "../../src/math/pairMath.ts";

describe("isqrt", () => {
  it.each([
    [0n, 0n],
    [1n, 1n],
    [2n, 1n],
    [3n, 1n],
    [4n, 2n],
    [8n, 2n],
    [9n, 3n],
    [2n * 10n ** 33n, 44721359549995793n],
    [(2n ** 112n - 1n) ** 2n - 1n, 2n ** 112n - 2n],
    [(2n ** 112n - 1n) ** 2n, 2n ** 112n - 1n],
    [2n ** 256n - 1n, 2n ** 128n - 1n],
  ])("of %i is %i", (value, root) => {
    expect(isqrt(value)).toBe(root);
  });

  it("is the greatest number whose square fits, around every power of two", () => {
    for (let bits = 1n; bits < 470n; bits++) {
      for (const value of [2n ** bits - 1n, 2n ** bits, 2n ** bits + 1n]) {
        const root = isqrt(value);
        expect(root * root <= value && (root + 1n) * (root + 1n) > value).toBe(true);
      }
    }
  });

  it("refuses a negative number", () => {
    expect(() => isqrt(-1n)).toThrow(NegativeRootError);
  });
});

describe("getSqrtPriceAtReserves", () => {
  it.each([
    [1n, 1n, 2n ** 96n],
    [1n, 4n, 2n ** 97n],
    [10n ** 21n, 2n * 10n ** 12n, 3543191142285914205922034n],
    [2n ** 112n - 1n, 1n, 2n ** 40n],
    [1n, 2n ** 112n - 1n, 5708990770823839524233143877797979995775172607n],
  ])("of %i and %i is %i", (reserve0, reserve1, sqrtPriceX96) => {
    expect(getSqrtPriceAtReserves(reserve0, reserve1)).toBe(sqrtPriceX96);
  });
});

describe("getFeeShares", () => {
  it("is a sixth of the growth since the last Mint or Burn, as metrics.md 1.2 has it", () => {
    const rootK = isqrt(1_010n * 10n ** 18n * 1_980_256_839_313n);
    expect(getFeeShares(44721359549995793n, rootK, 44721359549995793n)).toBe(110697532322n);
    expect(getFeeShares(600n, 200n, 100n)).toBe(54n);
  });

  it("is nothing without growth, and nothing where no product was kept", () => {
    expect(getFeeShares(600n, 100n, 100n)).toBe(0n);
    expect(getFeeShares(600n, 99n, 100n)).toBe(0n);
    expect(getFeeShares(600n, 200n, 0n)).toBe(0n);
  });
});
