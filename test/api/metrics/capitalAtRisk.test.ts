import { describe, expect, test } from "vitest";
import { decimalFraction } from "../../../src/api/metrics/decimalFraction.ts";
import { historicalRisk } from "../../../src/api/metrics/historicalRisk.ts";
import {
  type HeldAgainst,
  impermanentLossAtRisk,
  lossByOffset,
} from "../../../src/api/metrics/impermanentLossAtRisk.ts";
import { lognormalRisk } from "../../../src/api/metrics/lognormalRisk.ts";
import { normalQuantile } from "../../../src/api/metrics/normalQuantile.ts";
import { gridPrices, overlappingReturns, stepsOf } from "../../../src/api/metrics/overlappingReturns.ts";
import { valueCurve } from "../../../src/api/metrics/valueCurve.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { getTickAtSqrtPrice } from "../../../src/math/tickMath.ts";
import { normal } from "./randomPrices.ts";

const R = { bounds: { tickLower: -202080, tickUpper: -197280 }, liquidity: 10n ** 16n };
const S = 3543226830587239509588885n;
const R_HELD = { amount0: 31442952788347355011n, amount1: 37855704094n };
const FRESH = { held: R_HELD, hold0: 31442952788347355012n, hold1: 37855704095n, realizedIl1: 0n };
const NO_IL = { held: { amount0: 0n, amount1: 0n }, hold0: 0n, hold1: 0n, realizedIl1: 0n };
const ONE = 2n ** 96n;
const L24 = 10n ** 24n;

function deviationOf(volatility: number, days: number): number {
  return volatility * Math.sqrt(days / 365);
}

describe("lognormal", () => {
  test.each([
    [0.05, 1, 3491.8106, 4444.5529],
    [0.05, 7, 10270.065, 13215.839],
    [0.01, 1, 5042.6252, 5844.6156],
    [0.01, 7, 15117.6735, 17467.5138],
  ])("the worked example R: tail %s, %s days", (tail, days, valueAtRisk, expectedShortfall) => {
    const risk = lognormalRisk(valueCurve(R, S), deviationOf(0.6, days), tail);
    expect(risk.valueAtRisk / 1e6).toBeCloseTo(valueAtRisk, 4);
    expect(risk.expectedShortfall / 1e6).toBeCloseTo(expectedShortfall, 4);
  });

  // The closed form with its sums of E[P^k; P <= c], worked out with 60 digits apart from the code.
  const closed = (tickLower: number, tickUpper: number) => ({
    ...{ bounds: { tickLower, tickUpper }, liquidity: L24 },
  });
  test.each([
    ["R, almost no deviation", R, S, 0.001, 1, 0.05, 5414988.997563293, 6790812.918392713],
    ["R, out of all measure", R, S, 30, 3650, 0.5, 100742876496.39227, 100742876496.39227],
    [
      "one tick, out above",
      closed(-201, -200),
      ONE,
      0.6,
      1,
      0.05,
      1.5637520513186514e18,
      2.1854932860062881e18,
    ],
    ["one tick, out below", closed(200, 201), ONE, 0.6, 1, 0.05, 2.5152318132744893e18, 3.124631886803063e18],
    ["one tick, ten deviations away", closed(-3000, -2999), ONE, 0.6, 1, 0.05, 0, 0.0020794111365712354],
    ["out above", closed(-600, -60), ONE, 0.6, 1, 0.05, 5.187920532922031e20, 8.440507506544797e20],
    ["out above, hardly reached", closed(-600, -60), ONE, 0.01, 1, 0.05, 0, 2.0478688625788735e-14],
    [
      "all prices",
      { bounds: null, liquidity: L24 },
      ONE,
      0.6,
      30,
      0.05,
      2.7663210159546363e23,
      3.366322291479437e23,
    ],
    ["all prices, wild", { bounds: null, liquidity: L24 }, ONE, 20, 365, 0.05, 2e24, 2e24],
  ] as const)("%s, to ten digits", (_, range, price, volatility, days, tail, valueAtRisk, shortfall) => {
    const risk = lognormalRisk(valueCurve(range, price), deviationOf(volatility, days), tail);
    expect(Math.abs(risk.valueAtRisk - valueAtRisk)).toBeLessThanOrEqual(1e-10 * valueAtRisk);
    expect(Math.abs(risk.expectedShortfall / shortfall - 1)).toBeLessThan(1e-10);
  });

  // All ticks, at prices of WETH in USDC, USDC in WETH, and a third from the ends of the scale: bounds are no offsets there.
  test.each([
    [S, [2302119916271.9478, 2870559709517.199, 42343011867.61064]],
    [
      1811000000000000000000000000000000n,
      [1.1766503720219112e21, 1.4671890574598212e21, 2.164219175314871e19],
    ],
    [12885386217n, [0.00837194615454394, 0.010439148348275]],
    [487148901161736701095757684067996274126241323447n, [2.1209488418206747e35, 2.6494949434079876e35]],
  ])("all ticks at %s", (sqrtPriceX96, [valueAtRisk = 0, shortfall = 0, loss]) => {
    const range = { tickLower: -887220, tickUpper: 887220, liquidity: 10n ** 18n };
    const tick = getTickAtSqrtPrice(sqrtPriceX96);
    const held = getAmountsForLiquidity({ ...range, sqrtPriceX96, tick, roundUp: false });
    const against = { held, hold0: held.amount0, hold1: held.amount1, realizedIl1: 0n, sqrtPriceX96 };
    const curve = valueCurve({ bounds: range, liquidity: range.liquidity }, sqrtPriceX96);
    const risk = lognormalRisk(curve, deviationOf(0.6, 1), 0.05);
    expect(Math.abs(risk.valueAtRisk / valueAtRisk - 1)).toBeLessThan(1e-10);
    expect(Math.abs(risk.expectedShortfall / shortfall - 1)).toBeLessThan(1e-10);
    const divergence = impermanentLossAtRisk(curve, against, deviationOf(0.6, 1), 0.05);
    if (loss !== undefined) expect(Math.abs(divergence / loss - 1)).toBeLessThan(1e-9);
  });

  test.each([0.5, 0.05, 1e-16])(
    "out of all measure, with a tail of %s, everything is lost and nothing more",
    (tail) => {
      const against = {
        held: R_HELD,
        hold0: R_HELD.amount0,
        hold1: R_HELD.amount1,
        realizedIl1: 0n,
        sqrtPriceX96: S,
      };
      for (const days of [3_650, 3_650_000]) {
        const deviation = deviationOf(57_000, days);
        const risk = lognormalRisk(valueCurve(R, S), deviation, tail);
        expect(risk.valueAtRisk).toBeCloseTo(100742876496.39227, 2);
        expect(risk.expectedShortfall).toBeCloseTo(100742876496.39227, 2);
        // The token1 of the basket.
        expect(impermanentLossAtRisk(valueCurve(R, S), against, deviation, tail)).toBeCloseTo(37855704094, 0);
      }
    },
  );

  test.each([
    ["without liquidity", { ...R, liquidity: 0n }, 0.1],
    ["without deviation", R, 0],
  ])("%s nothing is at risk", (_, range, deviation) => {
    expect(lognormalRisk(valueCurve(range, S), deviation, 0.05)).toEqual({
      ...{ valueAtRisk: 0, expectedShortfall: 0 },
    });
  });

  test.each([
    [0.05, 1, 423430119.48891956],
    [0.05, 7, 2956511076.074342],
    [0.01, 1, 731821329.2970711],
    [0.01, 7, 5014958720.538902],
  ])("impermanent loss of R put in now: tail %s, %s days", (tail, days, loss) => {
    const against = { ...FRESH, sqrtPriceX96: S };
    const found = impermanentLossAtRisk(valueCurve(R, S), against, deviationOf(0.6, days), tail);
    // Baskets are whole units, the formula's are not.
    expect(Math.abs(found - loss)).toBeLessThan(1);
  });

  test("impermanent loss over all prices", () => {
    const against = { ...NO_IL, held: { amount0: L24, amount1: L24 }, hold0: L24, hold1: L24 };
    const curve = valueCurve({ bounds: null, liquidity: L24 }, ONE);
    const found = impermanentLossAtRisk(curve, { ...against, sqrtPriceX96: ONE }, deviationOf(0.6, 30), 0.05);
    expect(Math.abs(found / 2.805902938672968e22 - 1)).toBeLessThan(1e-11);
  });

  // Put in over the range, all token1 (1.1's 111032957696.7, rounded up); the price has come far down since.
  test.each([1e4, 1e8, 1e18])("a loss of token1 is made good by a price %d times up its root", (offset) => {
    const sqrtPriceX96 = S / 1000n;
    const held = { amount0: 52120737543872097557n, amount1: 0n };
    const against = { held, hold0: 0n, hold1: 111032957697n, realizedIl1: 0n, sqrtPriceX96 };
    expect(lossByOffset(valueCurve(R, sqrtPriceX96), against)(offset)).toBeCloseTo(0.287, 2);
  });

  test("what was realised counts, and without deviation it is the loss of now", () => {
    const held = { amount0: 3n, amount1: 6n };
    const against = { held, hold0: 5n, hold1: 5n, realizedIl1: -40n, sqrtPriceX96: ONE };
    const curve = valueCurve({ bounds: null, liquidity: 4n }, ONE);
    expect(impermanentLossAtRisk(curve, against, 0, 0.05)).toBe(41);
    expect(impermanentLossAtRisk(curve, { ...against, realizedIl1: 60n }, 0, 0.05)).toBe(0);
  });
});

describe("against 400,000 simulated prices, nothing of the formulas shared", () => {
  const PATHS = 400_000;
  const TAIL = 0.05;
  const DEVIATION = deviationOf(0.8, 14);
  const draw = normal(20_240_105);
  const ratios = Array.from({ length: PATHS }, () => Math.exp(-(DEVIATION ** 2) / 2 + DEVIATION * draw()));

  /** At price 1 now. */
  function value(price: number, bounds: { tickLower: number; tickUpper: number } | null): number {
    if (bounds === null) return 2 * Math.sqrt(price);
    const [a, b] = [1.0001 ** (bounds.tickLower / 2), 1.0001 ** (bounds.tickUpper / 2)];
    const s = Math.min(b, Math.max(a, Math.sqrt(price)));
    return (1 / s - 1 / b) * price + (s - a);
  }

  /** Order statistics four standard deviations of the count to either side of the quantile, and the mean beyond. */
  function simulated(losses: readonly number[]) {
    const sorted = Float64Array.from(losses).sort();
    const rank = Math.ceil((1 - TAIL) * PATHS);
    const spread = Math.ceil(4 * Math.sqrt(PATHS * TAIL * (1 - TAIL)));
    const beyond = sorted.subarray(rank);
    const mean = beyond.reduce((sum, loss) => sum + loss, 0) / beyond.length;
    const variance = beyond.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / beyond.length;
    const quantile = sorted[rank - 1] ?? Number.NaN;
    const error = Math.sqrt((variance + (1 - TAIL) * (mean - quantile) ** 2) / beyond.length);
    return { least: sorted[rank - 1 - spread] ?? 0, most: sorted[rank - 1 + spread] ?? 0, mean, error };
  }

  test.each([
    ["in range", { tickLower: -3000, tickUpper: 3600 }],
    ["out of range above", { tickLower: -3000, tickUpper: -600 }],
    ["out of range below", { tickLower: 600, tickUpper: 3000 }],
    ["one tick", { tickLower: 0, tickUpper: 1 }],
    ["one tick below", { tickLower: -2400, tickUpper: -2399 }],
    ["all prices", null],
  ])("%s", (_, bounds) => {
    const liquidity = 10n ** 24n;
    const curve = valueCurve({ bounds, liquidity }, ONE);
    const risk = lognormalRisk(curve, DEVIATION, TAIL);
    const now = value(1, bounds);
    const found = simulated(ratios.map((ratio) => (now - value(ratio, bounds)) * 1e24));
    const noise = 1e-9 * now * 1e24 + 1e10;
    expect(risk.valueAtRisk).toBeGreaterThanOrEqual(found.least - noise);
    expect(risk.valueAtRisk).toBeLessThanOrEqual(found.most + noise);
    expect(Math.abs(risk.expectedShortfall - found.mean)).toBeLessThan(4 * found.error + noise);

    const x = bounds === null ? 1 : 1 / clampRoot(bounds) - 1 / 1.0001 ** (bounds.tickUpper / 2);
    const held = { amount0: raw(x), amount1: raw(now - x) };
    // What is held, put in now: two-sided. And a basket that is long against it.
    for (const hold of [x, x + 0.01]) {
      const [hold0, hold1, realizedIl1] = [raw(hold), held.amount1, -raw(0.001)];
      const against: HeldAgainst = { held, hold0, hold1, realizedIl1, sqrtPriceX96: ONE };
      const atRisk = impermanentLossAtRisk(curve, against, DEVIATION, TAIL);
      const divergence = simulated(
        ratios.map((ratio) => (hold * ratio + (now - x) + 0.001 - value(ratio, bounds)) * 1e24),
      );
      expect(atRisk).toBeGreaterThanOrEqual(divergence.least - noise);
      expect(atRisk).toBeLessThanOrEqual(divergence.most + noise);
    }
  });

  function raw(part: number): bigint {
    return BigInt(Math.round(part * 1e15)) * 10n ** 9n;
  }

  function clampRoot({ tickLower, tickUpper }: { tickLower: number; tickUpper: number }): number {
    return Math.min(1.0001 ** (tickUpper / 2), Math.max(1.0001 ** (tickLower / 2), 1));
  }
});

describe("historical", () => {
  const losses = Array.from({ length: 20 }, (_, i) => i - 7);

  test("the worked example: losses of -7 to 12, nine tenths", () => {
    const risk = historicalRisk([...losses].reverse(), { numerator: 9n, denominator: 10n });
    expect(risk?.valueAtRisk).toBe(10);
    expect(risk?.expectedShortfall).toBeCloseTo(11.5, 12);
  });

  test("a rank that falls between two losses takes a part of the one", () => {
    // ceil(0.93 * 20) = 19: a loss of 11; (12 + 0.4 * 11) / 1.4.
    const risk = historicalRisk(losses, { numerator: 93n, denominator: 100n });
    expect(risk?.valueAtRisk).toBe(11);
    expect(risk?.expectedShortfall).toBeCloseTo(16.4 / 1.4, 12);
  });

  test("counts by the decimal that was asked for, not by the double next to it", () => {
    // In doubles 0.55 * 100 is 55.00000000000001.
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(historicalRisk(hundred, decimalFraction(0.55))?.valueAtRisk).toBe(55);
    expect(historicalRisk([], decimalFraction(0.55))).toBeNull();
  });
});

test.each([
  [0.95, 95n, 100n],
  [-0.25, -25n, 100n],
  [3, 3n, 1n],
  [1e-7, 1n, 10n ** 7n],
  [-1.5e-9, -15n, 10n ** 10n],
  [2e21, 2n * 10n ** 21n, 1n],
  [0, 0n, 1n],
])("%s as a fraction of whole numbers", (value, numerator, denominator) => {
  expect(decimalFraction(value)).toEqual({ numerator, denominator });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is no decimal", (value) => {
  expect(() => decimalFraction(value)).toThrow("is no decimal number");
});

// Worked out with 60 digits.
test.each([
  [0.4, -0.2533471031357998],
  [0.2, -0.8416212335729142],
  [0.1, -1.2815515655446004],
  [0.05, -1.6448536269514726],
  [0.01, -2.326347874040841],
  [1e-10, -6.361340902404057],
  [1e-300, -37.0470962993612],
  [0.9, 1.2815515655446004],
])("a normal variable is below with probability %s", (below, z) => {
  expect(Math.abs(normalQuantile(below) / z - 1)).toBeLessThan(1e-12);
});

test("of everything and of nothing", () => {
  expect([0, 0.5, 1].map(normalQuantile)).toEqual([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY]);
});

describe("returns of the grid", () => {
  const samples = [
    { time: 300, sqrtPriceX96: 4n },
    { time: 900, sqrtPriceX96: 5n },
    { time: 1200, sqrtPriceX96: 10n },
  ];

  test("a mark without a sample has the price before it", () => {
    expect(gridPrices(samples, 1_799, 100)).toEqual([4n, 4n, 5n, 10n, 10n]);
    expect(gridPrices(samples, 1_200, 2)).toEqual([5n, 10n]);
    expect(gridPrices([], 1_200, 2)).toEqual([]);
  });

  test("overlap: one from each mark that has another so much later", () => {
    expect(overlappingReturns(samples, 1_799, 1)).toEqual([0, 0.25, 1, 0]);
    expect(overlappingReturns(samples, 1_799, 2)).toEqual([0.25, 1.5, 1]);
    expect(overlappingReturns(samples, 1_799, 5)).toEqual([]);
  });

  test.each([
    [1, 288],
    [0.5, 144],
    [0.0001, 1],
    [7, 2016],
  ])("%s days are whole steps", (days, steps) => {
    expect(stepsOf(days)).toBe(steps);
  });
});
