import { expect, test } from "vitest";
import { addFlows, type Booked, flowed, quotedFlows } from "../../../src/api/metrics/quotedFlows.ts";
import { quotedProfit } from "../../../src/api/metrics/quotedProfit.ts";

const nothing: Booked = {
  ...{ depositedValue1: 0n, withdrawnValue1: 0n, realizedIl1: 0n, cost1: 0n, collectedValue1: 0n },
  ...{ receivedValue1: 0n, receivableCost1: 0n, recoveredValue1: 0n },
};
const deposited = { ...nothing, depositedValue1: 10n, cost1: 10n };

test("each flow has the rate of its own block, a withdrawal releases cost at its average", () => {
  const more = { ...deposited, depositedValue1: 30n, cost1: 30n, collectedValue1: 4n };
  const less = { ...more, withdrawnValue1: 12n, realizedIl1: -2n, cost1: 20n };
  const history = [
    { booked: deposited, rate: 1 },
    { booked: more, rate: 2 },
    { booked: less, rate: 5 },
  ];
  expect(quotedFlows(history)).toEqual({
    // 10 + 20 x 2, of which a third is released.
    ...{ deposited: 50, cost: expect.closeTo(100 / 3, 12), withdrawn: 60, realizedIl: -10, collected: 8 },
    ...{ received: 0, receivableCost: 0, recovered: 0 },
  });
});

test("everything is released at the end, and the next deposit starts afresh", () => {
  const closed = { ...deposited, withdrawnValue1: 11n, cost1: 0n };
  const again = { ...closed, depositedValue1: 17n, cost1: 7n };
  const flows = quotedFlows([
    { booked: deposited, rate: 1 },
    { booked: closed, rate: 3 },
    { booked: again, rate: 2 },
  ]);
  expect(flows).toMatchObject({ deposited: 24, withdrawn: 33, cost: 14 });
});

test("bought fees keep the cost of what is left of them", () => {
  const came = { ...deposited, receivedValue1: 8n, receivableCost1: 8n };
  const half = { ...came, receivableCost1: 2n, recoveredValue1: 7n };
  const flows = quotedFlows([
    { booked: came, rate: 2 },
    { booked: half, rate: 3 },
  ]);
  expect(flows).toMatchObject({ received: 16, receivableCost: 4, recovered: 21 });
});

test("a block without flows needs no rate, and of two books all is added", () => {
  expect([flowed(nothing), flowed(deposited), flowed(deposited, deposited)]).toEqual([false, true, false]);
  expect(flowed({ ...deposited, realizedIl1: -1n }, deposited)).toBe(true);
  const flows = quotedFlows([{ booked: deposited, rate: 2 }]);
  expect(addFlows(flows, flows)).toEqual({
    ...{ deposited: 40, cost: 40, withdrawn: 0, realizedIl: 0, collected: 0 },
    ...{ received: 0, receivableCost: 0, recovered: 0 },
  });
});

test("profit in the quote token adds up", () => {
  const now = { held: 100, unrealizedIl: -7, uncollected: 5, receivable: 2 };
  const flows = {
    ...{ deposited: 120, withdrawn: 60, realizedIl: -3, cost: 80, collected: 9 },
    ...{ received: 8, receivableCost: 3, recovered: 4 },
  };
  // 100 + 60 + 9 + 5 + 2 + 4 - 120 - 8; realised 60 - 40 + 9 + 4 - 5; basket 107 + 63 - 120 and bought -2.
  expect(quotedProfit(now, flows)).toEqual({
    ...{ total: 52, realized: 28, unrealized: 24, priceEffect: 48, impermanentLoss: -10, fees: 14 },
  });
});
