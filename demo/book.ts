import { getAmountsForLiquidity } from "../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../src/math/tickMath.ts";

/** The demo's pool opens at so many dollars an ether. */
const openingPrice = 2000;
/** The tick of it, which prices keep returning to. */
export const homeTick = tickOf(openingPrice);

export interface BookEntry {
  /** By number. */
  lp: number;
  /** Dollars an ether. */
  from: number;
  to: number;
  /** Put in at most: half in each token, of which a range takes what it asks for. */
  dollars: number;
  /** Held in the pool itself, as vaults do, where the protocol lets one. */
  direct: boolean;
}

/** Wide, narrow and one-sided ones; LP 3 and LP 8 each have two on one range, which LP 11 shares. */
export const book: readonly BookEntry[] = [
  entry(0, 0, Number.POSITIVE_INFINITY, 250_000),
  entry(0, 1000, 4000, 120_000),
  entry(1, 1500, 2600, 90_000),
  entry(1, 1800, 2200, 40_000),
  entry(1, 1950, 2050, 15_000),
  entry(2, 1200, 3200, 150_000),
  entry(2, 2050, 2400, 30_000),
  entry(3, 1900, 2100, 50_000),
  entry(3, 1900, 2100, 25_000),
  entry(3, 1700, 1960, 20_000),
  entry(4, 1975, 2025, 18_000),
  entry(4, 2025, 2075, 12_000),
  entry(4, 1925, 1975, 12_000),
  entry(5, 1600, 2400, 75_000),
  entry(5, 2100, 2700, 35_000),
  entry(6, 1850, 2150, 60_000),
  entry(6, 1400, 1900, 45_000),
  entry(6, 2200, 2300, 8_000),
  entry(7, 500, 8000, 200_000),
  entry(7, 1980, 2120, 22_000),
  entry(8, 1750, 2250, 33_000),
  entry(8, 1750, 2250, 66_000),
  entry(8, 1880, 1990, 10_000),
  entry(9, 1990, 2010, 9_000),
  entry(9, 1940, 2140, 28_000),
  entry(10, 1650, 2350, 55_000),
  entry(10, 2000, 3000, 48_000),
  entry(10, 1000, 2000, 48_000),
  entry(11, 1900, 2100, 31_000),
  { ...entry(11, 1820, 2180, 32_475), direct: true },
];

function entry(lp: number, from: number, to: number, dollars: number): BookEntry {
  return { lp, from, to, dollars, direct: false };
}

export interface Ticks {
  tickLower: number;
  tickUpper: number;
}

/** The range of two prices, at the spacing; a price of 0 or infinity is the outermost tick. */
export function ticksOf(from: number, to: number, tickSpacing: number): Ticks {
  const most = Math.floor(887_272 / tickSpacing) * tickSpacing;
  const snap = (price: number) => Math.round(tickOf(price) / tickSpacing) * tickSpacing;
  return { tickLower: from === 0 ? -most : snap(from), tickUpper: Number.isFinite(to) ? snap(to) : most };
}

/** The liquidity of a range when the pool opens, for so many dollars: half of them at most in each token. */
export function liquidityOf(dollars: number, { tickLower, tickUpper }: Ticks): bigint {
  const liquidity = 10n ** 24n;
  const range = { sqrtPriceX96: getSqrtPriceAtTick(homeTick), tick: homeTick, tickLower, tickUpper };
  const { amount0, amount1 } = getAmountsForLiquidity({ ...range, liquidity, roundUp: true });
  const worth0 = (amount0 * BigInt(openingPrice)) / 10n ** 12n;
  const half = (BigInt(dollars) * 10n ** 6n) / 2n;
  return (half * liquidity) / (worth0 > amount1 ? worth0 : amount1);
}

/** The tick nearest to a price in whole dollars a whole ether. */
function tickOf(price: number): number {
  return Math.round(Math.log(price * 1e-12) / Math.log(1.0001));
}
