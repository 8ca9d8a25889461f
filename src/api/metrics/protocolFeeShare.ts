const ONE_IN_PIPS = 1_000_000;

type Terms = {
  protocol: string;
  /** LP fee, pips; null while unknown. */
  fee: number | null;
  /** v2. */
  feeOn: boolean | null;
};

/**
 * The protocol's part of all that a swap pays as fee, 0 to 1, on the token whose `feeProtocol` is given in the
 * protocol's own unit (ponder.schema.ts); null where it is unknown, and where v4's swaps pay no fee.
 * v3 divides the fee by it (UniswapV3Pool.swap), PancakeSwap counts in 1/10,000 of the fee, Algebra in 1/1,000. v4 takes
 * pips of the input before the LP fee (ProtocolFeeLibrary.calculateSwapFee): its part of both. v2's is a sixth of the
 * growth of liquidity, minted as shares (UniswapV2Pair._mintFee), or nothing.
 * Example: v4 with 500 and an LP fee of 3000 is 500 of 3499.
 */
export function protocolFeeShare(pool: Terms, feeProtocol: number): number | null {
  switch (pool.protocol) {
    case "UNISWAP_V2":
      return pool.feeOn === null ? null : pool.feeOn ? 1 / 6 : 0;
    case "UNISWAP_V4":
      return pool.fee === null ? null : ofInput(feeProtocol, pool.fee);
    case "PANCAKESWAP_V3":
      return feeProtocol / 10_000;
    case "ALGEBRA_INTEGRAL":
      return feeProtocol / 1_000;
    default:
      return feeProtocol === 0 ? 0 : 1 / feeProtocol;
  }
}

function ofInput(protocolFee: number, lpFee: number): number | null {
  const total = protocolFee + lpFee - Math.floor((protocolFee * lpFee) / ONE_IN_PIPS);
  return total === 0 ? null : protocolFee / total;
}
