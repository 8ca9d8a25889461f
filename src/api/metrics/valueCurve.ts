import { Q96 } from "../../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../../math/tickMath.ts";
import { toDouble } from "../../math/toDouble.ts";

/** Null bounds: all prices, as LP tokens of a pair. */
export type CurveRange = { bounds: { tickLower: number; tickUpper: number } | null; liquidity: bigint };

/**
 * What a range of liquidity is worth by the square root of price over that of now, less 1: its *offset*, 0 now, -1 at a
 * price of 0. Bounds are offsets, of exact differences: near ones would lose their digits as ratios. They are ratios too: of one
 * far below the offset is -1.
 */
export type ValueCurve = {
  /** `L sqrt(P)`, raw token1. */
  scale: number;
  /** Null where it has none. */
  bounds: { lower: number; upper: number; lowerRoot: number; upperRoot: number; width: number } | null;
};

/** Example: liquidity 4 over all prices at price 1 has scale 4 and no bounds. */
export function valueCurve({ bounds, liquidity }: CurveRange, sqrtPriceX96: bigint): ValueCurve {
  const scale = toDouble(liquidity * sqrtPriceX96, Q96);
  if (bounds === null) return { scale, bounds };
  const [lower, upper] = [getSqrtPriceAtTick(bounds.tickLower), getSqrtPriceAtTick(bounds.tickUpper)];
  return {
    scale,
    bounds: {
      lower: toDouble(lower - sqrtPriceX96, sqrtPriceX96),
      upper: toDouble(upper - sqrtPriceX96, sqrtPriceX96),
      lowerRoot: toDouble(lower, sqrtPriceX96),
      upperRoot: toDouble(upper, sqrtPriceX96),
      width: toDouble(upper - lower, sqrtPriceX96),
    },
  };
}

/**
 * What principal gains between two offsets, raw token1: 0 or more, value does not fall with the price. A sum of what
 * each part of the way gives, without differences of values. Example: liquidity 4 over all prices, from 0 to 1, is 8.
 */
export function gainBetween({ scale, bounds }: ValueCurve, from: number, to: number): number {
  if (bounds === null) return scale * 2 * (to - from);
  const { lower, upper, lowerRoot, upperRoot, width } = bounds;
  const [below, belowTo] = [Math.min(from, lower), Math.min(to, lower)];
  const [inside, insideTo] = [clamp(from, lower, upper), clamp(to, lower, upper)];
  const step = inside === lower && insideTo === upper ? width : insideTo - inside;
  const held = width / (lowerRoot * upperRoot);
  return (
    scale * held * (belowTo - below) * (2 + belowTo + below) +
    (scale * step * (upper - inside + (upper - insideTo))) / upperRoot
  );
}

/** How value grows with the offset, below the range and in it, raw token1. Above it does not. */
export function slopeBelow({ scale, bounds }: ValueCurve, offset: number): number {
  if (bounds === null) return 0;
  return (2 * scale * bounds.width * (1 + offset)) / (bounds.lowerRoot * bounds.upperRoot);
}

export function slopeInside({ scale, bounds }: ValueCurve, offset: number): number {
  if (bounds === null) return 2 * scale;
  return (2 * scale * Math.max(0, bounds.upper - offset)) / bounds.upperRoot;
}

/**
 * What rebalancing would have been ahead by between now and an offset: what the token0 held now gains, less what
 * principal gains; 0 or more (metrics.md 7.1). Raw token1. Example: liquidity 4 over all prices, to 0.5, is 1.
 */
export function lossToHolding({ scale, bounds }: ValueCurve, offset: number): number {
  if (bounds === null) return scale * offset * offset;
  const { lower, upper, lowerRoot, upperRoot, width } = bounds;
  const rootAt = (at: number) => (at === lower ? lowerRoot : at === upper ? upperRoot : 1 + at);
  const [start, end] = [clamp(0, lower, upper), clamp(offset, lower, upper)];
  const step =
    start === lower && end === upper ? width : start === upper && end === lower ? -width : end - start;
  const [s0, s1, s] = [rootAt(start), rootAt(end), 1 + offset];
  // s^2 - s0 s1, which in range is s (s - s0).
  const surplus = end === offset ? s * (offset - start) : s * s - s0 * s1;
  return (scale * step * surplus) / (s0 * s1);
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
