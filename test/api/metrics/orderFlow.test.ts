import { describe, expect, it } from "vitest";
import { flowToxicity } from "../../../src/api/metrics/flowToxicity.ts";
import { orderFlowImbalance } from "../../../src/api/metrics/orderFlowImbalance.ts";

describe("imbalance", () => {
  it("is that of the worked example of metrics.md 8", () => {
    // Bought for 4010 and 2006, sold for 2990.
    expect(orderFlowImbalance(6_016_000_000n, 2_990_000_000n)).toBeCloseTo(0.335998, 6);
  });

  it.each([
    [3n, 1n, 0.5],
    [7n, 0n, 1],
    [0n, 7n, -1],
    [7n, 7n, 0],
    [0n, 0n, null],
  ])("bought %s and sold %s: %s", (bought, sold, expected) => {
    expect(orderFlowImbalance(bought, sold)).toBe(expected);
  });
});

describe("toxicity", () => {
  it.each([
    ["one side after the other: each part is of one", [500n, -500n], 1000n, 1],
    // Parts of 20: 10 each way in every one.
    [
      "sides that alternate within a part",
      Array.from({ length: 100 }, (_, i) => (i % 2 ? 10n : -10n)),
      1000n,
      0,
    ],
    // Parts of 20: 15 against 5.
    [
      "three bought for one sold",
      Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? -5n : 5n)),
      1000n,
      0.5,
    ],
    // Parts of 2: 3 bought fill one and half of the next, 1 sold the rest of it; 98 bought are 49 more, 48 of them counted.
    ["a trade over a border is split", [3n, -1n, 96n], 100n, 49 / 50],
    // Parts of 2: one full, and 1 left over.
    ["what does not fill a part is left out", [3n], 100n, 1],
    // The newest of a longer list: 1000 of one side are the fifty parts.
    ["only the newest fifty parts count", [1000n, 10n, -10n, 10n, -10n], 1000n, 1],
    ["a part is not rounded: a day of 30 has parts of 0.6", [1n, -1n], 30n, 7 / 9],
    ["less than one part", [1n, -1n], 1000n, null],
    ["no trades", [], 1000n, null],
    ["no volume", [], 0n, null],
  ])("%s", (_, trades, dayVolume1, expected) => {
    expect(flowToxicity(trades, dayVolume1)).toBe(expected);
  });
});
