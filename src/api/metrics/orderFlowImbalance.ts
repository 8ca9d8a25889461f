import { toDouble } from "../../math/toDouble.ts";

/**
 * Buying less selling of token0 over both, in [-1, 1] (metrics.md 8): above 0 traders bought it and LPs got shorter.
 * `bought`, `sold`: token1 that was paid for it and got for it, raw, both at least 0; null where nothing was traded.
 * Example: 3 against 1 is 0.5.
 */
export function orderFlowImbalance(bought: bigint, sold: bigint): number | null {
  const traded = bought + sold;
  return traded === 0n ? null : toDouble(bought - sold, traded);
}
