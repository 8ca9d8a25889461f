import type { TokenAmounts } from "../../state/feeLedger.ts";

/** What a position had been paid and had withdrawn of its principal, raw, in all. */
export type Payments = { collected0: bigint; collected1: bigint; withdrawn0: bigint; withdrawn1: bigint };

/**
 * The fee part of one collect, raw: what it adds to all that was collected beyond withdrawn principal, which
 * counts as collected first (metrics.md 5.5). `before`: sums over the position's events before it. A withdrawal
 * made later turns nothing of it into principal, as it does of lifetime figures.
 * Example: 10 withdrawn, 3 collected, then 12 are paid: 7 are principal, 5 are fees.
 */
export function collectedFees(before: Payments, paid: TokenAmounts): TokenAmounts {
  return {
    amount0: beyond(paid.amount0, before.withdrawn0 - before.collected0),
    amount1: beyond(paid.amount1, before.withdrawn1 - before.collected1),
  };
}

/** `owed` is negative where more than the principal was collected before: then all that is paid is fees. */
function beyond(paid: bigint, owed: bigint): bigint {
  if (owed <= 0n) return paid;
  return paid > owed ? paid - owed : 0n;
}
