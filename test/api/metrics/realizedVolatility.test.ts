import { describe, expect, it } from "vitest";
import { annualizedVolatility, realizedVolatility } from "../../../src/api/metrics/realizedVolatility.ts";

const Q96 = 2n ** 96n;
const HOUR = 3_600;
/** A price 4 times as high has a log return of 2 ln 2. */
const LN4 = Math.log(4);

describe("annualised", () => {
  it("is that of the worked example of metrics.md 8, whether returns of 0 are listed or only counted", () => {
    expect(annualizedVolatility([0.001, -0.002, 0.0015, 0, -0.0005, 0.001], 6)).toBeCloseTo(0.385902, 6);
    expect(annualizedVolatility([0.001, -0.002, 0.0015, -0.0005, 0.001], 6)).toBeCloseTo(0.385902, 6);
  });

  it("does not take the mean off: a price that only rises is volatile", () => {
    expect(annualizedVolatility(Array(12).fill(0.001), 12)).toBeCloseTo(0.001 * Math.sqrt(105_120), 12);
  });
});

describe("of sampled prices", () => {
  const moved = { time: 600, sqrtPriceX96: 2n * Q96 };

  it.each([
    ["two hours at one price", [{ time: 0, sqrtPriceX96: Q96 }], 2 * HOUR, 0],
    // One return in 12, and in 24.
    ["one move in an hour", [{ time: 0, sqrtPriceX96: Q96 }, moved], HOUR, LN4 * Math.sqrt(105_120 / 12)],
    ["one in two", [{ time: 0, sqrtPriceX96: Q96 }, moved], 2 * HOUR, LN4 * Math.sqrt(105_120 / 24)],
    [
      "a move and its way back",
      [{ time: 0, sqrtPriceX96: Q96 }, moved, { time: 1_200, sqrtPriceX96: Q96 }],
      HOUR,
      LN4 * Math.sqrt((2 * 105_120) / 12),
    ],
    [
      "what is after the last mark",
      [
        { time: 0, sqrtPriceX96: Q96 },
        { ...moved, time: 3_900 },
      ],
      3_899,
      0,
    ],
    ["eleven returns", [{ time: 0, sqrtPriceX96: Q96 }, moved], HOUR - 1, null],
    [
      "a price that is there for less than an hour",
      [{ time: HOUR + 300, sqrtPriceX96: Q96 }],
      2 * HOUR,
      null,
    ],
    ["no price", [], 2 * HOUR, null],
  ])("%s", (_, samples, until, expected) => {
    const found = realizedVolatility(samples, until);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 9);
  });

  it("tells a move of one unit in 2^96, which doubles would not", () => {
    const samples = [
      { time: 0, sqrtPriceX96: Q96 },
      { time: 300, sqrtPriceX96: Q96 + 1n },
    ];
    // 2 / 2^96 times the root of 105120 / 12.
    expect(realizedVolatility(samples, HOUR)).toBeCloseTo(2 ** -95 * Math.sqrt(8_760), 40);
  });

  it.each([
    // The contract's least price, where swaps end that took all there was: the logarithm of 4295128740 / 2^96, twice.
    ["to the end of the scale", 4_295_128_740n, 8_303.995_703_305],
    ["of which, taken from 1, a double keeps two digits", 10n ** 15n, 5_990.699_421_641],
  ])("is that of a fall %s", (_, sqrtPriceX96, expected) => {
    const samples = [
      { time: 0, sqrtPriceX96: Q96 },
      { time: 300, sqrtPriceX96 },
    ];
    expect(realizedVolatility(samples, HOUR)).toBeCloseTo(expected, 6);
  });
});
