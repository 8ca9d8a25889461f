const ONE_IN_PIPS = 1_000_000;

/**
 * The LP fee, in pips, in a swap's total fee on v4: the least one that gives it. Inverts
 * ProtocolFeeLibrary.calculateSwapFee, which adds floor-rounded parts, so that with a protocol fee two neighbouring LP
 * fees may give one total. `swapFee`: 0 to 10^6 pips; `protocolFee`: pips of the input, at most `swapFee`.
 * Example: `lpFeeOf(3499, 500)` is `3000`.
 */
export function lpFeeOf(swapFee: number, protocolFee: number): number {
  if (protocolFee >= swapFee) return 0;
  let lpFee = Math.floor(((swapFee - protocolFee) * ONE_IN_PIPS) / (ONE_IN_PIPS - protocolFee)) - 1;
  while (totalFee(lpFee, protocolFee) < swapFee) lpFee += 1;
  return lpFee;
}

/**
 * What a swap pays in all, in pips, on v4: the protocol takes its part of the input, the LPs theirs of the rest.
 * Mirrors ProtocolFeeLibrary.calculateSwapFee. Example: `totalFee(3000, 500)` is `3499`.
 */
export function totalFee(lpFee: number, protocolFee: number): number {
  return protocolFee + lpFee - Math.floor((protocolFee * lpFee) / ONE_IN_PIPS);
}
