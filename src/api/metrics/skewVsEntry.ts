import { toDouble } from "../../math/toDouble.ts";
import { skewVsTarget } from "./skewVsTarget.ts";

/**
 * How far token0's share is from its share of the remaining entry basket at the prices of entry, several
 * deposits weighted by value (metrics.md 2.2): what order flow and price did to the mix since. -1 to 1; null
 * with nothing held or no basket.
 * `share0`: 0 to 1; `entryValue1`: the basket's token0 in token1 raw units at entry; `hold1`: its token1, raw.
 * Example: a share of 0.25 against a basket that came half and half is -0.5.
 */
export function skewVsEntry(position: {
  share0: number | null;
  entryValue1: bigint;
  hold1: bigint;
}): number | null {
  const { share0, entryValue1, hold1 } = position;
  const basket1 = entryValue1 + hold1;
  return basket1 === 0n ? null : skewVsTarget(share0, toDouble(entryValue1, basket1));
}
