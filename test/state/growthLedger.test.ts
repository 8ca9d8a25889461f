import { expect, test } from "vitest";
import { emptyGrowth, settleGrowth } from "../../src/state/growthLedger.ts";

const opened = {
  ...emptyGrowth,
  liquidity: 3n,
  cost1: 1_000n,
  secondsInsideLast: -50,
  lvrInsideLastX128: 7n,
  settledTimestamp: 100,
};

test("open time, time in range and loss versus rebalancing add up over changes of liquidity", () => {
  const first = settleGrowth(opened, { secondsInside: -10, lvrInsideX128: 11n }, 160);
  expect(first).toMatchObject({ secondsOpen: 60, secondsInRange: 40, lvrX128: 12n, settledTimestamp: 160 });
  expect(first.capitalSeconds1).toBe(60_000n);
  const more = { ...first, liquidity: 5n, cost1: 2_000n };
  const second = settleGrowth(more, { secondsInside: 0, lvrInsideX128: 12n }, 200);
  expect(second).toMatchObject({ secondsOpen: 100, secondsInRange: 50, lvrX128: 17n });
  expect(second.capitalSeconds1).toBe(140_000n);
});

test("time without liquidity does not count", () => {
  const closed = { ...opened, liquidity: 0n };
  expect(settleGrowth(closed, { secondsInside: 900, lvrInsideX128: 900n }, 1_000)).toEqual({
    ...closed,
    secondsInsideLast: 900,
    lvrInsideLastX128: 900n,
    settledTimestamp: 1_000,
  });
});
