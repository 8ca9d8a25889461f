import { describe, expect, test } from "vitest";
import { growthInside, growthSince } from "../../src/state/growthInside.ts";
import { clearedTick } from "../../src/state/tick.ts";

const RANGE = { tickLower: -2, tickUpper: 2 };
const MAX_UINT256 = 2n ** 256n - 1n;

/** The contract authors' own cases of Tick.getFeeGrowthInside: global growth is 15 in both tokens. */
describe("fee growth inside", () => {
  test.each([
    ["all of it where neither tick was crossed and the price is between them", 0, 15n, 15n],
    ["none above the range", 4, 0n, 0n],
    ["none below the range", -4, 0n, 0n],
  ])("%s", (_title, tick, inside0, inside1) => {
    expect(feesInside(tick, {}, {})).toEqual([inside0, inside1]);
  });

  test("less what is outside of the upper tick, of the lower tick, of both", () => {
    expect(feesInside(0, {}, fees(2n, 3n))).toEqual([13n, 12n]);
    expect(feesInside(0, fees(2n, 3n), {})).toEqual([13n, 12n]);
    expect(feesInside(0, fees(2n, 3n), fees(4n, 1n))).toEqual([9n, 11n]);
  });

  test("goes round at 2^256", () => {
    expect(feesInside(0, fees(MAX_UINT256 - 3n, MAX_UINT256 - 2n), fees(3n, 5n))).toEqual([16n, 13n]);
    expect(growthSince(1n, 2n ** 256n - 2n)).toBe(3n);
  });

  test("on the lower tick the price is inside, on the upper one outside", () => {
    expect(feesInside(-2, {}, {})).toEqual([15n, 15n]);
    expect(feesInside(2, {}, {})).toEqual([0n, 0n]);
  });
});

describe("seconds and loss versus rebalancing inside", () => {
  const lower = { ...clearedTick, secondsOutside: 1_000, lvrOutsideX128: 10n };
  const upper = { ...clearedTick, secondsOutside: 200, lvrOutsideX128: 40n };
  const inside = (tick: number, lvrTick: number) => {
    const { secondsInside, lvrInsideX128 } = growthInside(lower, upper, RANGE, { ...global(tick), lvrTick });
    return [secondsInside, lvrInsideX128];
  };

  test("take seconds by the tick of now, the loss by the tick of the last sample", () => {
    // 5000 s and 100 in all: in range 5000 - 1000 - 200, below 1000 - 200, above 200 - 1000; so the loss.
    expect(inside(0, 0)).toEqual([3_800, 50n]);
    expect(inside(-3, 0)).toEqual([800, 50n]);
    expect(inside(0, -3)).toEqual([3_800, -30n]);
    expect(inside(2, 0)).toEqual([-800, 50n]);
    expect(inside(0, 2)).toEqual([3_800, 30n]);
  });
});

function fees(feeGrowthOutside0X128: bigint, feeGrowthOutside1X128: bigint) {
  return { feeGrowthOutside0X128, feeGrowthOutside1X128 };
}

function feesInside(tick: number, lower: object, upper: object): [bigint, bigint] {
  const { feeGrowthInside0X128, feeGrowthInside1X128 } = growthInside(
    { ...clearedTick, ...lower },
    { ...clearedTick, ...upper },
    RANGE,
    { ...global(tick), lvrTick: 0 },
  );
  return [feeGrowthInside0X128, feeGrowthInside1X128];
}

function global(tick: number) {
  return {
    tick,
    feeGrowthGlobal0X128: 15n,
    feeGrowthGlobal1X128: 15n,
    seconds: 5_000,
    lvrGrowthGlobalX128: 100n,
  };
}
