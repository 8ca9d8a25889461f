import { priceAtTick } from "./price.ts";
import type { PairDecimals } from "./value.ts";

type Range = { tickLower: number; tickUpper: number };

/**
 * The geometric centre of a range, token1 per token0 in whole tokens: seen as an option that the LP has sold, its strike
 * (metrics.md 3; Lambert, "Uniswap v3 LP tokens as perpetual put and call options"). Half of the value is in each token
 * there. To twelve digits; null without decimals. Example: ticks -100 and 300 with equal decimals are 1.0001^100.
 */
export function optionStrike({ tickLower, tickUpper }: Range, decimals: PairDecimals): number | null {
  const lower = priceAtTick(tickLower, decimals);
  return lower === null ? null : lower * rangeFactor({ tickLower, tickUpper });
}

/**
 * How far the bounds are from the centre, as a factor above 1: the upper bound is the strike times it, the lower one the
 * strike over it. Example: ticks -100 and 300 are 1.0001^200.
 */
export function rangeFactor({ tickLower, tickUpper }: Range): number {
  return 1.0001 ** ((tickUpper - tickLower) / 2);
}
