import { toDouble } from "../../math/toDouble.ts";
import { Q192 } from "../../math/valueMath.ts";

/** Over swaps: what LPs gained by a later price, token1 units times 2^192, and token1 units traded, in all and at a loss. */
export type MarkoutSums = { gainX192: bigint; notional: bigint; toxicNotional: bigint };

/**
 * The LPs' mean gain on a swap, fees included, as a fraction of its notional: of each what the pool got less what it
 * gave, at a later price (metrics.md 7.2). Above 0 the LPs gained; null with nothing traded.
 * Example: selling 2 for 4,010 and buying 1.5 for 2,990, both worth 2,005 later, is 17.5 over 7,000.
 */
export function markout({ gainX192, notional }: MarkoutSums): number | null {
  return notional === 0n ? null : toDouble(gainX192, notional * Q192);
}

/**
 * The part of what was traded, in [0, 1], that LPs lost on by a later price (metrics.md 7.2); null with nothing traded.
 * Example: 2,990 of 9,006 at a loss is 0.332.
 */
export function toxicVolumeShare({ toxicNotional, notional }: MarkoutSums): number | null {
  return notional === 0n ? null : toDouble(toxicNotional, notional);
}
