import { describe, expect, it } from "vitest";
import { toToken0, toToken1, valueX192 } from "../../src/math/valueMath.ts";

const SQRT_PRICE = 3543226830587239509588885n;
const TWO_192 = 6277101735386680763835789423207666416102355444464034512896n;

describe("value in X192", () => {
  it("values R at 100742.876496 token1 (metrics.md 1.3)", () => {
    expect(toToken1(valueX192(31442952788347355011n, 37855704094n, SQRT_PRICE))).toBe(100742876496n);
  });

  it("values R in token0 at the same price", () => {
    // floor(31442952788347355011 + 37855704094 * 2^192 / S^2)
    expect(toToken0(valueX192(31442952788347355011n, 37855704094n, SQRT_PRICE), SQRT_PRICE)).toBe(
      50370423544779366258n,
    );
  });

  it("is token1 itself at any price, and token0 times the square of the price", () => {
    expect(valueX192(0n, 1n, SQRT_PRICE)).toBe(TWO_192);
    expect(valueX192(1n, 0n, 3n)).toBe(9n);
  });

  it("is signed and truncates towards zero", () => {
    expect(toToken1(TWO_192 + TWO_192 / 2n)).toBe(1n);
    expect(toToken1(-TWO_192 - TWO_192 / 2n)).toBe(-1n);
    expect(toToken1(-TWO_192 / 2n)).toBe(0n);
    expect(toToken0(7n, 2n)).toBe(1n);
    expect(toToken0(-7n, 2n)).toBe(-1n);
    expect(valueX192(1n, -1n, 79228162514264337593543950336n)).toBe(0n);
  });
});
