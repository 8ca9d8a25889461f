import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MulDivOperandError } from "../../src/math/fullMath.ts";
import {
  getAmount0Delta,
  getAmount1Delta,
  getNextSqrtPriceFromInput,
  getNextSqrtPriceFromOutput,
} from "../../src/math/sqrtPriceMath.ts";

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

/** Values and reverts of SqrtPriceMath.spec.ts of Uniswap v3-core. */
describe("getNextSqrtPriceFromInput", () => {
  it("stays for no input, and is undefined without liquidity", () => {
    expect(getNextSqrtPriceFromInput(PRICE_1, 10n ** 17n, 0n, true)).toBe(PRICE_1);
    expect(getNextSqrtPriceFromInput(PRICE_1, 10n ** 17n, 0n, false)).toBe(PRICE_1);
    expect(getNextSqrtPriceFromInput(PRICE_1, 0n, 1n, true)).toBeUndefined();
    expect(getNextSqrtPriceFromInput(PRICE_1, 0n, 1n, false)).toBeUndefined();
  });

  it("takes 0.1 of either token into a liquidity of 1", () => {
    expect(getNextSqrtPriceFromInput(PRICE_1, 10n ** 18n, 10n ** 17n, false)).toBe(
      87150978765690771352898345369n,
    );
    expect(getNextSqrtPriceFromInput(PRICE_1, 10n ** 18n, 10n ** 17n, true)).toBe(
      72025602285694852357767227579n,
    );
  });

  it("takes token0 beyond what uint256 holds of the product, down to a price of 1", () => {
    expect(getNextSqrtPriceFromInput(PRICE_1, 10n ** 19n, 2n ** 100n, true)).toBe(624999999995069620n);
    expect(getNextSqrtPriceFromInput(PRICE_1, 1n, (2n ** 256n - 1n) / 2n, true)).toBe(1n);
    expect(getNextSqrtPriceFromInput(1n, 1n, 2n ** 255n, true)).toBe(1n);
  });

  it("is undefined where token1 takes the price above uint160", () => {
    expect(getNextSqrtPriceFromInput(2n ** 160n - 1n, 1024n, 1024n, false)).toBeUndefined();
  });

  it("never passes the exact price: less input than a step needs ends before its target", () => {
    fc.assert(
      fc.property(sqrtPriceX96, sqrtPriceX96, fc.bigInt({ min: 1n, max: 2n ** 128n - 1n }), (from, to, l) => {
        const zeroForOne = to < from;
        const needed = (zeroForOne ? getAmount0Delta : getAmount1Delta)(from, to, l, true);
        fc.pre(needed > 0n);
        const reached = getNextSqrtPriceFromInput(from, l, needed - 1n, zeroForOne) ?? to;
        expect(zeroForOne ? reached > to : reached < to).toBe(true);
      }),
    );
  });
});

describe("getNextSqrtPriceFromOutput", () => {
  const price = 20282409603651670423947251286016n;

  it("is undefined for all that the liquidity holds or more, and without liquidity", () => {
    expect(getNextSqrtPriceFromOutput(price, 1024n, 4n, false)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(price, 1024n, 5n, false)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(price, 1024n, 262144n, true)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(price, 1024n, 262145n, true)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(PRICE_1, 1n, 2n ** 256n - 1n, true)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(PRICE_1, 1n, 2n ** 256n - 1n, false)).toBeUndefined();
    expect(getNextSqrtPriceFromOutput(PRICE_1, 0n, 1n, true)).toBeUndefined();
  });

  it("gives just less than all token1", () => {
    expect(getNextSqrtPriceFromOutput(price, 1024n, 262143n, true)).toBe(77371252455336267181195264n);
  });

  it("stays for no output, and gives 0.1 of either token out of a liquidity of 1", () => {
    expect(getNextSqrtPriceFromOutput(PRICE_1, 10n ** 17n, 0n, true)).toBe(PRICE_1);
    expect(getNextSqrtPriceFromOutput(PRICE_1, 10n ** 17n, 0n, false)).toBe(PRICE_1);
    expect(getNextSqrtPriceFromOutput(PRICE_1, 10n ** 18n, 10n ** 17n, false)).toBe(
      88031291682515930659493278152n,
    );
    expect(getNextSqrtPriceFromOutput(PRICE_1, 10n ** 18n, 10n ** 17n, true)).toBe(
      71305346262837903834189555302n,
    );
  });
});
