import { describe, expect, it } from "vitest";
import { versusHalf, versusToken0, versusToken1 } from "../../../src/api/metrics/benchmarks.ts";
import { addFees, NOTHING_RECEIVED } from "../../../src/api/metrics/bookFees.ts";
import { addSums } from "../../../src/api/metrics/bookSums.ts";
import { profitAndLoss } from "../../../src/api/metrics/profitAndLoss.ts";
import { receivableCost } from "../../../src/api/metrics/receivableCost.ts";
import { apr, roi } from "../../../src/api/metrics/returns.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import { toDouble } from "../../../src/math/toDouble.ts";
import { Q192, valueX192 } from "../../../src/math/valueMath.ts";
import { deposit, emptyLedger, withdraw } from "../../../src/state/holdBasket.ts";

const Q96 = 2n ** 96n;
const both = (amount0: bigint, amount1: bigint) => ({ amount0, amount1 });

/** 5 and 5 put in at price 1; 3 of token0 and 7 of token1 are left of it at price 4, and 2 and 1 of fees wait. */
const sums = {
  ...{ ...emptyLedger, secondsOpen: 0, capitalSeconds1: 0n, liquidity: 9n },
  ...{ hold0: 5n, hold1: 5n, cost0: 10n, cost1: 10n, depositedValue0: 10n, depositedValue1: 10n },
};
const fees = {
  ...NOTHING_RECEIVED,
  ...{ earned: both(4n, 4n), uncollected: both(2n, 1n), collectedValue0: 3n, collectedValue1: 5n },
  reported: { uncollected: both(2n, 1n), collected: both(2n, 3n) },
};
const book = { sums, held: both(3n, 7n), fees, sqrtPriceX96: 2n * Q96 };

describe("profit and loss", () => {
  it("adds up by hand, in either token by its own bookings", () => {
    const { total, realized, unrealized, priceEffect, impermanentLoss, fees: earned } = profitAndLoss(book);
    // Token1: 3 x 4 + 7 held, 9 wait, 5 collected, 10 put in. Basket 25: it gained 15, the position lost 6 on it.
    expect([total.raw1, priceEffect.raw1, impermanentLoss.raw1, earned.raw1]).toEqual([23n, 15n, -6n, 14n]);
    expect([realized.raw1, unrealized.raw1]).toEqual([5n, 18n]);
    // Token0: held 19/4, lost 6/4 of it, waits 9/4, each rounded down.
    expect([total.raw0, priceEffect.raw0, impermanentLoss.raw0, earned.raw0]).toEqual([-1n, -5n, -1n, 5n]);
    expect([realized.raw0, unrealized.raw0]).toEqual([3n, -4n]);
  });

  it("takes fees that came with a transfer as a purchase", () => {
    const bought = {
      ...fees,
      ...{ receivable: both(1n, 2n), receivableCost0: 2n, receivableCost1: 3n, receivedValue0: 5n },
      ...{ receivedValue1: 7n, recoveredValue0: 2n, recoveredValue1: 6n },
    };
    const { total, realized, priceEffect, fees: earned } = profitAndLoss({ ...book, fees: bought });
    // They are worth 6, brought 6 and cost 7; of that what is left 3.
    expect([total.raw1, priceEffect.raw1, earned.raw1]).toEqual([23n + 5n, 15n + 5n, 14n]);
    expect(realized.raw1).toBe(5n + 6n - 4n);
  });

  it("of two books of a pool is that of their sum", () => {
    const other = { ...sums, realizedIl1: -3n, withdrawnValue1: 8n, maxCapital1: 20n, secondsOpen: 60 };
    const summed = { sums: addSums(sums, other), held: both(6n, 14n), fees: addFees(fees, fees) };
    const { total, impermanentLoss } = profitAndLoss({ ...summed, sqrtPriceX96: 2n * Q96 });
    expect([total.raw1, impermanentLoss.raw1]).toEqual([23n + 31n, -6n - 9n]);
    expect(summed.fees.reported).toEqual({ uncollected: both(4n, 2n), collected: both(4n, 6n) });
    expect([summed.sums.maxCapital1, summed.sums.secondsOpen]).toEqual([20n, 60]);
  });
});

describe("the price effect", () => {
  it("is what the basket gained, released parts at their release, to a raw unit an event", () => {
    const RANGE = { tickLower: -6000, tickUpper: 6000 };
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let history = 0; history < 50; history++) {
      let ledger = emptyLedger;
      let gained = 0n;
      let events = 0;
      const at = (liquidity: bigint, tick: number, roundUp: boolean) => {
        const sqrtPriceX96 = getSqrtPriceAtTick(tick);
        return {
          ...getAmountsForLiquidity({ ...RANGE, sqrtPriceX96, tick, liquidity, roundUp }),
          sqrtPriceX96,
        };
      };
      for (; events < 20; events++) {
        const tick = random(16_000) - 8_000;
        const deposits = ledger.liquidity === 0n || random(2) === 0;
        const liquidityDelta = deposits
          ? BigInt(random(1e9)) * 10n ** 6n + 1n
          : (ledger.liquidity * BigInt(random(4) + 1)) / 4n;
        const flow = { ...at(liquidityDelta, tick, deposits), liquidityDelta };
        const before = ledger;
        ledger = deposits ? deposit(ledger, flow) : withdraw(ledger, flow);
        gained += deposits
          ? -valueX192(flow.amount0, flow.amount1, flow.sqrtPriceX96)
          : valueX192(
              ledger.released0 - before.released0,
              ledger.released1 - before.released1,
              flow.sqrtPriceX96,
            );
      }
      const { sqrtPriceX96, ...held } = at(ledger.liquidity, random(16_000) - 8_000, false);
      gained += valueX192(ledger.hold0, ledger.hold1, sqrtPriceX96);
      const none = {
        earned: both(0n, 0n),
        uncollected: both(0n, 0n),
        collectedValue0: 0n,
        collectedValue1: 0n,
      };
      const { priceEffect } = profitAndLoss({
        sums: { ...ledger, secondsOpen: 0, capitalSeconds1: 0n },
        ...{ held, sqrtPriceX96, fees: { ...NOTHING_RECEIVED, ...none } },
      });
      const off = toDouble(priceEffect.raw1 * Q192 - gained, Q192);
      expect(Math.abs(off)).toBeLessThan(2 * events + 2);
    }
  });
});

describe("benchmarks", () => {
  it("hold what the deposits cost, as either token or half of each", () => {
    expect(versusToken0(book)).toEqual({ raw0: -5n, raw1: 19n - 40n });
    expect(versusToken1(book)).toEqual({ raw0: 2n, raw1: 19n - 10n });
    expect(versusHalf(book)).toEqual({ raw0: -1n, raw1: 19n - 25n });
  });
});

describe("returns", () => {
  it("are over capital at work, simple, a year", () => {
    const tenth = { secondsOpen: 3_153_600, capitalSeconds1: 3_153_600n * 1_000n };
    expect(apr(10n, tenth)).toBe(0.1);
    expect(apr(-10n, tenth)).toBe(-0.1);
    expect(apr(10n, { secondsOpen: 3_600, capitalSeconds1: 3_600_000n })).toBe(87.6);
    expect(apr(10n, { secondsOpen: 3_599, capitalSeconds1: 3_599_000n })).toBeNull();
    expect(apr(0n, { secondsOpen: 3_600, capitalSeconds1: 0n })).toBeNull();
    expect(roi(-1n, { maxCapital1: 8n })).toBe(-0.125);
    expect(roi(0n, { maxCapital1: 0n })).toBeNull();
  });
});

describe("what is left of bought fees", () => {
  const came = { receivable0: 10n, receivable1: 20n, receivedValue0: 20n, receivedValue1: 40n };

  it("cost what it was worth when it came", () => {
    expect(receivableCost(came)).toEqual({ receivableCost0: 20n, receivableCost1: 40n });
    expect(receivableCost({ ...came, receivable0: 5n })).toEqual({
      receivableCost0: 15n,
      receivableCost1: 30n,
    });
    expect(receivableCost({ ...came, receivable0: 0n, receivable1: 1n })).toEqual({
      ...{ receivableCost0: 0n, receivableCost1: 1n },
    });
  });

  it("costs nothing where nothing came, and never more than all of it did", () => {
    const nothing = { receivable0: 0n, receivable1: 0n, receivedValue0: 0n, receivedValue1: 0n };
    expect(receivableCost(nothing)).toEqual({ receivableCost0: 0n, receivableCost1: 0n });
    // 3 of token1 at a price of 4: worth 0 of token0, rounded down.
    expect(receivableCost({ ...nothing, receivable1: 3n, receivedValue1: 3n }).receivableCost1).toBe(3n);
    expect(receivableCost({ ...came, receivable1: 21n }).receivableCost1).toBe(40n);
  });
});
