import type { TokenAmounts } from "../../state/feeLedger.ts";

/**
 * The fee part of one collect, raw: what is paid beyond the withdrawn principal that waited, which counts as collected
 * first. Example: 10 withdrawn, 3 collected, then 12 are paid: 7 are principal, 5 are fees.
 */
export function collectedFees(principalOwed: TokenAmounts, paid: TokenAmounts): TokenAmounts {
  return {
    amount0: beyond(paid.amount0, principalOwed.amount0),
    amount1: beyond(paid.amount1, principalOwed.amount1),
  };
}

function beyond(paid: bigint, principal: bigint): bigint {
  return paid > principal ? paid - principal : 0n;
}
