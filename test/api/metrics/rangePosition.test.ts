import { describe, expect, it } from "vitest";
import { positionStatus } from "../../../src/api/metrics/positionStatus.ts";
import { rangePosition } from "../../../src/api/metrics/rangePosition.ts";

const R = { tickLower: -202080, tickUpper: -197280 };

describe("rangePosition", () => {
  it("is 0.785208 for R at tick -198311, signed -0.570417 (metrics.md 2.2)", () => {
    const position = rangePosition({ ...R, tick: -198311 });
    expect(position.toFixed(6)).toBe("0.785208");
    expect((1 - 2 * position).toFixed(6)).toBe("-0.570417");
  });

  it.each([
    [-887272, 0],
    [-202081, 0],
    [-202080, 0],
    [-199680, 0.5],
    [-197280, 1],
    [887271, 1],
  ])("at tick %i is %f", (tick, expected) => {
    expect(rangePosition({ ...R, tick })).toBe(expected);
  });
});

describe("positionStatus", () => {
  it.each([
    [-202081, "BELOW"],
    [-202080, "IN_RANGE"],
    [-197281, "IN_RANGE"],
    [-197280, "ABOVE"],
  ])("at tick %i is %s", (tick, status) => {
    expect(positionStatus({ ...R, liquidity: 1n, tick })).toBe(status);
  });

  it("takes tick 0 for a tick", () => {
    expect(positionStatus({ liquidity: 1n, tick: 0, tickLower: 0, tickUpper: 60 })).toBe("IN_RANGE");
    expect(positionStatus({ liquidity: 1n, tick: 0, tickLower: -60, tickUpper: 0 })).toBe("ABOVE");
  });

  it("is CLOSED without liquidity, wherever the tick is", () => {
    for (const tick of [-202081, -200311, -197280]) {
      expect(positionStatus({ ...R, liquidity: 0n, tick })).toBe("CLOSED");
    }
  });
});
