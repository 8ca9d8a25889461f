import { describe, expect, it } from "vitest";
import { adverseSelection, positionLvrX128 } from "../../../src/api/metrics/lossVersusRebalancing.ts";
import { feeCoverage, netOfFees } from "../../../src/api/metrics/netOfFees.ts";
import { owed } from "../../../src/api/metrics/owed.ts";
import {
  poolPrincipal,
  poolUncollectedFees,
  UnbalancedTicksError,
} from "../../../src/api/metrics/poolPrincipal.ts";
import { residual } from "../../../src/api/metrics/residual.ts";
import { timeInRange } from "../../../src/api/metrics/timeInRange.ts";
import { windowStart } from "../../../src/api/metrics/windowStart.ts";
import { emptyFees } from "../../../src/state/feeLedger.ts";
import { feesEarned, feesUncollected } from "../../../src/state/feeParts.ts";

const Q96 = 2n ** 96n;
const Q128 = 2n ** 128n;
const both = (amount: bigint) => ({ amount0: amount, amount1: amount });

const ledger = {
  ...emptyFees,
  ...{ liquidity: 1n, withdrawn0: 10n, withdrawn1: 10n },
  ...{ collected0: 3n, debited0: 3n, collected1: 14n, debited1: 15n },
  ...{ feesAccrued0: 5n, feesAccrued1: 17n },
  ...{ deposited0: 9n, deposited1: 9n, released0: 4n, released1: 4n, hold0: 5n, hold1: 5n },
};

describe("fees out of what is owed", () => {
  it("count principal as collected first", () => {
    expect(feesUncollected(ledger, both(12n))).toEqual({ amount0: 5n, amount1: 12n });
    expect(feesEarned(ledger, both(12n))).toEqual({ amount0: 5n, amount1: 16n });
  });

  it("are what growth credited", () => {
    expect(residual(ledger, both(12n), both(0n))).toEqual(both(0n));
    // A unit that growth does not know, and one that is pending, modulo 2^128.
    expect(residual(ledger, { amount0: 13n, amount1: 12n }, { amount0: 0n, amount1: 1n })).toEqual({
      amount0: 1n,
      amount1: -1n,
    });
    expect(residual({ ...ledger, feesAccrued0: 5n + 3n * Q128 }, both(12n), both(0n)).amount0).toBe(0n);
    expect(residual({ ...ledger, hold1: 6n }, both(12n), both(0n)).amount1).toBe(-1n);
  });

  it("are paid out of what the pool keeps for a manager, token by token", () => {
    const own = { amount0: 7n, amount1: 5n };
    expect(owed(own, { amount0: 6n, amount1: 9n })).toEqual({ amount0: 6n, amount1: 5n });
    expect(owed(own, null)).toEqual(own);
  });
});

describe("time in range", () => {
  const position = {
    ...{ liquidity: 1n, secondsOpen: 100, secondsInRange: 60 },
    ...{ secondsInsideLast: -5, settledTimestamp: 1_000 },
  };

  it("adds what passed since liquidity last changed", () => {
    expect(timeInRange(position, { secondsInside: 15 }, 1_100)).toBe(0.4);
  });

  it("stands still without liquidity, and is null before any time has passed", () => {
    expect(timeInRange({ ...position, liquidity: 0n }, null, 9_999)).toBe(0.6);
    const fresh = { ...position, secondsOpen: 0, secondsInRange: 0 };
    expect(timeInRange(fresh, { secondsInside: -5 }, 1_000)).toBeNull();
  });
});

describe("loss versus rebalancing of a position", () => {
  const position = {
    ...{ liquidity: 3n, lvrX128: 5n, lvrInsideLastX128: -4n },
    ...{ tickLower: -887220, tickUpper: 887220 },
  };

  it("is what was booked, growth since, and the move since the last sample", () => {
    const still = { lvrSqrtPriceX96: Q96, sqrtPriceX96: Q96 };
    expect(positionLvrX128(position, { lvrInsideX128: -2n }, still)).toBe(11n);
    // (2 - 1)^2 / 1 a unit of liquidity.
    const doubled = { lvrSqrtPriceX96: Q96, sqrtPriceX96: 2n * Q96 };
    expect(positionLvrX128(position, { lvrInsideX128: -2n }, doubled)).toBe(11n + 3n * Q128);
    expect(positionLvrX128({ ...position, liquidity: 0n }, null, doubled)).toBe(5n);
  });

  it("is set against fees as fractions, truncated last", () => {
    expect(adverseSelection(4n * Q128, { amount0: 3n, amount1: 7n, sqrtPriceX96: Q96 })).toEqual({
      ...{ lvrRaw1: 4n, feesRaw1: 10n, feesMinusLvrRaw1: 6n, coverage: 2.5 },
    });
    // 2.5 lost, 10 earned: 7.5 is truncated, not 10 - 2.
    expect(adverseSelection((5n * Q128) / 2n, { ...both(5n), sqrtPriceX96: Q96 })).toEqual({
      ...{ lvrRaw1: 2n, feesRaw1: 10n, feesMinusLvrRaw1: 7n, coverage: 4 },
    });
  });

  it("covers nothing below one raw unit", () => {
    expect(adverseSelection(Q128 - 1n, { ...both(5n), sqrtPriceX96: Q96 }).coverage).toBeNull();
    expect(adverseSelection(-1n, { ...both(5n), sqrtPriceX96: Q96 })).toMatchObject({
      ...{ lvrRaw1: 0n, coverage: null },
    });
  });
});

describe("impermanent loss and fees", () => {
  const loss = { amount0: 3n, amount1: 6n, hold0: 5n, hold1: 5n, realizedIl0: 0n, realizedIl1: 0n };

  it("add up before they are truncated", () => {
    const at = { ...loss, sqrtPriceX96: Q96 };
    expect(netOfFees(at, { amount0: 4n, amount1: 0n })).toEqual({ raw0: 3n, raw1: 3n });
    // At price 1/4: -2/4 + 1 and fees of 3/4.
    const quarter = { ...loss, sqrtPriceX96: Q96 / 2n, realizedIl1: -10n };
    expect(netOfFees(quarter, { amount0: 3n, amount1: 0n }).raw1).toBe(-9n);
  });

  it("have a ratio only where there is a loss", () => {
    const at = { ...loss, sqrtPriceX96: Q96 };
    expect(feeCoverage(at, { amount0: 4n, amount1: 0n })).toBe(4);
    expect(feeCoverage({ ...at, realizedIl1: 1n }, both(4n))).toBeNull();
    expect(feeCoverage({ ...at, realizedIl1: -1n }, both(4n))).toBe(4);
  });
});

describe("what a pool holds", () => {
  // 10^6 in [-60, 60) at price 1 is 2995 and 2995.
  const one = [
    { tick: -60, liquidityNet: 1_000_000n },
    { tick: 60, liquidityNet: -1_000_000n },
  ];

  it("is its one position's principal", () => {
    expect(poolPrincipal(one, { sqrtPriceX96: Q96, tick: 0 })).toEqual(both(2995n));
    expect(poolPrincipal([], { sqrtPriceX96: Q96, tick: 0 })).toEqual(both(0n));
  });

  it("skips gaps without liquidity", () => {
    const gap = [
      ...[{ tick: -180, liquidityNet: 5n }, { tick: -120, liquidityNet: -5n }, ...one],
      ...[
        { tick: 120, liquidityNet: 7n },
        { tick: 180, liquidityNet: -7n },
      ],
    ];
    expect(poolPrincipal(gap, { sqrtPriceX96: Q96, tick: 0 })).toEqual(both(2995n));
  });

  it("is an error where ticks do not add up", () => {
    const at = { sqrtPriceX96: Q96, tick: 0 };
    expect(() => poolPrincipal(one.slice(0, 1), at)).toThrow(UnbalancedTicksError);
    expect(() => poolPrincipal(one.slice(1), at)).toThrow(UnbalancedTicksError);
  });

  it("beside principal, what it owes the protocol and what waits, is fees", () => {
    const pool = {
      ...{ balance0: 100n, balance1: 90n, protocolFees0: 1n, protocolFees1: 2n },
      ...{ principalOwed0: 10n, principalOwed1: 20n },
    };
    expect(poolUncollectedFees(pool, { amount0: 80n, amount1: 60n })).toEqual({ amount0: 9n, amount1: 8n });
  });
});

describe("a window", () => {
  it.each([
    ["HOUR", 7_300, 3_600],
    ["HOUR", 7_200, 3_600],
    ["HOUR", 7_199, 0],
    ["DAY", 1_700_000_000, 1_699_912_800],
    ["WEEK", 1_700_000_000, 1_699_394_400],
    ["MONTH", 1_700_000_000, 1_697_407_200],
    ["ALL", 1_700_000_000, null],
  ] as const)("of %s at %i begins at %s", (window, timestamp, start) => {
    expect(windowStart(timestamp, window)).toBe(start);
  });
});
