import { describe, expect, test } from "vitest";
import { isQuotable, type QuotedPool, quote } from "../../../src/api/metrics/quote.ts";

const Q96 = 2n ** 96n;
const NO_HOOKS = "0x0000000000000000000000000000000000000000";
const pool: QuotedPool = {
  ...{ protocol: "UNISWAP_V3", hooks: null, quarantinedBlock: null, sqrtPriceX96: Q96, tick: 0 },
  ...{ tickSpacing: 60, liquidity: 10n ** 18n, fee: 3000, feeProtocol0: 0, feeProtocol1: 0 },
  ...{ balance0: 0n, balance1: 0n },
};
const pair: QuotedPool = {
  ...{ ...pool, protocol: "UNISWAP_V2", tickSpacing: null, liquidity: 2_000n, sqrtPriceX96: 2n * Q96 },
  ...{ tick: 13863, balance0: 1_000n, balance1: 4_000n },
};

describe("a pair pays what UniswapV2Library.getAmountOut says", () => {
  // 100 * 997 * 4000 / (1000 * 1000 + 100 * 997) = 362.64; 400 * 997 * 1000 / (4000 * 1000 + 400 * 997) = 90.66.
  test.each([
    [true, 100n, 362n, 1 - 362 / 400],
    [false, 400n, 90n, 1 - 360 / 400],
    [true, 1n, 3n, 1 / 4],
  ])("token0 in: %s, %s", (zeroForOne, amountIn, amountOut, costRatio) => {
    const answer = quote(pair, [], { zeroForOne, amountIn });
    const noTicks = { sqrtPriceX96After: null, tickAfter: null, ticksCrossed: null };
    expect(answer).toEqual({
      amountIn,
      amountOut,
      amountInUsed: amountIn,
      ...noTicks,
      costRatio: expect.any(Number),
    });
    expect(answer?.costRatio).toBeCloseTo(costRatio, 15);
  });
});

describe("a pool with ticks", () => {
  test("pays after its fee, and says what that costs", () => {
    // 997 in at price 1 give 996.99... of a liquidity of 10^18.
    expect(quote(pool, [], { zeroForOne: true, amountIn: 1000n })).toMatchObject({
      ...{ amountOut: 996n, amountInUsed: 1000n, tickAfter: -1, ticksCrossed: 0, costRatio: 0.004 },
    });
  });

  test("on v4 takes the protocol's part of the input first, in the direction of the swap", () => {
    const v4 = { ...pool, protocol: "UNISWAP_V4", hooks: NO_HOOKS, feeProtocol0: 1000, feeProtocol1: 0 };
    const out = (zeroForOne: boolean) => quote(v4, [], { zeroForOne, amountIn: 10n ** 9n })?.amountOut;
    // 1000 + 3000 - 1000 * 3000 / 10^6 = 3997 pips, and 3000: what is left moves the price by 10^-9 of itself.
    expect([out(true), out(false)]).toEqual([996002999n, 996999999n]);
  });

  test("takes nothing where there is no liquidity, and costs nothing then", () => {
    const answer = quote({ ...pool, liquidity: 0n }, [], { zeroForOne: false, amountIn: 5n });
    expect(answer).toMatchObject({ amountIn: 5n, amountOut: 0n, amountInUsed: 0n, costRatio: null });
  });
});

describe("nothing is quoted", () => {
  test.each([
    ["in quarantine", { quarantinedBlock: 7 }],
    ["without a price", { sqrtPriceX96: null, tick: null }],
    ["before a dynamic fee is known", { fee: null }],
    ["with hooks", { protocol: "UNISWAP_V4", hooks: "0x0000000000000000000000000000000000000080" }],
  ])("%s", (_, change) => {
    expect(isQuotable({ ...pool, ...change })).toBe(false);
    expect(quote({ ...pool, ...change }, [], { zeroForOne: true, amountIn: 1n })).toBeNull();
  });
});
