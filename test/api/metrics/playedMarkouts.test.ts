import { expect, test } from "vitest";
import { markout, toxicVolumeShare } from "../../../src/api/metrics/markout.ts";
import {
  type Markouts,
  openMarkouts,
  settleMarkouts,
  sumMarkouts,
} from "../../../src/api/metrics/playedMarkouts.ts";
import { getSqrtPriceAtReserves } from "../../../src/math/pairMath.ts";

const E18 = 10n ** 18n;
const AT_2005 = getSqrtPriceAtReserves(1n, 2005n);

function add(markouts: Markouts, timestamp: number, change0: bigint, change1: bigint): void {
  const notional1 = change1 < 0n ? -change1 : change1;
  markouts.trades.push({ timestamp, change0X128: change0 << 128n, change1X128: change1 << 128n, notional1 });
}

const found = (markouts: Markouts) => {
  const sums = sumMarkouts(markouts);
  return { markout: markout(sums), toxicVolumeShare: toxicVolumeShare(sums) };
};

/** The example of metrics.md 7.2, whose price is 2005 a minute later: gains of 0, +17.5 and +1. */
function example(): Markouts {
  const markouts = openMarkouts(60);
  add(markouts, 0, -2n * E18, 4_010n * E18);
  add(markouts, 0, (3n * E18) / 2n, -2_990n * E18);
  add(markouts, 0, -E18, 2_006n * E18);
  return markouts;
}

test("the mean is weighted by notional, and what gains is not toxic", () => {
  const markouts = example();
  settleMarkouts(markouts, 61, AT_2005);
  const { markout: mean, toxicVolumeShare: toxic } = found(markouts);
  expect(mean).toBeCloseTo(18.5 / 9_006, 12);
  // The first breaks even but for the rounding of its price, which is down: it gains.
  expect(toxic).toBe(0);
});

test("the share of notional that lost is toxic", () => {
  const markouts = example();
  add(markouts, 0, -E18, 994n * E18);
  settleMarkouts(markouts, 61, AT_2005);
  expect(found(markouts)).toEqual({
    markout: expect.closeTo((18.5 - 1_011) / 10_000, 12),
    toxicVolumeShare: 0.0994,
  });
});

test("a trade is valued at the last price up to its horizon, and counts for nothing before that has come", () => {
  const markouts = openMarkouts(60);
  add(markouts, 0, E18, -E18);
  add(markouts, 10, E18, -E18);
  settleMarkouts(markouts, 60, 2n ** 97n);
  expect(found(markouts)).toEqual({ markout: null, toxicVolumeShare: null });
  settleMarkouts(markouts, 61, 2n ** 97n);
  expect(found(markouts)).toEqual({ markout: 3, toxicVolumeShare: 0 });
  settleMarkouts(markouts, 71, 2n ** 95n);
  expect(found(markouts)).toEqual({ markout: 1.125, toxicVolumeShare: 0.5 });
});

test("trades that are settled are let go, and all have counted", () => {
  const markouts = openMarkouts(0);
  for (let i = 0; i < 25_000; i++) {
    add(markouts, i, E18, -E18);
    settleMarkouts(markouts, i, 2n ** 97n);
  }
  expect(markouts.trades.length).toBeLessThan(10_001);
  settleMarkouts(markouts, 25_000, 2n ** 97n);
  expect(sumMarkouts(markouts).notional).toBe(25_000n * E18);
});
