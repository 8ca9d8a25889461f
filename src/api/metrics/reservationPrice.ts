const DAYS_A_YEAR = 365;

/**
 * Avellaneda and Stoikov's reservation price over the market's: what an LP with this skew would as soon buy as sell at, for
 * each 1 of the present price (metrics.md 10): `1 - riskAversion skew volatility² horizon`, below 1 where it is long token0.
 * A model's figure. `skew`: -1 to 1; `volatility`: a year, a fraction. May be 0 and below: no price then.
 * Example: all token0 at an aversion of 1 and a volatility of 1 in 73 days is 0.8.
 */
export function reservationRatio(
  skew: number,
  terms: { riskAversion: number; volatility: number; horizonDays: number },
): number {
  const { riskAversion, volatility, horizonDays } = terms;
  return 1 - riskAversion * skew * volatility ** 2 * (horizonDays / DAYS_A_YEAR);
}

/**
 * The same price in their own units, `s - q γ σ² (T - t)`: of the price `price`, `excess0` whole token0 above the target,
 * `riskAversion` γ in 1 / token1 and σ the volatility times the price. Its γ has to be chosen by the size of a book, where
 * {@link reservationRatio} has none.
 * Example: 1 above the target at price 10, γ 0.01 and a volatility of 1 in 365 days is 9.
 */
export function reservationPriceInUnits(
  price: number,
  excess0: number,
  terms: { riskAversion: number; volatility: number; horizonDays: number },
): number {
  const { riskAversion, volatility, horizonDays } = terms;
  return price - excess0 * riskAversion * (volatility * price) ** 2 * (horizonDays / DAYS_A_YEAR);
}

/**
 * How far a reservation price stands from the market's, in ticks; below 0 under it. `ratio`: above 0, of the two.
 * Example: a price of 1.0001 times the market's is 1 tick.
 */
export function quoteSkewTicks(ratio: number): number {
  return Math.log(ratio) / Math.log(1.0001);
}
