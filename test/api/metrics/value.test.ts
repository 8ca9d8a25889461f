import { describe, expect, it } from "vitest";
import { value, wholeUnits } from "../../../src/api/metrics/value.ts";

const ETH_USD = { token0Decimals: 18, token1Decimals: 6 };
const R = {
  amount0: 31442952788347355011n,
  amount1: 37855704094n,
  sqrtPriceX96: 3543226830587239509588885n,
};
const PRICE_1 = 2n ** 96n;

describe("value", () => {
  it("of R is 100742.876496 token1 (metrics.md 1.3)", () => {
    expect(value(R, ETH_USD, "TOKEN1")).toBe(100742.876496);
  });

  it("of R is the same divided by the price in token0 (metrics.md 1.3)", () => {
    expect(value(R, ETH_USD, "TOKEN0")).toBe(50.370423544779364);
  });

  it("needs the decimals of the numeraire alone", () => {
    expect(value(R, { token0Decimals: null, token1Decimals: 6 }, "TOKEN1")).toBe(100742.876496);
    expect(value(R, { token0Decimals: null, token1Decimals: 6 }, "TOKEN0")).toBeNull();
    expect(value(R, { token0Decimals: 18, token1Decimals: null }, "TOKEN0")).toBe(50.370423544779364);
    expect(value(R, { token0Decimals: 18, token1Decimals: null }, "TOKEN1")).toBeNull();
  });

  it("is signed and 0 for nothing", () => {
    const net = { amount0: -3n, amount1: 1n, sqrtPriceX96: PRICE_1 };
    expect(value(net, ETH_USD, "TOKEN1")).toBe(-0.000002);
    expect(value({ ...net, amount0: 0n, amount1: 0n }, ETH_USD, "TOKEN1")).toBe(0);
  });
});

describe("wholeUnits", () => {
  it("scales a signed raw amount, and is null without decimals", () => {
    expect(wholeUnits(-1717889797n, 6)).toBe(-1717.889797);
    expect(wholeUnits(7n, 0)).toBe(7);
    expect(wholeUnits(10n ** 255n, 255)).toBe(1);
    expect(wholeUnits(1n, null)).toBeNull();
  });
});
