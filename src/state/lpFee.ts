import { LostLogError } from "./lostLog.ts";

const ONE_IN_PIPS = 1_000_000;

/**
 * The pool's LP fee, in pips, after a swap on v4 that paid `swapFee` pips in all: of a dynamic-fee pool the one that
 * this swap had, of others the pool's own. `protocolFees`: pips of the input, in the direction of the swap; in both
 * where its log does not tell the direction, and then a dynamic fee that is not clear stays what it was. Throws where
 * the pool's own fee does not give the total.
 * Example: a pool at 3000 after a swap at 3499 with `[500]` is `3000`, dynamic or not.
 */
export function lpFeeAfter(
  pool: { fee: number | null; dynamicFee: boolean },
  swapFee: number,
  protocolFees: readonly number[],
): number | null {
  const { fee, dynamicFee } = pool;
  if (dynamicFee) {
    const possible = new Set(protocolFees.map((protocolFee) => lpFeeOf(swapFee, protocolFee)));
    const [found] = possible;
    return possible.size === 1 && found !== undefined ? found : fee;
  }
  if (fee !== null && protocolFees.some((protocolFee) => totalFee(fee, protocolFee) === swapFee)) return fee;
  throw new SwapFeeMismatchError(swapFee, fee, protocolFees);
}

/**
 * The LP fee, in pips, in a swap's total fee on v4. Inverts ProtocolFeeLibrary.calculateSwapFee, which rounds the LPs'
 * part up, so that with a protocol fee two neighbours may give one total: it is the greater of them, the rounder number
 * (3000 and not 2999 at 1000). `swapFee`: 0 to 10^6 pips; `protocolFee`: pips of the input, at most `swapFee`.
 * Example: `lpFeeOf(3499, 500)` is `3000`.
 */
export function lpFeeOf(swapFee: number, protocolFee: number): number {
  if (protocolFee >= swapFee) return 0;
  return Math.floor(((swapFee - protocolFee) * ONE_IN_PIPS) / (ONE_IN_PIPS - protocolFee));
}

/**
 * What a swap pays in all, in pips, on v4: the protocol takes its part of the input, the LPs theirs of the rest.
 * Mirrors ProtocolFeeLibrary.calculateSwapFee. Example: `totalFee(3000, 500)` is `3499`.
 */
export function totalFee(lpFee: number, protocolFee: number): number {
  return protocolFee + lpFee - Math.floor((protocolFee * lpFee) / ONE_IN_PIPS);
}

export class SwapFeeMismatchError extends LostLogError {
  override readonly name = "SwapFeeMismatchError";

  constructor(swapFee: number, fee: number | null, protocolFees: readonly number[]) {
    super(
      `a swap paid ${swapFee} pips, but the pool's fee is ${fee} and the protocol's ${protocolFees.join(" or ")}: the RPC left out a log of this pool`,
    );
  }
}
