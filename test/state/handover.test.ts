import { expect, test } from "vitest";
import { emptyFees } from "../../src/state/feeLedger.ts";
import { handoverAt } from "../../src/state/handover.ts";

const held = {
  ...{ ...emptyFees, tickLower: -60, tickUpper: 60, liquidity: 1_000_000n },
  ...{ withdrawn0: 10n, withdrawn1: 0n, tokensOwed0: 10n },
};
const price = { sqrtPriceX96: 2n ** 96n, tick: 0 };

test("principal leaves rounded down and comes in rounded up; of what is owed, withdrawn principal is no fee", () => {
  expect(handoverAt(price, held, { amount0: 17n, amount1: 4n })).toEqual({
    sqrtPriceX96: 2n ** 96n,
    principalOut: { amount0: 2995n, amount1: 2995n },
    principalIn: { amount0: 2996n, amount1: 2996n },
    fees: { uncollected: { amount0: 7n, amount1: 4n }, earned: { amount0: 7n, amount1: 4n } },
  });
});

test("in quarantine its fees are not known", () => {
  expect(handoverAt(price, held, null).fees).toBeNull();
});
