import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { Q192 } from "../../math/valueMath.ts";
import type { PairDecimals } from "./value.ts";

/**
 * Whole token1 per whole token0, the nearest double; null without the decimals of both.
 * `sqrtPriceX96`: token1 raw per token0 raw. Example: 2^96 with 18 and 6 decimals is 1e12.
 */
export function price(sqrtPriceX96: bigint, decimals: PairDecimals): number | null {
  const { token0Decimals, token1Decimals } = decimals;
  if (token0Decimals === null || token1Decimals === null) return null;
  const numerator = sqrtPriceX96 * sqrtPriceX96 * 10n ** BigInt(token0Decimals);
  return toDouble(numerator, Q192 * 10n ** BigInt(token1Decimals));
}

/**
 * The price of a tick as the contract has it, rounding of its square root included; null without decimals.
 * `tick`: -887272 to 887272. Example: `priceAtTick(0, { token0Decimals: 18, token1Decimals: 18 })` is `1`.
 */
export function priceAtTick(tick: number, decimals: PairDecimals): number | null {
  return price(getSqrtPriceAtTick(tick), decimals);
}
