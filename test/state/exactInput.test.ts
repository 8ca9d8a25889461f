import { describe, expect, test } from "vitest";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import { MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../src/math/tickMath.ts";
import { swapExactInput } from "../../src/state/exactInput.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { randomMarkets } from "./randomMarkets.ts";
import { randomSwaps } from "./randomSwaps.ts";

const Q96 = 2n ** 96n;
const v3 = swapRuleOf("UNISWAP_V3");

describe("by hand, at price 1", () => {
  const pool = { sqrtPriceX96: Q96, tick: 0, liquidity: 10n ** 18n, tickSpacing: 60 };

  test("of 1000 units 3 are fee and one is lost to rounding", () => {
    const end = swapExactInput(v3, pool, [], { zeroForOne: true, amountIn: 1000n, feePips: 3000n });
    expect(end).toMatchObject({ remaining: 0n, amountOut: 996n, tick: -1, ticksCrossed: 0 });
  });

  test("it stops where liquidity ends, and leaves the rest: the price is at the end of the scale", () => {
    const ticks = [
      { tick: -60, liquidityNet: 10n ** 6n },
      { tick: 60, liquidityNet: -(10n ** 6n) },
    ];
    const small = { ...pool, liquidity: 10n ** 6n };
    // 10^6 * (s(60) - 1), rounded up, goes in and 10^6 * (1 - s(-60)), rounded down, comes out; s(t) = 1.0001^(t / 2).
    const order = { amountIn: 10n ** 6n, feePips: 0n };
    const down = swapExactInput(v3, small, ticks, { ...order, zeroForOne: true });
    const end = { amountOut: 2995n, remaining: 10n ** 6n - 3005n, liquidity: 0n, ticksCrossed: 1 };
    expect(down).toEqual({ ...end, sqrtPriceX96: MIN_SQRT_PRICE + 1n, tick: -887272 });
    const up = swapExactInput(v3, small, ticks, { ...order, zeroForOne: false });
    expect(up).toEqual({ ...end, sqrtPriceX96: MAX_SQRT_PRICE - 1n, tick: 887271 });
  });

  test("nothing moves a price that is at the end of the scale", () => {
    const lowest = { ...pool, sqrtPriceX96: MIN_SQRT_PRICE, tick: -887272 };
    const order = { zeroForOne: true, amountIn: 10n, feePips: 3000n };
    expect(swapExactInput(v3, lowest, [], order)).toMatchObject({ remaining: 10n, amountOut: 0n });
  });
});

/** The contract line by line, whose words hold thousands of edges: few swaps run to the end of the scale. */
describe.each(randomMarkets.map((market) => [market.protocol, market] as const))(
  "random swaps on %s",
  (protocol, market) => {
    test("end as the contract ends them", () => {
      const rule = swapRuleOf(protocol);
      const random = seededRandomness(77);
      let [compared, crossed, ranOut] = [0, 0, 0];
      for (let seed = 1; seed <= 20; seed++) {
        for (const { before, ticksBefore } of randomSwaps(market, seed, 20)) {
          const zeroForOne = random.chance(0.5);
          const amountIn = random.size(1n, 2n ** 110n);
          const fee = random.pick([0, 100, 3000, 100_000]) ?? 0;
          const sqrtPriceLimitX96 = zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n;
          const order = { zeroForOne, amountSpecified: amountIn, sqrtPriceLimitX96, fee, pluginFee: 0 };
          const truth = market.swapOnContract(before, new Map(ticksBefore), order, 0);
          if (truth === undefined) continue;
          const { log, steps } = truth;
          const [paid, got] = zeroForOne ? [log.amount0, -log.amount1] : [log.amount1, -log.amount0];
          const end = swapExactInput(rule, before, [...ticksBefore.values()], {
            zeroForOne,
            amountIn,
            feePips: BigInt(fee),
          });
          expect(end, `seed ${seed}`).toEqual({
            ...{ remaining: amountIn - paid, amountOut: got, liquidity: log.liquidity },
            ...{ sqrtPriceX96: log.sqrtPriceX96, tick: log.tick },
            ticksCrossed: steps.filter((step) => step.reached && step.initialized).length,
          });
          compared++;
          if (end.ticksCrossed > 0) crossed++;
          if (end.remaining > 0n) ranOut++;
        }
      }
      expect(compared).toBeGreaterThan(200);
      expect(crossed).toBeGreaterThan(50);
      expect(ranOut).toBeGreaterThan(10);
    });
  },
);
