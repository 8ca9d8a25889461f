import { expect, test } from "vitest";
import { getNextSqrtPriceFromInput, getNextSqrtPriceFromOutput } from "../../src/math/sqrtPriceMath.ts";
import { LostLogError } from "../../src/state/lostLog.ts";
import { type LoggedSwap, replaySwap, type SwappablePool } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { type PoolLog, poolLogsOfDay, USDC_WETH_500, USDC_WETH_3000 } from "../replay/mainnetDay.ts";

const RULE = swapRuleOf("UNISWAP_V3");
const NO_FEES = {
  feeProtocol0: 0,
  feeProtocol1: 0,
  feeGrowthGlobal0X128: 0n,
  feeGrowthGlobal1X128: 0n,
  protocolFees0: 0n,
  protocolFees1: 0n,
};

/** A swap with what it found: the state at the day's start is not known, so the first swap only gives it. */
type Found = { before: SwappablePool; swap: LoggedSwap };

test("of 6,046 mainnet swaps the 5,478 that cross no liquidity replay as one step, and fit", () => {
  const swaps = swapsOf(USDC_WETH_500);
  const kept = swaps.filter(({ before, swap }) => before.liquidity === swap.liquidity);
  // 256 ticks of spacing 10: within a word there is one step.
  const inOneWord = kept.filter(({ before, swap }) => word(before.tick, 2560) === word(swap.tick, 2560));
  expect([swaps.length, kept.length, inOneWord.length]).toEqual([6045, 5478, 5478]);
  for (const { before, swap } of kept) {
    const { zeroForOne, feeLp, feeProtocol } = replaySwap(RULE, before, [], swap, 0);
    // 500 pips of what came in, to the unit of rounding.
    const input = zeroForOne ? swap.amount0 : swap.amount1;
    expect(feeLp - (input * 500n) / 1_000_000n).toBeOneOf([0n, 1n]);
    expect(feeProtocol).toBe(0n);
  }
});

test("5,354 of them end where exactly their input or exactly their output takes the price, 124 at a limit", () => {
  const ends = { input: 0, output: 0, limit: 0 };
  for (const { before, swap } of swapsOf(USDC_WETH_500)) {
    if (before.liquidity !== swap.liquidity) continue;
    const zeroForOne = swap.amount0 > 0n;
    const [input, output] = zeroForOne ? [swap.amount0, -swap.amount1] : [swap.amount1, -swap.amount0];
    const lessFee = (input * 999_500n) / 1_000_000n;
    const { sqrtPriceX96, liquidity } = before;
    const byInput =
      getNextSqrtPriceFromInput(sqrtPriceX96, liquidity, lessFee, zeroForOne) === swap.sqrtPriceX96;
    const byOutput =
      getNextSqrtPriceFromOutput(sqrtPriceX96, liquidity, output, zeroForOne) === swap.sqrtPriceX96;
    ends[byInput ? "input" : byOutput ? "output" : "limit"]++;
  }
  expect(ends).toEqual({ input: 4777, output: 577, limit: 124 });
});

test("the 0.3 % pool's day: the 244 swaps that cross no liquidity fit", () => {
  const kept = swapsOf(USDC_WETH_3000).filter(({ before, swap }) => before.liquidity === swap.liquidity);
  expect(kept.length).toBe(244);
  for (const { before, swap } of kept) expect(replaySwap(RULE, before, [], swap, 0).crossed).toEqual([]);
});

test("a swap left out of the day is noticed by the next one, whichever of 5,015 it is", () => {
  const swaps = swapsOf(USDC_WETH_500);
  let noticed = 0;
  for (const [index, { swap }] of swaps.entries()) {
    const before = swaps[index - 1]?.before;
    if (before === undefined || before.liquidity !== swap.liquidity) continue;
    expect(() => replaySwap(RULE, before, [], swap, 0)).toThrow(LostLogError);
    noticed++;
  }
  expect(noticed).toBe(5015);
});

function swapsOf(pool: typeof USDC_WETH_500 | typeof USDC_WETH_3000): Found[] {
  const { fee, tickSpacing } = pool;
  const found: Found[] = [];
  let before: SwappablePool | undefined;
  for (const { event } of poolLogsOfDay(pool)) {
    if (event.eventName === "Swap") {
      const { amount0, amount1, sqrtPriceX96, tick, liquidity } = event.args;
      if (before !== undefined)
        found.push({ before, swap: { fee, pluginFee: 0, amount0, amount1, sqrtPriceX96, tick, liquidity } });
      before = { ...NO_FEES, tickSpacing, sqrtPriceX96, tick, liquidity };
    } else if (before !== undefined) {
      before = { ...before, liquidity: before.liquidity + inRangeDelta(event, before.tick) };
    }
  }
  return found;
}

function inRangeDelta({ eventName, args }: PoolLog["event"], tick: number): bigint {
  if (eventName !== "Mint" && eventName !== "Burn") return 0n;
  if (tick < args.tickLower || tick >= args.tickUpper) return 0n;
  return eventName === "Mint" ? args.amount : -args.amount;
}

function word(tick: number, ticksAWord: number): number {
  return Math.floor(tick / ticksAWord);
}
