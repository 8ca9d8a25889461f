import { describe, expect, test } from "vitest";
import { feeApr } from "../../../src/api/metrics/feeApr.ts";
import { liquidityShare } from "../../../src/api/metrics/liquidityShare.ts";
import { ownerConcentration } from "../../../src/api/metrics/ownerConcentration.ts";

const Q96 = 2n ** 96n;

describe("a position's share of the liquidity in range", () => {
  const own = { liquidity: 5n, tickLower: -60, tickUpper: 60 };

  test.each([
    [-60, 20n, 0.25],
    [59, 20n, 0.25],
    [59, 5n, 1],
    // Out of range on either side, and at the bound where the range ends.
    [-61, 20n, 0],
    [60, 20n, 0],
    [500, 20n, 0],
    [0, 0n, null],
    [500, 0n, null],
  ])("at tick %s of %s is %s", (tick, liquidity, share) => {
    expect(liquidityShare(own, { tick, liquidity })).toBe(share);
  });

  test("is 0 without liquidity, and known of a range of one tick", () => {
    expect(liquidityShare({ ...own, liquidity: 0n }, { tick: 0, liquidity: 20n })).toBe(0);
    const tick = { ...own, tickLower: 7, tickUpper: 8 };
    expect([6, 7, 8].map((at) => liquidityShare(tick, { tick: at, liquidity: 20n }))).toEqual([0, 0.25, 0]);
  });
});

test("owners of a half, 3 and 2 tenths are 2.63 in effect", () => {
  const found = ownerConcentration({ squares: 25n + 9n + 4n, sum: 10n }) ?? 0;
  expect(found).toBe(0.38);
  expect(1 / found).toBeCloseTo(2.63, 2);
  expect(ownerConcentration({ squares: 10n ** 72n, sum: 10n ** 36n })).toBe(1);
  expect(ownerConcentration({ squares: 0n, sum: 0n })).toBeNull();
});

describe("what fees are of the principal a year", () => {
  const principal = { amount0: 200n, amount1: 165n };
  const fees = { amount0: 1n, amount1: 0n };

  test("1 a day of 365 doubles it", () => {
    expect(feeApr(fees, principal, { sqrtPriceX96: Q96, seconds: 86_400 })).toBe(1);
    expect(feeApr(fees, principal, { sqrtPriceX96: Q96, seconds: 3_600 })).toBe(24);
    // At price 4: 4 of 965.
    const at4 = { sqrtPriceX96: 2n * Q96, seconds: 86_400 };
    expect(feeApr(fees, principal, at4)).toBeCloseTo((4 / 965) * 365, 12);
    expect(feeApr({ amount0: 0n, amount1: 0n }, principal, at4)).toBe(0);
  });

  test("is not told under an hour, nor of nothing", () => {
    expect(feeApr(fees, principal, { sqrtPriceX96: Q96, seconds: 3_599 })).toBeNull();
    expect(feeApr(fees, { amount0: 0n, amount1: 0n }, { sqrtPriceX96: Q96, seconds: 86_400 })).toBeNull();
  });
});
