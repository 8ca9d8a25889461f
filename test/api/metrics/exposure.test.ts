import { describe, expect, it } from "vitest";
import { capitalEfficiency } from "../../../src/api/metrics/capitalEfficiency.ts";
import { exitProbability } from "../../../src/api/metrics/exitProbability.ts";
import { dollarGamma1Percent, gamma, gamma1Percent } from "../../../src/api/metrics/gamma.ts";
import { breakEvenVolatility, modelLvr, modelVega } from "../../../src/api/metrics/modelLvr.ts";
import { normalBelow } from "../../../src/api/metrics/normalTail.ts";
import { optionStrike, rangeFactor } from "../../../src/api/metrics/optionStrike.ts";
import { ticksToBounds } from "../../../src/api/metrics/ticksToBounds.ts";
import { value, wholeUnits } from "../../../src/api/metrics/value.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { toDouble } from "../../../src/math/toDouble.ts";
import { Q192, valueX192 } from "../../../src/math/valueMath.ts";

/** Position R of metrics.md: 10^16 in [-202080, -197280) at 2000.04, 18 and 6 decimals. */
const S = 3543226830587239509588885n;
const BOUNDS = { tickLower: -202080, tickUpper: -197280 };
const R = { liquidity: 10n ** 16n, sqrtPriceX96: S };
const HELD = { amount0: 31442952788347355011n, amount1: 37855704094n };
const DECIMALS = { token0Decimals: 18, token1Decimals: 6 };
const YEAR = 365;

/** The sixth decimal and on agree with the printed digits. */
function expectDigits(found: number | null, digits: string): void {
  const decimals = digits.split(".")[1]?.length ?? 0;
  expect(found === null ? null : Number(found.toFixed(decimals))).toBe(Number(digits));
}

describe("the worked example of metrics.md 3", () => {
  it("delta is what is held of token0, and its worth", () => {
    expectDigits(wholeUnits(HELD.amount0, 18), "31.442952788347");
    expectDigits(value({ ...HELD, amount1: 0n, sqrtPriceX96: S }, DECIMALS, "TOKEN1"), "62887.172402");
  });

  it("gamma, and for a move of 1 %", () => {
    expectDigits(gamma(R, DECIMALS), "-0.0559000103");
    expectDigits(gamma1Percent(R, DECIMALS), "-1.118022728");
    expectDigits(dollarGamma1Percent(R, DECIMALS), "-2236.090500");
  });

  it("the option that it is, as strike and width", () => {
    const range = { tickLower: -202080, tickUpper: -197280 };
    expectDigits(optionStrike(range, { token0Decimals: 18, token1Decimals: 6 }), "2130.302888");
    expectDigits(rangeFactor(range), "1.271234");
    expect(optionStrike(range, { token0Decimals: null, token1Decimals: 6 })).toBeNull();
  });

  it("capital efficiency", () => {
    expectDigits(capitalEfficiency(R, HELD), "8.878406");
  });

  it("what the model loses a year and a day at 60 %, and a point of volatility more", () => {
    const day = modelLvr(R, 6, 0.6) ?? 0;
    expectDigits(day * YEAR, "40249.629");
    expectDigits(day, "110.273");
    expectDigits((day * YEAR) / 100742.876496, "0.39953");
    const point = modelVega(R, 6, 0.6) ?? 0;
    expectDigits(point * YEAR * 100, "-134165.43");
    expectDigits(point * YEAR, "-1341.65");
  });

  it("a full range loses an eighth of variance: 4.5 % at 60 %", () => {
    // Worth of it: 2 L sqrt(P).
    const worth = 2 * 10_000 * Math.sqrt(2000.0402896481);
    expect(((modelLvr(R, 6, 0.6) ?? 0) * YEAR) / worth).toBeCloseTo(0.045, 10);
  });

  it("the volatility that fees of 30 % a year pay for, in the range and in a full one", () => {
    expectDigits(breakEvenVolatility(R, 6, (0.3 * 100742.876496) / YEAR), "0.519922");
    const worth = 2 * 10_000 * Math.sqrt(2000.0402896481);
    expectDigits(breakEvenVolatility(R, 6, (0.3 * worth) / YEAR), "1.549193");
  });

  it("4.8: the probability of being out in a day and in a week", () => {
    const at = { ...BOUNDS, tick: -200311, sqrtPriceX96: S };
    expect(exitProbability(at, 0.6, 1)).toBeCloseTo(9.7264e-9, 13);
    expectDigits(exitProbability(at, 0.6, 7), "0.01854120");
  });
});

describe("finite differences", () => {
  const liquidity = 10n ** 34n;
  const at = (sqrtPriceX96: bigint) => ({
    sqrtPriceX96,
    ...getAmountsForLiquidity({ ...BOUNDS, sqrtPriceX96, tick: -200311, liquidity, roundUp: false }),
  });
  const step = S / 10n ** 7n;
  const [below, above] = [at(S - step), at(S + step)];
  const priceStep = above.sqrtPriceX96 ** 2n - below.sqrtPriceX96 ** 2n;

  it("of value by price are delta", () => {
    const [low, high] = [below, above].map((a) => valueX192(a.amount0, a.amount1, a.sqrtPriceX96));
    const slope = toDouble((high ?? 0n) - (low ?? 0n), priceStep);
    expect(slope / toDouble(at(S).amount0)).toBeCloseTo(1, 12);
  });

  it("of delta by price are gamma", () => {
    const slope = toDouble((above.amount0 - below.amount0) * Q192, priceStep);
    const raw = gamma({ liquidity, sqrtPriceX96: S }, { token0Decimals: 0, token1Decimals: 0 });
    expect(slope / (raw ?? 0)).toBeCloseTo(1, 11);
  });

  it("of fees less loss by volatility are vega", () => {
    const slope = ((modelLvr(R, 6, 0.6001) ?? 0) - (modelLvr(R, 6, 0.5999) ?? 0)) / 0.0002;
    expect(modelVega(R, 6, 0.6)).toBeCloseTo(-slope / 100, 6);
  });
});

describe("without", () => {
  const none = { ...R, liquidity: 0n };

  it.each([
    ["liquidity in range: gamma", gamma(none, DECIMALS), 0],
    ["and for 1 %", gamma1Percent(none, DECIMALS), 0],
    ["in token1", dollarGamma1Percent(none, DECIMALS), 0],
    ["capital efficiency", capitalEfficiency(none, HELD), null],
    ["model loss", modelLvr(none, 6, 0.6), 0],
    ["vega", modelVega(none, 6, 0.6), 0],
    ["break-even", breakEvenVolatility(none, 6, 1), null],
    ["anything held: capital efficiency", capitalEfficiency(R, { amount0: 0n, amount1: 0n }), null],
    ["volatility: model loss", modelLvr(R, 6, 0), 0],
    ["vega too", modelVega(R, 6, 0), 0],
    ["fees known", breakEvenVolatility(R, 6, null), null],
    ["fees", breakEvenVolatility(R, 6, 0), 0],
    ["but fees below 0", breakEvenVolatility(R, 6, -1), null],
    ["decimals of token0: gamma", gamma(R, { ...DECIMALS, token0Decimals: null }), null],
    ["for 1 %", gamma1Percent(R, { ...DECIMALS, token0Decimals: null }), null],
    ["decimals of token1: gamma", gamma(R, { ...DECIMALS, token1Decimals: null }), null],
    ["for 1 % in token1", dollarGamma1Percent(R, { ...DECIMALS, token1Decimals: null }), null],
    ["loss", modelLvr(R, null, 0.6), null],
    ["vega of it", modelVega(R, null, 0.6), null],
    ["break-even of it", breakEvenVolatility(R, null, 1), null],
  ])("%s", (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe("the probability of being out", () => {
  it.each([
    ["in range", -200311, 0],
    ["below", -202081, 1],
    ["at the upper bound", -197280, 1],
  ])("is certain without volatility: %s", (_, tick, expected) => {
    expect(exitProbability({ ...BOUNDS, tick, sqrtPriceX96: S }, 0, 1)).toBe(expected);
  });

  it("is near 1 for a long time", () => {
    expect(exitProbability({ ...BOUNDS, tick: -200311, sqrtPriceX96: S }, 0.6, 3_650)).toBeGreaterThan(0.9);
  });

  it.each([
    // Of tables.
    [0, 0.5],
    [-1, 0.15865525393145707],
    [1.5, 0.9331927987311419],
    [-2, 0.02275013194817921],
    [-2.5, 0.006209665325776132],
    [3, 0.9986501019683699],
    [-6, 9.865876450376946e-10],
    [-10, 7.619853024160525e-24],
  ])("a normal variable is below %s", (z, expected) => {
    expect(normalBelow(z) / expected).toBeCloseTo(1, 12);
  });
});

describe("ticks to the bounds", () => {
  it.each([
    ["in range", [{ tickLower: -60, tickUpper: 60, liquidity: 1n }], 70, 50],
    ["past the upper one", [{ tickLower: -60, tickUpper: 0, liquidity: 1n }], 70, -10],
    [
      "the nearest of several",
      [
        { tickLower: -60, tickUpper: 60, liquidity: 1n },
        { tickLower: 0, tickUpper: 600, liquidity: 1n },
        { tickLower: 9, tickUpper: 11, liquidity: 0n },
      ],
      10,
      50,
    ],
    ["none open", [{ tickLower: -60, tickUpper: 60, liquidity: 0n }], null, null],
  ])("%s", (_, ranges, lower, upper) => {
    expect(ticksToBounds(ranges, 10)).toEqual({ lower, upper });
  });
});
