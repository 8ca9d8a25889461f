import { describe, expect, it } from "vitest";
import { skewVsEntry } from "../../../src/api/metrics/skewVsEntry.ts";
import { skewVsTarget, TargetShareOutOfRangeError } from "../../../src/api/metrics/skewVsTarget.ts";

/** R's token0 share at price 2442.83, from 60-digit decimals. */
const SHARE0 = 0.22632106196475235;

describe("skewVsTarget", () => {
  it("is -0.245596 for R at 2442.83 against 0.30 (metrics.md 2.2)", () => {
    expect(skewVsTarget(SHARE0, 0.3)?.toFixed(6)).toBe("-0.245596");
  });

  it("is the inventory skew against one half", () => {
    expect(skewVsTarget(0.75, 0.5)).toBe(0.5);
    expect(skewVsTarget(SHARE0, 0.5)?.toFixed(12)).toBe("-0.547357876070");
  });

  it("is 0 at the target and +-1 at the ends", () => {
    for (const target of [0.1, 0.3, 0.9]) {
      expect([0, target, 1].map((share) => skewVsTarget(share, target))).toEqual([-1, 0, 1]);
    }
  });

  it("has only the lower side at a target of 1, only the upper at 0", () => {
    expect([0, 0.25, 1].map((share) => skewVsTarget(share, 1))).toEqual([-1, -0.75, 0]);
    expect([0, 0.25, 1].map((share) => skewVsTarget(share, 0))).toEqual([0, 0.25, 1]);
  });

  it("is null with nothing held", () => {
    expect(skewVsTarget(null, 0.3)).toBeNull();
  });

  it.each([-0.01, 1.01, Number.NaN])("refuses a target of %s", (target) => {
    expect(() => skewVsTarget(0.5, target)).toThrow(TargetShareOutOfRangeError);
    expect(() => skewVsTarget(null, target)).toThrow(TargetShareOutOfRangeError);
  });
});

describe("skewVsEntry", () => {
  it("is -0.637442 for R at 2442.83 (metrics.md 2.2)", () => {
    const skew = skewVsEntry({ share0: SHARE0, entryValue1: 62887172402n, hold1: 37855704095n });
    expect(skew?.toFixed(6)).toBe("-0.637442");
  });

  it("stands at one end for a basket of one token", () => {
    expect(skewVsEntry({ share0: 0.25, entryValue1: 5n, hold1: 0n })).toBe(-0.75);
    expect(skewVsEntry({ share0: 0.25, entryValue1: 0n, hold1: 5n })).toBe(0.25);
  });

  it("is null with nothing held and without a basket", () => {
    expect(skewVsEntry({ share0: null, entryValue1: 5n, hold1: 5n })).toBeNull();
    expect(skewVsEntry({ share0: 0.5, entryValue1: 0n, hold1: 0n })).toBeNull();
  });
});
