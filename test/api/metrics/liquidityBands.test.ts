import { describe, expect, test } from "vitest";
import { boundsAroundPrice, liquidityBands } from "../../../src/api/metrics/liquidityBands.ts";

const pool = { sqrtPriceX96: 2n ** 96n, tick: 0, tickSpacing: 60 };
const STEPS = [
  { tick: -60, liquidityNet: 10n ** 6n },
  { tick: 60, liquidityNet: -(10n ** 6n) },
];

describe("bounds around the price", () => {
  test.each([
    [65, 60, 4, -60, 180],
    [-1, 60, 4, -180, 60],
    [0, 60, 3, -120, 60],
    [65, 60, 1, 0, 120],
    [887_000, 200, 4, 886_600, 887_272],
    [-887_000, 200, 4, -887_272, -886_600],
  ])("tick %i, spacing %i, %i bands: from %i to %i", (tick, tickSpacing, bands, tickLower, tickUpper) => {
    expect(boundsAroundPrice({ tick, tickSpacing }, bands)).toEqual({ tickLower, tickUpper });
  });
});

describe("bands", () => {
  test("of one spacing have the liquidity in range there, and what is held there", () => {
    const bounds = { tickLower: -120, tickUpper: 120 };
    const nothing = { liquidity: 0n, amount0: 0n, amount1: 0n };
    expect(liquidityBands(pool, STEPS, bounds, 4)).toEqual([
      { ...nothing, tickLower: -120, tickUpper: -60 },
      { tickLower: -60, tickUpper: 0, liquidity: 10n ** 6n, amount0: 0n, amount1: 2995n },
      { tickLower: 0, tickUpper: 60, liquidity: 10n ** 6n, amount0: 2995n, amount1: 0n },
      { ...nothing, tickLower: 60, tickUpper: 120 },
    ]);
  });

  test("that are wider have the mean of it, and all that is held", () => {
    const merged = { tickLower: -120, tickUpper: 120, liquidity: 500_000n, amount0: 2995n, amount1: 2995n };
    expect(liquidityBands(pool, STEPS, { tickLower: -120, tickUpper: 120 }, 1)).toEqual([merged]);
  });

  test("are whole spacings wide, at most as many as asked for, the last one cut at the bound", () => {
    const found = liquidityBands(pool, STEPS, { tickLower: -100, tickUpper: 150 }, 3);
    expect(found.map((band) => [band.tickLower, band.tickUpper, band.liquidity])).toEqual([
      // 80 of its 120 ticks are in range, then 40.
      [-100, 20, 666_666n],
      [20, 140, 333_333n],
      [140, 150, 0n],
    ]);
  });

  test("count what begins below the lower bound", () => {
    const [band] = liquidityBands(pool, STEPS, { tickLower: 0, tickUpper: 60 }, 1);
    expect(band).toEqual({ tickLower: 0, tickUpper: 60, liquidity: 10n ** 6n, amount0: 2995n, amount1: 0n });
  });
});
