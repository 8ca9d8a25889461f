import { describe, expect, test } from "vitest";
import {
  quoteSkewTicks,
  reservationPriceInUnits,
  reservationRatio,
} from "../../../src/api/metrics/reservationPrice.ts";
import { suggestedRange } from "../../../src/api/metrics/suggestedRange.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";

const Q96 = 2n ** 96n;
/** Position R of metrics.md: price 2000.0402896481. */
const S = 3543226830587239509588885n;
const PRICE = 2000.0402896481;
const R = { tickLower: -202080, tickUpper: -197280 };
const DAY = { riskAversion: 2, volatility: 0.6, horizonDays: 1 };

describe("the worked example of metrics.md 10", () => {
  test("long token0, R would as soon sell at 1999.060009, 4.9 ticks down", () => {
    const ratio = reservationRatio(0.248468866274056, DAY);
    expect(PRICE * ratio).toBeCloseTo(1999.060009, 6);
    expect(quoteSkewTicks(ratio)).toBeCloseTo(-4.9, 1);
  });

  test("in price units, with 6.257741 token0 too many, at 1997.571383", () => {
    const terms = { ...DAY, riskAversion: 1e-4 };
    expect(reservationPriceInUnits(PRICE, 6.257741, terms)).toBeCloseTo(1997.571383, 6);
  });

  test("its range goes down: as wide as it was, and snapped outward", () => {
    const ratio = reservationRatio(0.248468866274056, DAY);
    // Tick -200311: 4.90 and 2400 below it -202715.90, 2400 above that -197915.90.
    const at = (tickSpacing: number) => suggestedRange(R, { sqrtPriceX96: S, tickSpacing }, ratio);
    expect(at(1)).toEqual({ tickLower: -202716, tickUpper: -197915 });
    expect(at(60)).toEqual({ tickLower: -202740, tickUpper: -197880 });
  });
});

describe("a range", () => {
  const at1 = { sqrtPriceX96: Q96, tickSpacing: 10 };

  test("balanced or without risk aversion stays around the price; short token0 it goes up", () => {
    expect(reservationRatio(0, DAY)).toBe(1);
    expect(reservationRatio(1, { ...DAY, riskAversion: 0 })).toBe(1);
    expect(reservationRatio(-1, DAY)).toBeGreaterThan(1);
    expect(suggestedRange({ tickLower: 500, tickUpper: 520 }, at1, 1)).toEqual({
      tickLower: -10,
      tickUpper: 10,
    });
    // 1.0001^25 is 1.00250...: 15 to 35 snapped.
    const up = suggestedRange({ tickLower: 500, tickUpper: 520 }, at1, 1.0001 ** 25);
    expect(up).toEqual({ tickLower: 10, tickUpper: 40 });
  });

  test("around a price exactly on a tick is no wider: rounding of the price and of logarithms moves no bound", () => {
    for (const tick of [-887220, -600000, -199980, -60, 60, 199980, 600000]) {
      const at = { sqrtPriceX96: getSqrtPriceAtTick(tick), tickSpacing: 60 };
      const [tickLower, tickUpper] = [Math.max(tick - 600, -887220), tick + 600];
      expect(suggestedRange({ tickLower: -600, tickUpper: 600 }, at, 1)).toEqual({ tickLower, tickUpper });
    }
    const above = { sqrtPriceX96: (getSqrtPriceAtTick(60) * 1_000_001n) / 1_000_000n, tickSpacing: 60 };
    const wider = suggestedRange({ tickLower: -600, tickUpper: 600 }, above, 1);
    expect(wider).toEqual({ tickLower: -540, tickUpper: 720 });
  });

  test("of the full scale stays it, wherever the price is", () => {
    const full = { tickLower: -887220, tickUpper: 887220 };
    const far = { sqrtPriceX96: getSqrtPriceAtTick(-200311), tickSpacing: 60 };
    expect(suggestedRange(full, far, 0.9)).toEqual(full);
  });

  test("never leaves the ticks that the spacing allows", () => {
    const spaced = { sqrtPriceX96: Q96, tickSpacing: 60 };
    const full = { tickLower: -887220, tickUpper: 887220 };
    expect(suggestedRange(full, spaced, 1)).toEqual(full);
    const half = { tickLower: -887220, tickUpper: 0 };
    expect(suggestedRange(half, spaced, 1e-10)).toEqual({ tickLower: -673920, tickUpper: 213360 });
    const narrow = { tickLower: -60, tickUpper: 60 };
    expect(suggestedRange(narrow, spaced, 1e-300)).toEqual({ tickLower: -887220, tickUpper: -887160 });
    expect(suggestedRange(narrow, spaced, 1e300)).toEqual({ tickLower: 887160, tickUpper: 887220 });
  });
});
