import type { FeeLedger, TokenAmounts } from "./feeLedger.ts";

type Taken = Pick<FeeLedger, "feesTaken0" | "feesTaken1">;

/**
 * Fees that a v2 position was paid with its principal so far, raw and signed: less than none where the pair lost tokens
 * without a trade. All that it was paid less all principal.
 */
export function pairFeesCollected({ feesTaken0, feesTaken1 }: Taken): TokenAmounts {
  return { amount0: feesTaken0, amount1: feesTaken1 };
}

/** What they were worth when they were paid, in either token's raw units. */
export function pairFeesCollectedValue(
  position: Taken & Pick<FeeLedger, "feesCollected0Value1" | "feesCollected1Value0">,
): { value0: bigint; value1: bigint } {
  return {
    value0: position.feesTaken0 + position.feesCollected1Value0,
    value1: position.feesTaken1 + position.feesCollected0Value1,
  };
}
