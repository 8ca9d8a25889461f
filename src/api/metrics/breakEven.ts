import { Q96 } from "../../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";
import { Q192, valueX192 } from "../../math/valueMath.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";

type Range = { tickLower: number; tickUpper: number; liquidity: bigint };

type Book = {
  sums: { liquidity: bigint; hold0: bigint; hold1: bigint; realizedIl1: bigint };
  held: TokenAmounts;
  ranges: readonly Range[];
  /** Of the book's life. */
  fees: TokenAmounts;
  sqrtPriceX96: bigint;
};

/** A range in square roots of price over that of now; `scale`: its liquidity in token1 at the price of now. */
type Scaled = { lower: number; upper: number; scale: number };

/** Fees less loss, its slope and half its curvature, by the square root of price over that of now. */
type Curve = { value: number; slope: number };

/**
 * The nearest moves of the price down and up, as fractions of it, at which the fees so far, valued at the moved price,
 * exactly pay the impermanent loss, what is realised and what would be unrealised then (metrics.md 4.4). By square
 * root of price that sum is a parabola between any two bounds of ranges and has no kink at them: its pieces are walked
 * outwards and solved. Null where there is no such price, without liquidity and without fees.
 * Example: full range at price 1, fees a hundredth of the liquidity in token1: -0.19 and 0.21.
 */
export function breakEven(book: Book): { lower: number | null; upper: number | null } {
  const { sums, fees, sqrtPriceX96 } = book;
  if (sums.liquidity === 0n || (fees.amount0 === 0n && fees.amount1 === 0n))
    return { lower: null, upper: null };
  return {
    lower: nearest(book, -1, toDouble(MIN_SQRT_PRICE, sqrtPriceX96)),
    upper: nearest(book, 1, toDouble(MAX_SQRT_PRICE, sqrtPriceX96)),
  };
}

function nearest(book: Book, way: 1 | -1, end: number): number | null {
  const ranges = book.ranges.map((range) => scaled(range, book.sqrtPriceX96));
  const bounds = ranges.flatMap(({ lower, upper }) => [lower, upper]).filter((at) => (at - 1) * way > 0);
  const stops = [...bounds, end].sort((a, b) => (a - b) * way);
  let at = 1;
  let curve = curveNow(book);
  for (const stop of stops) {
    const length = (stop - at) * way;
    if (length <= 0) continue;
    const bend = bendAt((at + stop) / 2, ranges, book);
    const slope = curve.slope * way;
    const step = firstRoot(curve.value, slope, bend);
    if (step !== null && step <= length) {
      const moved = at - 1 + step * way;
      return moved * (2 + moved);
    }
    curve = {
      value: curve.value + (slope + bend * length) * length,
      slope: (slope + 2 * bend * length) * way,
    };
    at = stop;
  }
  return null;
}

/** From exact integers: near the present price the sum is a small difference of large numbers. */
function curveNow({ sums, held, fees, sqrtPriceX96 }: Book): Curve {
  const net0 = held.amount0 - sums.hold0 + fees.amount0;
  const net1 = held.amount1 - sums.hold1 + fees.amount1 + sums.realizedIl1;
  return {
    value: toDouble(valueX192(net0, net1, sqrtPriceX96), Q192),
    slope: toDouble(2n * valueX192(net0, 0n, sqrtPriceX96), Q192),
  };
}

/** Half the second derivative between two bounds, `middle` being among them. */
function bendAt(middle: number, ranges: readonly Scaled[], { sums, fees, sqrtPriceX96 }: Book): number {
  const basket = toDouble(valueX192(fees.amount0 - sums.hold0, 0n, sqrtPriceX96), Q192);
  return ranges.reduce((bend, { lower, upper, scale }) => {
    if (middle >= upper) return bend;
    return bend + (middle >= lower ? -scale / upper : scale / lower - scale / upper);
  }, basket);
}

/** The least x above 0 of value + slope x + bend x^2 = 0; null without one. */
function firstRoot(value: number, slope: number, bend: number): number | null {
  const discriminant = slope * slope - 4 * bend * value;
  if (discriminant < 0) return null;
  const half = -(slope + (slope < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  const roots = [half / bend, value / half].filter((root) => Number.isFinite(root) && root > 0);
  return roots.length === 0 ? null : Math.min(...roots);
}

function scaled({ tickLower, tickUpper, liquidity }: Range, sqrtPriceX96: bigint): Scaled {
  return {
    lower: toDouble(getSqrtPriceAtTick(tickLower), sqrtPriceX96),
    upper: toDouble(getSqrtPriceAtTick(tickUpper), sqrtPriceX96),
    scale: toDouble(liquidity * sqrtPriceX96, Q96),
  };
}
