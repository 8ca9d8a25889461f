import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MulDivOperandError,
  MulDivOverflowError,
  mulDiv,
  mulDivRoundingUp,
} from "../../src/math/fullMath.ts";

const MAX_UINT256 = 115792089237316195423570985008687907853269984665640564039457584007913129639935n;
const Q128 = 340282366920938463463374607431768211456n;

const uint256 = fc.bigInt({ min: 0n, max: MAX_UINT256 });

describe("mulDiv", () => {
  it("holds the product in full width", () => {
    expect(mulDiv(MAX_UINT256, MAX_UINT256, MAX_UINT256)).toBe(MAX_UINT256);
    expect(mulDiv(Q128, 50n * Q128, 150n * Q128)).toBe(113427455640312821154458202477256070485n);
    expect(mulDiv(Q128, 35n * Q128, 8n * Q128)).toBe(1488735355279105777652263907513985925120n);
  });

  it("rounds down, and up where the name says so", () => {
    expect(mulDiv(7n, 3n, 2n)).toBe(10n);
    expect(mulDivRoundingUp(7n, 3n, 2n)).toBe(11n);
    expect(mulDivRoundingUp(Q128, 50n * Q128, 150n * Q128)).toBe(113427455640312821154458202477256070486n);
    expect(mulDivRoundingUp(6n, 3n, 2n)).toBe(9n);
    expect(mulDivRoundingUp(0n, 3n, 2n)).toBe(0n);
  });

  it("refuses a denominator of 0 and negative operands", () => {
    expect(() => mulDiv(1n, 1n, 0n)).toThrow(MulDivOperandError);
    expect(() => mulDivRoundingUp(1n, 1n, 0n)).toThrow(MulDivOperandError);
    expect(() => mulDiv(-1n, 1n, 2n)).toThrow(MulDivOperandError);
    expect(() => mulDiv(1n, -1n, 2n)).toThrow(MulDivOperandError);
    expect(() => mulDiv(1n, 1n, -2n)).toThrow(MulDivOperandError);
  });

  it("refuses a result beyond uint256, also when only rounding up takes it there", () => {
    expect(() => mulDiv(MAX_UINT256, 2n, 1n)).toThrow(MulDivOverflowError);
    // The contract's own regression case: the rounded-up quotient is exactly 2^256.
    const a = 535006138814359n;
    const b = 432862656469423142931042426214547535783388063929571229938474969n;
    expect(mulDiv(a, b, 2n)).toBe(MAX_UINT256);
    expect(() => mulDivRoundingUp(a, b, 2n)).toThrow(MulDivOverflowError);
  });

  it("is the floor, and its rounded-up form the ceiling, of the exact quotient", () => {
    fc.assert(
      fc.property(uint256, uint256, uint256, (a, b, c) => {
        const denominator = c + 1n > MAX_UINT256 ? c : c + 1n;
        fc.pre((a * b) / denominator < MAX_UINT256);
        const down = mulDiv(a, b, denominator);
        const up = mulDivRoundingUp(a, b, denominator);
        expect(down * denominator <= a * b && a * b <= up * denominator).toBe(true);
        expect(up - down).toBe(down * denominator === a * b ? 0n : 1n);
      }),
    );
  });
});
