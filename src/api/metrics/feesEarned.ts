import { type FeeLedger, feesCollected, principalOwed, type TokenAmounts } from "../../state/feeLedger.ts";

/**
 * The fee part of what a poke and a collect would pay, raw: withdrawn principal that still waits is not in it
 * (metrics.md 5.5). `owedNow`: uncapped, of the position's own ledger.
 * Example: 12 owed, 10 withdrawn of which 3 were collected, is 5.
 */
export function feesUncollected(position: FeeLedger, owedNow: TokenAmounts): TokenAmounts {
  const principal = principalOwed(position);
  return { amount0: owedNow.amount0 - principal.amount0, amount1: owedNow.amount1 - principal.amount1 };
}

/** Fees over the position's life, raw: uncollected and collected (metrics.md 5.5). */
export function feesEarned(position: FeeLedger, owedNow: TokenAmounts): TokenAmounts {
  const uncollected = feesUncollected(position, owedNow);
  const collected = feesCollected(position);
  return {
    amount0: uncollected.amount0 + collected.amount0,
    amount1: uncollected.amount1 + collected.amount1,
  };
}
