import type { FeeLedger, TokenAmounts } from "../../state/feeLedger.ts";

type Ledger = FeeLedger & {
  deposited0: bigint;
  deposited1: bigint;
  released0: bigint;
  released1: bigint;
  hold0: bigint;
  hold1: bigint;
};

/**
 * Two ways of counting the same fees, one taken off the other: by flows (owed, and all that was debited beyond
 * withdrawn principal) and by growth (credited at touches, and pending). Then the hold basket's own balance
 * (metrics.md 4.7). 0 and 0, or the books are wrong. Raw; fees are owed modulo 2^128, so their part is the
 * remainder nearest to 0.
 * Example: 12 owed, 3 debited and 10 withdrawn against 5 credited by growth is 0.
 */
export function residual(position: Ledger, owedNow: TokenAmounts, pending: TokenAmounts): TokenAmounts {
  const fees0 = owedNow.amount0 + position.debited0 - position.withdrawn0;
  const fees1 = owedNow.amount1 + position.debited1 - position.withdrawn1;
  const basket0 = position.deposited0 - position.released0 - position.hold0;
  const basket1 = position.deposited1 - position.released1 - position.hold1;
  return {
    amount0: BigInt.asIntN(128, fees0 - position.feesAccrued0 - pending.amount0) + basket0,
    amount1: BigInt.asIntN(128, fees1 - position.feesAccrued1 - pending.amount1) + basket1,
  };
}
