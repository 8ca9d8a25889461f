import { toDouble } from "../../math/toDouble.ts";
import type { LiquidityAtPrice } from "./gamma.ts";

const Q96 = 2n ** 96n;
const DAYS_A_YEAR = 365;

/**
 * What rebalancing is expected to gain on a position a day, in whole token1, where the price moves at `volatility` (a
 * year, a fraction): a quarter of `L sqrt(P)` times its square, over 365 (metrics.md 3). A model's figure: no drift, no
 * jumps, and the price stays where it is. 0 without liquidity in range; null without token1's decimals.
 * Example: 365 of liquidity at price 1, in a token without decimals, at a volatility of 2 is 1.
 */
export function modelLvr(
  at: LiquidityAtPrice,
  token1Decimals: number | null,
  volatility: number,
): number | null {
  const scale = liquidityValue(at, token1Decimals);
  return scale === null ? null : (scale * volatility ** 2) / 4 / DAYS_A_YEAR;
}

/**
 * What a day's {@link modelLvr} takes off the carry for each point (0.01) of volatility more, in whole token1; at
 * most 0. Example: 36,500 of liquidity at price 1, in a token without decimals, at a volatility of 2 is -1.
 */
export function modelVega(
  at: LiquidityAtPrice,
  token1Decimals: number | null,
  volatility: number,
): number | null {
  const scale = liquidityValue(at, token1Decimals);
  // 0 less it: a volatility of 0 is not to come out as -0.
  return scale === null ? null : 0 - (scale * volatility) / 2 / DAYS_A_YEAR / 100;
}

/**
 * The volatility, a year, at which {@link modelLvr} takes as much as `feesADay`, in whole token1, brings. Null without
 * liquidity in range, without fees known, and with fees below 0, which a token that takes from balances can bring.
 * Example: 365 of liquidity at price 1, in a token without decimals, and 1 a day is 2.
 */
export function breakEvenVolatility(
  at: LiquidityAtPrice,
  token1Decimals: number | null,
  feesADay: number | null,
): number | null {
  const scale = liquidityValue(at, token1Decimals);
  if (scale === null || scale === 0 || feesADay === null || feesADay < 0) return null;
  return Math.sqrt((4 * feesADay * DAYS_A_YEAR) / scale);
}

/** `L sqrt(P)` in whole token1: half of what the liquidity over all prices would be worth. */
function liquidityValue(
  { liquidity, sqrtPriceX96 }: LiquidityAtPrice,
  token1Decimals: number | null,
): number | null {
  return token1Decimals === null
    ? null
    : toDouble(liquidity * sqrtPriceX96, Q96 * 10n ** BigInt(token1Decimals));
}
