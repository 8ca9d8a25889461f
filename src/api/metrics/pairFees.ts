import type { FeeLedger, TokenAmounts } from "../../state/feeLedger.ts";
import { feesCollectedValue } from "../../state/feeParts.ts";
import { pairFeesCollected, pairFeesCollectedValue } from "../../state/pairFeeParts.ts";
import { pairAmounts, pairPrincipal } from "../../state/pairPool.ts";
import { type BookFees, NOTHING_RECEIVED } from "./bookFees.ts";

/** LP tokens of a v2 pair: `liquidity` of them, and the principal liquidity in them times 2^64. */
type Shares = { liquidity: bigint; basisX64: bigint | null };
type Pair = Parameters<typeof pairAmounts>[0] & Parameters<typeof pairPrincipal>[0];

/**
 * What a burn of all LP tokens of a position would pay now beyond its principal, raw (metrics.md 6.1): fees, donations,
 * and what a rebasing token took. Of either sign, not clamped.
 * Example: of 101 and 99 with a principal of 100 and 100 it is 1 and -1.
 */
export function pairOwed({ liquidity, basisX64 }: Shares, pair: Pair): TokenAmounts {
  const all = pairAmounts(pair, liquidity);
  const principal = pairPrincipal(pair, basisX64 ?? 0n);
  return { amount0: all.amount0 - principal.amount0, amount1: all.amount1 - principal.amount1 };
}

/** All fees of a position in a pair: those above, and what its withdrawals paid beyond principal. */
export function pairFees(position: Shares & FeeLedger, pair: Pair): BookFees {
  const uncollected = pairOwed(position, pair);
  const collected = pairFeesCollected(position);
  const { value0, value1 } = pairFeesCollectedValue(position);
  return {
    ...NOTHING_RECEIVED,
    earned: {
      amount0: uncollected.amount0 + collected.amount0,
      amount1: uncollected.amount1 + collected.amount1,
    },
    uncollected,
    reported: { uncollected, collected },
    collectedValue0: value0,
    collectedValue1: value1,
  };
}

/** What collected fees were worth when they were, whatever the protocol, in either token's raw units. */
export function collectedValue(position: FeeLedger & { basisX64: bigint | null }): {
  value0: bigint;
  value1: bigint;
} {
  return position.basisX64 === null ? feesCollectedValue(position) : pairFeesCollectedValue(position);
}
