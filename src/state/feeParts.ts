import type { FeeLedger, TokenAmounts } from "./feeLedger.ts";

/**
 * The fee part of all that was taken off what is owed, raw: at each collect what it takes beyond the principal that
 * waits then. Example: 10 of fees, then 100 of principal withdrawn, then 100 taken off is 10.
 */
export function feesDebited(position: FeeLedger): TokenAmounts {
  const { feesTaken0, feesTaken1 } = position;
  return {
    amount0: feesTaken0 + positive(position.debited0 - feesTaken0 - position.withdrawn0),
    amount1: feesTaken1 + positive(position.debited1 - feesTaken1 - position.withdrawn1),
  };
}

/** The same of all that was collected: the units that an NFT was paid less are fees. */
export function feesCollected(position: FeeLedger): TokenAmounts {
  const { amount0, amount1 } = feesDebited(position);
  return {
    amount0: positive(amount0 + position.collected0 - position.debited0),
    amount1: positive(amount1 + position.collected1 - position.debited1),
  };
}

/** What the fees that were collected were worth when they were, in either token's raw units. */
export function feesCollectedValue(position: FeeLedger): { value0: bigint; value1: bigint } {
  const { amount0, amount1 } = feesCollected(position);
  return { value0: amount0 + position.feesCollected1Value0, value1: amount1 + position.feesCollected0Value1 };
}

/** The fee part of what is owed, raw. */
export function feesUncollected(position: FeeLedger, owed: TokenAmounts): TokenAmounts {
  const principal = principalWaiting(position);
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

/** Withdrawn principal that waits to be collected, raw: each collect pays it before fees. */
export function principalWaiting(position: FeeLedger): TokenAmounts {
  return {
    amount0: positive(position.withdrawn0 + position.feesTaken0 - position.debited0),
    amount1: positive(position.withdrawn1 + position.feesTaken1 - position.debited1),
  };
}

/**
 * The same two as they are reported (metrics.md 5.5): over the whole life principal counts as collected first. While
 * withdrawn principal waits, fees that were collected before it count as having paid some of it; once it is collected,
 * both ways of counting agree. Books use the other one: what was collected keeps its price.
 */
export function principalOwed(position: FeeLedger): TokenAmounts {
  return {
    amount0: positive(position.withdrawn0 - position.debited0),
    amount1: positive(position.withdrawn1 - position.debited1),
  };
}

export function reportedFees(
  position: FeeLedger,
  owed: TokenAmounts,
): { uncollected: TokenAmounts; collected: TokenAmounts } {
  const principal = principalOwed(position);
  return {
    uncollected: { amount0: owed.amount0 - principal.amount0, amount1: owed.amount1 - principal.amount1 },
    collected: {
      amount0: positive(position.collected0 - position.withdrawn0),
      amount1: positive(position.collected1 - position.withdrawn1),
    },
  };
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
