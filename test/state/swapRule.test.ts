import { describe, expect, test } from "vitest";
import { type LoggedSwap, replaySwap, type SwappablePool } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { poolOfPositions } from "./poolOfPositions.ts";

const ONE = 79228162514264337593543950336n;
const E18 = 10n ** 18n;

/** So deep that a thousand units do not move its price: what a protocol calls the fee of such a swap is all there is. */
const DEEP = { ...emptyPool(60), liquidity: 2n ** 120n };
const DUST = { amount0: 0n, amount1: 1000n, sqrtPriceX96: ONE, liquidity: 2n ** 120n, tick: 0 };
const inRange = { ...emptyPool(60), liquidity: E18 };

describe("Uniswap v4", () => {
  test("a swap of the published bytecode: 500 pips of its input for the protocol, 3000 of the rest for the LPs", () => {
    const pool = { ...inRange, feeProtocol0: 500, feeProtocol1: 500 };
    const after = replay("UNISWAP_V4", pool, [], {
      fee: 3499,
      amount0: -995508974311589n,
      amount1: 1000000000000000n,
      sqrtPriceX96: 79307113457437964520220254476n,
      liquidity: E18,
      tick: 19,
    });
    expect(after).toEqual({
      feeGrowthGlobal0X128: 0n,
      feeGrowthGlobal1X128: 1020506818395894451926660447687872n,
      protocolFees0: 0n,
      protocolFees1: 500000000000n,
      crossed: [],
      zeroForOne: false,
      feeLp: 2999000000000n,
      feeProtocol: 500000000000n,
      feePlugin: 0n,
    });
    // What the one position may claim of it.
    expect((after.feeGrowthGlobal1X128 * E18) >> 128n).toBe(2998999999999n);
  });

  test("of an input that ran out only its rate is fee, where v3 keeps all that did not move the price", () => {
    const v4 = replay("UNISWAP_V4", DEEP, [], DUST);
    expect([v4.feeLp, v4.feeGrowthGlobal1X128]).toEqual([3n, 768n]);
    const v3 = replay("UNISWAP_V3", DEEP, [], DUST);
    expect([v3.feeLp, v3.feeGrowthGlobal1X128]).toEqual([1000n, 256000n]);
  });

  test("the protocol's part is of the whole input, and not of the fee", () => {
    const pool = { ...DEEP, feeProtocol1: 1000 };
    // 1000 pips and 999,000 of the rest; 1000 units are 999 of fee.
    const { feeLp, feeProtocol } = replay("UNISWAP_V4", pool, [], { ...DUST, fee: 999_001 });
    expect([feeLp, feeProtocol]).toEqual([999n, 1n]);
  });

  test("without an LP fee the protocol has all of the fee, rounded up as it is", () => {
    const pool = { ...DEEP, feeProtocol1: 500 };
    const swap = { ...DUST, amount1: 1001n, fee: 500 };
    const { feeLp, feeProtocol } = replay("UNISWAP_V4", pool, [], swap);
    expect([feeLp, feeProtocol]).toEqual([0n, 1n]);
  });

  test("a fee of all the input goes to who is in range and leaves the price", () => {
    const { feeLp, feeGrowthGlobal1X128 } = replay("UNISWAP_V4", DEEP, [], { ...DUST, fee: 1_000_000 });
    expect([feeLp, feeGrowthGlobal1X128]).toEqual([1000n, 256000n]);
  });

  test("a swap that a hook took over changes nothing, whatever its fee", () => {
    const before = {
      ...inRange,
      feeProtocol0: 500,
      feeProtocol1: 500,
      feeGrowthGlobal0X128: 5n,
      protocolFees1: 7n,
    };
    const none = { amount0: 0n, amount1: 0n, sqrtPriceX96: ONE, liquidity: E18, tick: 0 };
    expect(replay("UNISWAP_V4", before, [], { ...none, fee: 1_000_000 })).toEqual({
      feeGrowthGlobal0X128: 5n,
      feeGrowthGlobal1X128: 0n,
      protocolFees0: 0n,
      protocolFees1: 7n,
      crossed: [],
      zeroForOne: false,
      feeLp: 0n,
      feeProtocol: 0n,
      feePlugin: 0n,
    });
    expect(() => replay("UNISWAP_V4", before, [], { ...none, tick: 1 })).toThrow("it ends at tick 0");
    expect(() => replay("UNISWAP_V4", before, [], { ...none, liquidity: 1n })).toThrow(
      "it ends with liquidity",
    );
  });

  test.each(["UNISWAP_V3", "PANCAKESWAP_V3", "ALGEBRA_INTEGRAL"])(
    "no swap of %s changes nothing",
    (protocol) => {
      const none = { amount0: 0n, amount1: 0n, sqrtPriceX96: ONE, liquidity: E18, tick: 0 };
      expect(() => replay(protocol, inRange, [], none)).toThrow("amounts 0 and 0 with");
    },
  );
});

test.each([
  ["UNISWAP_V3, a sixth", "UNISWAP_V3", 6, 166n],
  ["PANCAKESWAP_V3, 32 %", "PANCAKESWAP_V3", 3200, 320n],
  ["PANCAKESWAP_V3, 33.33 %", "PANCAKESWAP_V3", 3333, 333n],
  ["ALGEBRA_INTEGRAL, 15 %", "ALGEBRA_INTEGRAL", 150, 150n],
  ["ALGEBRA_INTEGRAL, everything", "ALGEBRA_INTEGRAL", 1000, 1000n],
])(
  "%s of a fee of 1000 is the protocol's, rounded down, and the rest the LPs'",
  (_title, protocol, part, toProtocol) => {
    const { feeLp, feeProtocol } = replay(protocol, { ...DEEP, feeProtocol1: part }, [], DUST);
    expect([feeProtocol, feeLp]).toEqual([toProtocol, 1000n - toProtocol]);
  },
);

describe("Algebra Integral", () => {
  test("the plugin's part is of what the community leaves of the fee, by its share of the rate", () => {
    const pool = { ...DEEP, feeProtocol0: 150, feeProtocol1: 150 };
    const after = replay("ALGEBRA_INTEGRAL", pool, [], { ...DUST, pluginFee: 1000 });
    // 1000 - 150 = 850, a third of it rounded down.
    expect([after.feeProtocol, after.feePlugin, after.feeLp]).toEqual([150n, 283n, 567n]);
    expect([after.protocolFees1, after.feeGrowthGlobal1X128]).toEqual([150n, 145152n]);
  });

  test("a swap of the published bytecode: 150 thousandths of its fee for the community, 400 of 1300 pips of the rest for the plugin", () => {
    const pool = {
      ...emptyPool(60),
      liquidity: E18,
      sqrtPriceX96: 3542402085991414626262483n,
      tick: -200316,
      feeProtocol0: 150,
      feeProtocol1: 150,
    };
    const after = replay("ALGEBRA_INTEGRAL", pool, [], {
      fee: 1300,
      pluginFee: 400,
      amount0: 10n ** 19n,
      amount1: -19956193616n,
      sqrtPriceX96: 3540820993440409810794690n,
      liquidity: E18,
      tick: -200325,
    });
    const { feeLp, feeProtocol, feePlugin } = after;
    expect([feeProtocol, feePlugin, feeLp]).toEqual([
      1950n * 10n ** 12n,
      3400n * 10n ** 12n,
      7650n * 10n ** 12n,
    ]);
  });

  test("a swap over the edges of words is one step, rounded once", () => {
    const pool = { ...emptyPool(1), liquidity: E18 + 7n };
    const swap = {
      amount0: 20469571981249873n,
      amount1: -20000000000000000n,
      sqrtPriceX96: 77643599263979050841673071329n,
      liquidity: E18 + 7n,
      tick: -405,
    };
    expect(replay("ALGEBRA_INTEGRAL", pool, [], swap)).toMatchObject({
      feeLp: 61408715943750n,
      feeGrowthGlobal0X128: 20896303210914821270721836623170372n,
    });
  });

  test("without liquidity the price comes to rest on tick 0 itself, on v3 below it: there it is a word's edge", () => {
    const pool = { ...emptyPool(1), sqrtPriceX96: ONE + 10n ** 26n, tick: 25 };
    const swap = { amount0: 0n, amount1: 0n, sqrtPriceX96: ONE, liquidity: 0n };
    expect(replay("ALGEBRA_INTEGRAL", pool, [], { ...swap, tick: 0 }).feeLp).toBe(0n);
    expect(() => replay("ALGEBRA_INTEGRAL", pool, [], { ...swap, tick: -1 })).toThrow("it ends at tick 0");
    expect(replay("UNISWAP_V3", pool, [], { ...swap, tick: -1 }).feeLp).toBe(0n);
    expect(() => replay("UNISWAP_V3", pool, [], { ...swap, tick: 0 })).toThrow("it ends at tick -1");
  });
});

test("a protocol without ticks has no rule", () => {
  expect(() => swapRuleOf("UNISWAP_V2")).toThrow("swaps of UNISWAP_V2 are not replayed");
});

function replay(
  protocol: string,
  pool: SwappablePool,
  ticks: Parameters<typeof replaySwap>[2],
  swap: Omit<LoggedSwap, "fee" | "pluginFee"> & Partial<LoggedSwap>,
) {
  return replaySwap(swapRuleOf(protocol), pool, ticks, { fee: 3000, pluginFee: 0, ...swap }, 0);
}

function emptyPool(tickSpacing: number): SwappablePool {
  return poolOfPositions({ tickSpacing, sqrtPriceX96: ONE }, []).pool;
}
