import type { FeeLedger, TokenAmounts } from "./feeLedger.ts";

/** The fee part of all that was collected, raw (metrics.md 5.5). */
export function feesCollected(position: FeeLedger): TokenAmounts {
  return {
    amount0: positive(position.collected0 - position.withdrawn0),
    amount1: positive(position.collected1 - position.withdrawn1),
  };
}

/** What the fees that were collected were worth when they were, in either token's raw units. */
export function feesCollectedValue(position: FeeLedger): { value0: bigint; value1: bigint } {
  const { amount0, amount1 } = feesCollected(position);
  return { value0: amount0 + position.feesCollected1Value0, value1: amount1 + position.feesCollected0Value1 };
}

/** The fee part of what is owed, principal counting as collected first, raw (metrics.md 5.5). */
export function feesUncollected(position: FeeLedger, owed: TokenAmounts): TokenAmounts {
  const principal = principalOwed(position);
  return { amount0: owed.amount0 - principal.amount0, amount1: owed.amount1 - principal.amount1 };
}

/** All fees so far, paid or not, raw (metrics.md 5.5). */
export function feesEarned(position: FeeLedger, owed: TokenAmounts): TokenAmounts {
  const uncollected = feesUncollected(position, owed);
  const collected = feesCollected(position);
  return {
    amount0: uncollected.amount0 + collected.amount0,
    amount1: uncollected.amount1 + collected.amount1,
  };
}

/** The principal part of what is owed, raw (metrics.md 5.5). */
export function principalOwed(position: FeeLedger): TokenAmounts {
  return {
    amount0: positive(position.withdrawn0 - position.debited0),
    amount1: positive(position.withdrawn1 - position.debited1),
  };
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
