import { expect, test } from "vitest";
import { markout, toxicVolumeShare } from "../../../src/api/metrics/markout.ts";

const Q192 = 2n ** 192n;

test("the worked example of metrics.md 7.2, at 2005: 0, +17.5 and +1", () => {
  // In thousandths: sells 2 for 4,010, buys 1.5 for 2,990, sells 1 for 2,006.
  const gains = [-2_000n * 2005n + 4_010_000n, 1_500n * 2005n - 2_990_000n, -1_000n * 2005n + 2_006_000n];
  expect(gains).toEqual([0n, 17_500n, 1_000n]);
  const sums = { gainX192: gains.reduce((sum, gain) => sum + gain, 0n) * Q192, notional: 9_006_000n };
  expect(markout({ ...sums, toxicNotional: 0n })).toBeCloseTo(18.5 / 9_006, 15);
  expect(toxicVolumeShare({ ...sums, toxicNotional: 2_990_000n })).toBeCloseTo(0.332001, 6);
});

test("nothing traded has neither", () => {
  const none = { gainX192: 0n, notional: 0n, toxicNotional: 0n };
  expect([markout(none), toxicVolumeShare(none)]).toEqual([null, null]);
});
