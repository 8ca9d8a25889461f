import { describe, expect, test } from "vitest";
import { bookValue } from "../../../src/api/metrics/bookValue.ts";
import { concentration } from "../../../src/api/metrics/concentration.ts";
import { portfolioSkew } from "../../../src/api/metrics/portfolioSkew.ts";

/** The worked example: R and 20,000 USDC beside it, then 0.5 WBTC at 60,000 and 10,000 USDC more. */
const WETH = 62_887.172402;
const WBTC = 30_000;
const USDC = 67_855.704094;

describe("the skew of a portfolio", () => {
  test("of one pair is the skew of the sums", () => {
    const pair = [
      { value: WETH, isQuote: false },
      { value: USDC - 10_000, isQuote: true },
    ];
    expect(portfolioSkew(pair)).toBeCloseTo(0.041671, 6);
  });

  test("sets all other assets against the quote token", () => {
    const assets = [
      { value: WETH, isQuote: false },
      { value: USDC, isQuote: true },
      { value: WBTC, isQuote: false },
    ];
    expect(portfolioSkew(assets)).toBeCloseTo(0.155724, 6);
  });

  test("is 1 without and -1 with nothing but the quote token, and null with nothing", () => {
    expect(portfolioSkew([{ value: 7, isQuote: false }])).toBe(1);
    expect(portfolioSkew([{ value: 7, isQuote: true }])).toBe(-1);
    expect(portfolioSkew([])).toBeNull();
    expect(portfolioSkew([{ value: 0, isQuote: false }])).toBeNull();
  });
});

describe("concentration", () => {
  test("is the sum of the squared shares", () => {
    expect(concentration([WETH, USDC, WBTC])).toBeCloseTo(0.366092, 6);
    expect(concentration([3, 1])).toBe(0.625);
  });

  test("is 1 for one asset, 1 / n for n equal ones, and null with nothing", () => {
    expect(concentration([5])).toBe(1);
    expect(concentration([2, 2, 2, 2])).toBe(0.25);
    expect(concentration([])).toBeNull();
    expect(concentration([0, 0])).toBeNull();
  });
});

describe("the value of a book", () => {
  test("leaves out what has no price", () => {
    const tokens = [
      { amount: 2n, value: 5 },
      { amount: 1n, value: null },
      { amount: 4n, value: 2.5 },
    ];
    expect(bookValue(tokens)).toBe(7.5);
  });

  test("is null where nothing that it holds has one", () => {
    const tokens = [
      { amount: 1n, value: null },
      { amount: 0n, value: 0 },
    ];
    expect(bookValue(tokens)).toBeNull();
  });

  test("is 0 for an empty one", () => {
    expect(bookValue([])).toBe(0);
    expect(bookValue([{ amount: 0n, value: null }])).toBe(0);
  });
});
