import { expect, test } from "vitest";
import {
  emptyFees,
  type FeeLedger,
  keepFeesTaken,
  OverpaidError,
  owedNow,
  owePrincipal,
  pay,
  pendingFees,
  settleFees,
} from "../../src/state/feeLedger.ts";
import { feesCollected, principalOwed, principalWaiting, reportedFees } from "../../src/state/feeParts.ts";

const Q128 = 2n ** 128n;
const ONE = 2n ** 96n;
const FOUR = 2n ** 97n;
const empty: FeeLedger = { ...emptyFees, liquidity: 10n, withdrawn0: 0n, withdrawn1: 0n };
const inside = (growth0: bigint, growth1: bigint) => ({
  feeGrowthInside0X128: growth0,
  feeGrowthInside1X128: growth1,
});

/** A withdrawal of principal as a position books it. */
function withdraw(ledger: FeeLedger, amount0: bigint, amount1: bigint): FeeLedger {
  return {
    ...owePrincipal(ledger, { amount0, amount1 }),
    ...keepFeesTaken(ledger),
    withdrawn0: ledger.withdrawn0 + amount0,
    withdrawn1: ledger.withdrawn1 + amount1,
  };
}

function collect(ledger: FeeLedger, amount0: bigint, amount1: bigint, sqrtPriceX96 = ONE): FeeLedger {
  const paid = { amount0, amount1 };
  return pay(ledger, { paid, debited: paid, sqrtPriceX96 });
}

test("each touch rounds the fees of its own growth down", () => {
  expect(pendingFees(empty, inside(Q128 / 4n, Q128 / 3n))).toEqual({ amount0: 2n, amount1: 3n });
  const touched = settleFees(empty, inside(Q128 / 4n, Q128 / 3n));
  expect(touched).toMatchObject({ tokensOwed0: 2n, tokensOwed1: 3n, feesAccrued0: 2n, feesAccrued1: 3n });
  expect(owedNow(touched, inside(Q128 / 2n, Q128 / 3n))).toEqual({ amount0: 4n, amount1: 3n });
});

test("growth that went round 2^256 since the last touch is a small difference", () => {
  const touched = settleFees({ ...empty, liquidity: 1n }, inside(2n ** 256n - Q128, 0n));
  expect(pendingFees(touched, inside(2n * Q128, 0n))).toEqual({ amount0: 3n, amount1: 0n });
});

test("what is owed goes round 2^128, as in the contract", () => {
  const full = { ...empty, tokensOwed0: Q128 - 1n };
  expect(owedNow(full, inside(Q128 / 5n, 0n)).amount0).toBe(0n);
});

test("principal counts as collected first", () => {
  const earned = settleFees(empty, inside(Q128, 0n));
  const withdrawn = withdraw(earned, 100n, 0n);
  expect(withdrawn.tokensOwed0).toBe(110n);
  expect(principalWaiting(withdrawn).amount0).toBe(100n);
  const part = collect(withdrawn, 60n, 0n);
  expect(principalWaiting(part).amount0).toBe(40n);
  expect(feesCollected(part).amount0).toBe(0n);
  const all = collect(part, 50n, 0n, FOUR);
  expect(principalWaiting(all).amount0).toBe(0n);
  expect(feesCollected(all).amount0).toBe(10n);
  expect(all.feesCollected0Value1).toBe(40n);
});

test("fees that were collected stay fees at their own prices when principal is withdrawn after", () => {
  const earned = settleFees(empty, inside(Q128, Q128));
  const collected = collect(collect(earned, 4n, 9n, ONE), 5n, 0n, FOUR);
  expect(collected).toMatchObject({ feesCollected0Value1: 4n + 20n, feesCollected1Value0: 9n });
  const withdrawn = withdraw(collected, 3n, 0n);
  expect(feesCollected(withdrawn)).toEqual({ amount0: 9n, amount1: 9n });
  expect(principalWaiting(withdrawn)).toEqual({ amount0: 3n, amount1: 0n });
  // Reported, 3 of the 9 collected have paid the principal until that is collected (5.5).
  expect(principalOwed(withdrawn)).toEqual({ amount0: 0n, amount1: 0n });
  expect(reportedFees(withdrawn, { amount0: 4n, amount1: 0n })).toEqual({
    ...{ uncollected: { amount0: 4n, amount1: 0n }, collected: { amount0: 6n, amount1: 9n } },
  });
  // 1 of fees and 3 of principal wait: the first two that are paid are principal.
  const part = collect(withdrawn, 2n, 0n, ONE);
  expect(principalWaiting(part).amount0).toBe(1n);
  const all = collect(withdraw(part, 100n, 0n), 102n, 1n, ONE);
  expect(all).toMatchObject({ tokensOwed0: 0n, feesCollected0Value1: 25n, feesCollected1Value0: 10n });
  expect(feesCollected(all)).toEqual({ amount0: 10n, amount1: 10n });
});

test("an NFT is debited what it asked for, paid what the pool had", () => {
  const earned = settleFees(empty, inside(Q128, 0n));
  const paid = pay(earned, {
    paid: { amount0: 9n, amount1: 0n },
    debited: { amount0: 10n, amount1: 0n },
    sqrtPriceX96: ONE,
  });
  expect(paid).toMatchObject({ tokensOwed0: 0n, collected0: 9n, debited0: 10n });
});

test("more paid than owed means that a log is missing", () => {
  expect(() => collect(empty, 1n, 0n)).toThrow(OverpaidError);
});
