import { describe, expect, test } from "vitest";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { candlePrices } from "../../../src/api/metrics/candlePrices.ts";
import { intervalSeconds, intervalStart } from "../../../src/api/metrics/interval.ts";
import { poolPrincipal } from "../../../src/api/metrics/poolPrincipal.ts";
import { principalAtPrice } from "../../../src/api/metrics/principalAtPrice.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";

describe("an interval begins", () => {
  // 2023-11-22, a Wednesday, 22:13:20 UTC.
  const moment = 1_700_691_200;

  test.each([
    ["MINUTE", "2023-11-22T22:13:00Z", 60],
    ["FIVE_MINUTES", "2023-11-22T22:10:00Z", 300],
    ["QUARTER_HOUR", "2023-11-22T22:00:00Z", 900],
    ["HOUR", "2023-11-22T22:00:00Z", 3_600],
    ["FOUR_HOURS", "2023-11-22T20:00:00Z", 14_400],
    ["DAY", "2023-11-22T00:00:00Z", 86_400],
    ["WEEK", "2023-11-20T00:00:00Z", 604_800],
  ] as const)("%s at %s", (interval, begins, seconds) => {
    const start = Date.parse(begins) / 1_000;
    expect(new Date(moment * 1_000).toISOString()).toBe("2023-11-22T22:13:20.000Z");
    expect(intervalStart(moment, interval)).toBe(start);
    expect(intervalStart(start, interval)).toBe(start);
    expect(intervalStart(start - 1, interval)).toBe(start - seconds);
    expect(intervalSeconds(interval)).toBe(seconds);
  });
});

test("a candle's extremes take in its open, its close and all that was between", () => {
  const none = { openX96: 5n, highX96: 5n, lowX96: 5n, closeX96: 5n };
  expect(candlePrices(5n, 5n, [])).toEqual(none);
  expect(candlePrices(5n, 7n, [])).toEqual({ ...none, highX96: 7n, closeX96: 7n });
  expect(candlePrices(5n, 3n, [])).toEqual({ ...none, lowX96: 3n, closeX96: 3n });
  const within = [
    { highX96: 9n, lowX96: 6n },
    { highX96: 7n, lowX96: 4n },
  ];
  expect(candlePrices(5n, 7n, within)).toEqual({ openX96: 5n, highX96: 9n, lowX96: 4n, closeX96: 7n });
});

test("principal at a price is that of a walk over the same ticks, to the unit", () => {
  const random = seededRandomness(3);
  for (let round = 0; round < 40; round++) {
    const nets = new Map<number, bigint>();
    for (let i = random.whole(0, 12); i > 0; i--) {
      const lower = 60 * random.whole(-40, 39);
      const upper = lower + 60 * random.whole(1, 20);
      const liquidity = random.size(1n, 10n ** 22n);
      nets.set(lower, (nets.get(lower) ?? 0n) + liquidity);
      nets.set(upper, (nets.get(upper) ?? 0n) - liquidity);
    }
    const steps = [...nets].map(([tick, liquidityNet]) => ({ tick, liquidityNet }));
    steps.sort((a, b) => a.tick - b.tick);
    const principalOf = principalAtPrice(steps);
    for (let i = 0; i < 40; i++) {
      const tick = random.chance(0.3) ? 60 * random.whole(-70, 70) : random.whole(-4_200, 4_200);
      // A swap down that ends on a tick has its price, and the tick below it.
      const sqrtPriceX96 = getSqrtPriceAtTick(random.chance(0.2) ? tick + 1 : tick);
      expect(principalOf({ sqrtPriceX96, tick })).toEqual(poolPrincipal(steps, { sqrtPriceX96, tick }));
    }
  }
});
