import type { TokenAmounts } from "../../state/feeLedger.ts";

/**
 * The fee part of what a change of liquidity paid out at once, raw: what is beyond the principal that it released, on v2
 * of either sign. A deposit releases none. Example: a withdrawal of 10 that pays 12 pays 2 of fees.
 */
export function paidFees(event: {
  kind: string;
  amount0: bigint;
  amount1: bigint;
  paidOut0: bigint;
  paidOut1: bigint;
}): TokenAmounts {
  const released = event.kind === "WITHDRAW";
  return {
    amount0: event.paidOut0 - (released ? event.amount0 : 0n),
    amount1: event.paidOut1 - (released ? event.amount1 : 0n),
  };
}
