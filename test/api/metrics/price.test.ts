import { describe, expect, it } from "vitest";
import { price, priceAtTick } from "../../../src/api/metrics/price.ts";

const ETH_USD = { token0Decimals: 18, token1Decimals: 6 };

describe("price", () => {
  it("is 2000.0402896481 at R's entry (metrics.md 0.5)", () => {
    expect(price(3543226830587239509588885n, ETH_USD)).toBe(2000.0402896480882);
  });

  it("is token1 per token0, so decimals shift it by their difference", () => {
    const one = 2n ** 96n;
    expect(price(one, { token0Decimals: 18, token1Decimals: 18 })).toBe(1);
    expect(price(one, { token0Decimals: 18, token1Decimals: 6 })).toBe(1e12);
    expect(price(one, { token0Decimals: 6, token1Decimals: 18 })).toBe(1e-12);
    expect(price(2n * one, { token0Decimals: 0, token1Decimals: 0 })).toBe(4);
    expect(price(one, { token0Decimals: 255, token1Decimals: 0 })).toBe(1e255);
    expect(price(one, { token0Decimals: 0, token1Decimals: 255 })).toBe(1e-255);
  });

  it("is null without the decimals of both tokens", () => {
    expect(price(2n ** 96n, { token0Decimals: null, token1Decimals: 6 })).toBeNull();
    expect(price(2n ** 96n, { token0Decimals: 18, token1Decimals: null })).toBeNull();
  });
});

describe("priceAtTick", () => {
  it.each([
    [-202080, 1675.7757117917708],
    [-200311, 2000.0402896480882],
    [-199811, 2102.5792919901705],
    [-198311, 2442.8302994109517],
    [-197280, 2708.1132404783025],
  ])("is the contract's price of tick %i (metrics.md 0.5, 4.1)", (tick, expected) => {
    expect(priceAtTick(tick, ETH_USD)).toBe(expected);
  });

  it("is 1 at tick 0, and null without decimals", () => {
    expect(priceAtTick(0, { token0Decimals: 18, token1Decimals: 18 })).toBe(1);
    expect(priceAtTick(0, { token0Decimals: null, token1Decimals: null })).toBeNull();
  });
});
