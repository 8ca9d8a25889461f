import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MulDivOperandError } from "../../src/math/fullMath.ts";
import { getAmount0Delta, getAmount1Delta } from "../../src/math/sqrtPriceMath.ts";

const PRICE_1 = 79228162514264337593543950336n;
/** sqrt(1.21) in X96, as the contract's own tests encode it. */
const PRICE_1_21 = 87150978765690771352898345369n;

const sqrtPriceX96 = fc.bigInt({ min: 4295128739n, max: 1461446703485210103287273052203988822378723970342n });
const liquidity = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });

describe("getAmount0Delta", () => {
  it("is 0 without liquidity and between equal prices", () => {
    expect(getAmount0Delta(PRICE_1, PRICE_1_21, 0n, true)).toBe(0n);
    expect(getAmount0Delta(PRICE_1, PRICE_1, 1n, true)).toBe(0n);
  });

  it("is 0.0909... for a price from 1 to 1.21", () => {
    expect(getAmount0Delta(PRICE_1, PRICE_1_21, 10n ** 18n, true)).toBe(90909090909090910n);
    expect(getAmount0Delta(PRICE_1, PRICE_1_21, 10n ** 18n, false)).toBe(90909090909090909n);
  });

  it("takes the prices in either order", () => {
    expect(getAmount0Delta(PRICE_1_21, PRICE_1, 10n ** 18n, true)).toBe(90909090909090910n);
  });

  it("refuses a price of 0", () => {
    expect(() => getAmount0Delta(0n, PRICE_1, 1n, false)).toThrow(MulDivOperandError);
  });
});

describe("getAmount1Delta", () => {
  it("is 0 without liquidity and between equal prices", () => {
    expect(getAmount1Delta(PRICE_1, PRICE_1_21, 0n, true)).toBe(0n);
    expect(getAmount1Delta(PRICE_1, PRICE_1, 1n, true)).toBe(0n);
  });

  it("is 0.1 for a price from 1 to 1.21", () => {
    expect(getAmount1Delta(PRICE_1, PRICE_1_21, 10n ** 18n, true)).toBe(100000000000000000n);
    expect(getAmount1Delta(PRICE_1, PRICE_1_21, 10n ** 18n, false)).toBe(99999999999999999n);
  });

  it("takes the prices in either order", () => {
    expect(getAmount1Delta(PRICE_1_21, PRICE_1, 10n ** 18n, false)).toBe(99999999999999999n);
  });
});

describe.each([
  ["getAmount0Delta", getAmount0Delta],
  ["getAmount1Delta", getAmount1Delta],
])("%s", (_name, getAmountDelta) => {
  it("rounds up by at most one unit", () => {
    fc.assert(
      fc.property(sqrtPriceX96, sqrtPriceX96, liquidity, (a, b, l) => {
        const down = getAmountDelta(a, b, l, false);
        const up = getAmountDelta(a, b, l, true);
        expect(down <= up && up <= down + 1n).toBe(true);
      }),
    );
  });
});
