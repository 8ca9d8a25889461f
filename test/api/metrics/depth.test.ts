import { describe, expect, it } from "vitest";
import {
  type DepthStep,
  depthAsk0,
  depthBid1,
  depthImbalance,
  depth as depthOf,
  NegativeLiquidityError,
  type PoolAtPrice,
} from "../../../src/api/metrics/depth.ts";

const Q96 = 2n ** 96n;
const TWO_PERCENT = 20_000n;

/** Both directions, in raw units. */
function depth(pool: PoolAtPrice, steps: readonly DepthStep[], movePips: bigint): [bigint, bigint] {
  return [depthBid1(pool, steps, movePips), depthAsk0(pool, steps, movePips)];
}

describe("in one segment", () => {
  /** 18 and 6 decimals, 2442.83. */
  const pool = { sqrtPriceX96: 3915851671308254420761618n, tick: -198311, liquidity: 200_000n * 10n ** 12n };

  it.each([
    ["1 %", 10_000n, 49549180899n, 20082185617567061214n],
    ["2 %", TWO_PERCENT, 99349248538n, 39868316357757411803n],
  ])("is that of the worked example of metrics.md 8: %s", (_, movePips, bid1, ask0) => {
    expect(depth(pool, [], movePips)).toEqual([bid1, ask0]);
    const fullRange = [
      { tick: -887220, liquidityNet: pool.liquidity },
      { tick: 887220, liquidityNet: -pool.liquidity },
    ];
    expect(depth(pool, fullRange, movePips)).toEqual([bid1, ask0]);
  });

  it("is rounded down in both directions", () => {
    // Exact: 10050.506338... and 9852.459...
    expect(depth({ sqrtPriceX96: Q96, tick: 0, liquidity: 1_000_000n }, [], TWO_PERCENT)).toEqual([
      10050n,
      9852n,
    ]);
  });

  it("says what is paid in for it too, rounded up", () => {
    // 10^6 * (sqrt(1.02) - 1) = 9950.49 and 10^6 * (1 / sqrt(0.98) - 1) = 10152.54.
    const small = depthOf({ sqrtPriceX96: Q96, tick: 0, liquidity: 1_000_000n }, [], TWO_PERCENT);
    expect(small).toEqual({ askIn1: 9951n, askOut0: 9852n, bidIn0: 10153n, bidOut1: 10050n });
    expect(depthImbalance(small)).toBe(99 / 20_001);
    // The worked example: 200,000 tokens at 2442.83.
    const worked = depthOf(pool, [], TWO_PERCENT);
    expect(worked).toMatchObject({ askIn1: 98360625016n, bidIn0: 41082631173674135676n });
    expect(depthImbalance(worked)).toBeCloseTo(988623522 / 197709873554, 15);
  });

  it("has no imbalance where there is none", () => {
    expect(depthImbalance({ askIn1: 0n, askOut0: 0n, bidIn0: 0n, bidOut1: 0n })).toBeNull();
  });

  it("is nothing without liquidity or without a move", () => {
    expect(depth({ sqrtPriceX96: Q96, tick: 0, liquidity: 0n }, [], TWO_PERCENT)).toEqual([0n, 0n]);
    expect(depth(pool, [], 0n)).toEqual([0n, 0n]);
  });
});

/** Price 1: 10^18 in [-60, 60), and 5 * 10^17 in [-120, 180); 2 % reach from tick -203 to tick 198. */
const STEPS = [
  { tick: -120, liquidityNet: 5n * 10n ** 17n },
  { tick: -60, liquidityNet: 10n ** 18n },
  { tick: 60, liquidityNet: -(10n ** 18n) },
  { tick: 180, liquidityNet: -5n * 10n ** 17n },
];

describe("over several ticks, each with its own liquidity", () => {
  const pool = { sqrtPriceX96: Q96, tick: 0, liquidity: 15n * 10n ** 17n };

  // By hand, 2 %: 1.5e18 * (1 - s(-60)) + 5e17 * (s(-60) - s(-120)) = 5986223836165612.2, each part rounded down;
  // 1.5e18 * (1 - 1 / s(60)) + 5e17 * (1 / s(60) - 1 / s(180)) = 7474942600198052.07 at real prices, the contract's
  // being rounded up. s(t) = 1.0001^(t / 2).
  it.each([
    ["0.5 %, within the first", 5_000n, 3754699255499750n, 3735995838550645n],
    ["1 %, within the second", 10_000n, 5501636402600803n, 5476759850916212n],
    ["2 %, beyond the last, where nothing is", TWO_PERCENT, 5986223836165611n, 7474942600198051n],
  ])("%s", (_, movePips, bid1, ask0) => {
    expect(depth(pool, STEPS, movePips)).toEqual([bid1, ask0]);
  });

  it("goes on past a gap", () => {
    const steps = [
      { tick: -180, liquidityNet: 4n * 10n ** 18n },
      { tick: -120, liquidityNet: -4n * 10n ** 18n },
      { tick: -60, liquidityNet: 10n ** 18n },
      { tick: 60, liquidityNet: -(10n ** 18n) },
    ];
    // 10^18 * (1 - s(-60)) + 4 * 10^18 * (s(-120) - s(-180)).
    expect(depthBid1({ ...pool, liquidity: 10n ** 18n }, steps, TWO_PERCENT)).toBe(14905105068170298n);
  });

  it("throws where the ticks are not the price's", () => {
    const one = { ...pool, liquidity: 1n };
    expect(() => depthBid1(one, STEPS, TWO_PERCENT)).toThrow(NegativeLiquidityError);
    expect(() => depthAsk0(one, STEPS, TWO_PERCENT)).toThrow("past tick 60");
  });
});

describe("at the price of an initialised tick", () => {
  const sqrtPriceX96 = 78990846045029531151608375686n;

  it("its tick is not crossed again after a swap down that ended on it", () => {
    const after = { sqrtPriceX96, tick: -61, liquidity: 5n * 10n ** 17n };
    expect(depth(after, STEPS, TWO_PERCENT)).toEqual([1493191402299440n, 10940737664958560n]);
  });

  it("and is crossed at once, downwards, where the price came to it from below", () => {
    const after = { sqrtPriceX96, tick: -60, liquidity: 15n * 10n ** 17n };
    expect(depth(after, STEPS, TWO_PERCENT)).toEqual([1493191402299440n, 10940737664958560n]);
  });
});
