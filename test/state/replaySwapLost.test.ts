import { describe, expect, test } from "vitest";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import { LostLogError } from "../../src/state/lostLog.ts";
import { type LoggedSwap, replaySwap, type SwappablePool } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import type { InitializedTick } from "../../src/state/tick.ts";
import { poolOfPositions, ticksBetween } from "./poolOfPositions.ts";
import { randomMarkets } from "./randomMarkets.ts";
import { randomSwaps } from "./randomSwaps.ts";

const ONE = 79228162514264337593543950336n;
const E18 = 10n ** 18n;
const RULE = swapRuleOf("UNISWAP_V3");

/** The first swap of metrics.md 5.10: down across -60, from the published bytecode. */
const SWAP: LoggedSwap = {
  fee: 3000,
  pluginFee: 0,
  amount0: 10000000000000000n,
  amount1: -9865293770384354n,
  sqrtPriceX96: 78139577256552007988194929836n,
  liquidity: E18 / 2n,
  tick: -277,
};
const { pool: POOL, ticks } = poolOfPositions({ tickSpacing: 60, sqrtPriceX96: ONE }, [
  { tickLower: -60, tickUpper: 60, liquidity: E18 },
  { tickLower: -600, tickUpper: 600, liquidity: E18 / 2n },
]);
const CROSSED = ticksBetween(ticks, 0, -277);

test("the swap that the cases below spoil fits", () => {
  expect(CROSSED.map(({ tick }) => tick)).toEqual([-60]);
  expect(replay({}).crossed.map(({ tick }) => tick)).toEqual([-60]);
});

describe("a log that contradicts itself or the price before it", () => {
  test.each<[string, Partial<LoggedSwap>, string]>([
    ["two inputs", { amount1: 1n }, "amounts 10000000000000000 and 1 with"],
    ["no input", { amount0: -1n }, "amounts -1 and -9865293770384354 with"],
    ["no amounts and no move", { amount0: 0n, amount1: 0n, sqrtPriceX96: ONE }, "amounts 0 and 0 with"],
    ["token0 in, and the price up", { sqrtPriceX96: ONE + 1n }, "the other way"],
    ["token1 in, and the price down", { amount0: -1n, amount1: 1n }, "the other way"],
    ["a price below the lowest", { sqrtPriceX96: 4295128738n }, "none that a swap can end at"],
    ["the lowest price, down", { sqrtPriceX96: 4295128739n }, "none that a swap can end at"],
    [
      "the highest price",
      { amount0: -1n, amount1: 1n, sqrtPriceX96: 1461446703485210103287273052203988822378723970342n },
      "none that a swap can end at",
    ],
  ])("%s", (_title, swap, message) => {
    expect(() => replay({ swap })).toThrow(message);
    expect(() => replay({ swap })).toThrow(LostLogError);
  });
});

describe("a log that the state before it cannot lead to", () => {
  const deep = { ...POOL, liquidity: 10n ** 30n };
  test.each<[string, Parameters<typeof replay>[0], string]>([
    ["another liquidity after it", { swap: { liquidity: E18 } }, "it ends with liquidity 500000000000000000"],
    ["another tick than its price's", { swap: { tick: -278 } }, "it ends at tick -277, its log at -278"],
    ["a tick that is not on its way", { more: [-300] }, "it ends at -277 before ticks -300"],
    ["a tick behind it, in the way of the others", { more: [60] }, "its last step takes"],
    [
      "a step that takes more than came in",
      { pool: deep },
      "the step to tick -60 takes 3013394245478360736187200143 of the 10000000000000000 that are left",
    ],
    [
      "a last step that takes more than is left",
      { swap: { amount0: 9000000000000000n } },
      "its last step takes",
    ],
    ["one unit more in", { swap: { amount0: SWAP.amount0 + 1n } }, "not to 78139577256552007988194929836"],
    [
      "one unit more out",
      { swap: { amount1: SWAP.amount1 - 1n } },
      "it paid 9865293770384355, its steps pay",
    ],
    [
      "one unit less out, of an exact input",
      { swap: { amount1: SWAP.amount1 + 1n } },
      "it paid 9865293770384353",
    ],
    ["another fee", { swap: { fee: 3001 } }, "take the price from"],
    [
      "a price before it that is off by one",
      { pool: { ...POOL, sqrtPriceX96: ONE + 1n } },
      "take the price from",
    ],
    ["more liquidity to take away than there is", { pool: { ...POOL, liquidity: E18 - 1n } }, "to -1"],
  ])("%s", (_title, given, message) => {
    expect(() => replay(given)).toThrow(message);
    expect(() => replay(given)).toThrow(LostLogError);
  });
});

test("only an exact output may pay less than its steps: an input with more left over than the fee may not", () => {
  // A price of X96 is coarse for so much liquidity: an exact output of 1 would end there too.
  const pool = { ...POOL, liquidity: 2n ** 120n };
  const swap = {
    fee: 3000,
    pluginFee: 0,
    amount0: 17_000_000n,
    sqrtPriceX96: ONE - 1n,
    liquidity: 2n ** 120n,
    tick: -1,
  };
  expect(replaySwap(RULE, pool, [], { ...swap, amount1: -16_777_216n }, 0).zeroForOne).toBe(true);
  expect(() => replaySwap(RULE, pool, [], { ...swap, amount1: -1n }, 0)).toThrow(
    "it paid 1, its steps pay 16777216",
  );
});

test.each(randomMarkets.map((market) => [market.protocol, market] as const))(
  "%s: whatever is wrong with the state, the error is one that quarantines the pool and stops nothing",
  (protocol, market) => {
    const rule = swapRuleOf(protocol);
    let noticed = 0;
    let tried = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandomness(seed);
      for (const { before, ticksBefore, swapped, timestamp } of randomSwaps(market, seed, 30)) {
        const size = random.size(1n, 2n ** 100n);
        const spoilt: SwappablePool =
          random.pick([
            { ...before, liquidity: size },
            { ...before, sqrtPriceX96: size + 4295128739n },
            { ...before, tick: inRange(before.tick + random.whole(-20_000, 20_000)) },
          ]) ?? before;
        // A wrong fee on top never turns the error into another one.
        const fee = random.chance(0.8) ? swapped.log.fee : random.whole(0, 1_100_000);
        const log = { ...swapped.log, fee };
        const crossed = ticksBetween(ticksBefore, before.tick, log.tick).slice(random.whole(0, 1));
        const thrown = errorOf(() => replaySwap(rule, spoilt, crossed, log, timestamp));
        if (thrown !== undefined) expect(thrown, String(thrown)).toBeInstanceOf(LostLogError);
        tried++;
        if (thrown !== undefined) noticed++;
      }
    }
    // The rest is harmless: where there is no liquidity, or on another tick of the same stretch.
    expect(noticed / tried).toBeGreaterThan(0.6);
  },
);

describe("a log whose fee its protocol cannot have", () => {
  test.each<[string, string, Partial<LoggedSwap>, string]>([
    ["UNISWAP_V3", "all of the input", { fee: 1_000_000 }, "a fee of 1000000 pips, 0 of it"],
    ["PANCAKESWAP_V3", "all of the input", { fee: 1_000_000 }, "a fee of 1000000 pips, 0 of it"],
    ["ALGEBRA_INTEGRAL", "all of the input", { fee: 1_000_000 }, "a fee of 1000000 pips, 0 of it"],
    ["UNISWAP_V4", "more than the input", { fee: 1_000_001 }, "a fee of 1000001 pips, 0 of it"],
    ["UNISWAP_V4", "all of the input, and the price moves", { fee: 1_000_000 }, "all of its input is fee"],
    ["ALGEBRA_INTEGRAL", "a plugin's above the whole", { pluginFee: 3001 }, "a fee of 3000 pips, 3001 of it"],
    ["UNISWAP_V3", "below 0", { fee: -1 }, "a fee of -1 pips, 0 of it"],
  ])("%s: %s", (protocol, _title, swap, message) => {
    const act = () => replaySwap(swapRuleOf(protocol), POOL, CROSSED, { ...SWAP, ...swap }, 0);
    expect(act).toThrow(message);
    expect(act).toThrow(LostLogError);
  });

  test("UNISWAP_V4: all of an input is fee, and twice what would take the price where it ends came in", () => {
    const pool = { ...POOL, liquidity: E18 };
    // 3e14 token0 take 10^18 of liquidity from 2^96 to this price.
    const moved = { amount0: 3n * 10n ** 14n, amount1: -299910026991902n, liquidity: E18, tick: -6 };
    const swap = { ...moved, sqrtPriceX96: 79204401193906165743820804095n };
    const rule = swapRuleOf("UNISWAP_V4");
    expect(replaySwap(rule, pool, [], { ...swap, fee: 0, pluginFee: 0 }, 0).feeLp).toBe(0n);
    const doubled = { ...swap, amount0: 2n * swap.amount0, fee: 1_000_000, pluginFee: 0 };
    expect(() => replaySwap(rule, pool, [], doubled, 0)).toThrow("all of its input is fee, and 3000");
  });

  test("UNISWAP_V4: less than the protocol takes of the input", () => {
    const pool = { ...POOL, feeProtocol0: 3001 };
    const act = () => replaySwap(swapRuleOf("UNISWAP_V4"), pool, CROSSED, SWAP, 0);
    expect(act).toThrow("would not be the LPs'");
    expect(act).toThrow(LostLogError);
  });
});

function replay(given: { swap?: Partial<LoggedSwap>; pool?: SwappablePool; more?: number[] }) {
  const [crossed] = CROSSED;
  if (crossed === undefined) throw new Error("tick -60 is gone");
  const more = (given.more ?? []).map((tick): InitializedTick => ({ ...crossed, tick, liquidityNet: 0n }));
  return replaySwap(RULE, given.pool ?? POOL, [...CROSSED, ...more], { ...SWAP, ...given.swap }, 0);
}

function inRange(tick: number): number {
  return Math.max(-887_272, Math.min(887_272, tick));
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
