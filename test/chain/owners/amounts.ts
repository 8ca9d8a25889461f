import { type Fraction, fraction, minus, plus } from "./fraction.ts";

/** Of token0 and of token1, raw. */
export type Pair = readonly [bigint, bigint];

/** One worth, counted in raw token0 and in raw token1. */
export type Worth = readonly [Fraction, Fraction];

export const nothing: Pair = [0n, 0n];
export const worthless: Worth = [fraction(0n), fraction(0n)];

/** What the amounts are worth at a price. @example worthOf([1n, 1n], 2n ** 96n) // 2 and 2 */
export function worthOf([amount0, amount1]: Pair, sqrtPriceX96: bigint): Worth {
  const square = sqrtPriceX96 * sqrtPriceX96;
  const value = amount0 * square + (amount1 << 192n);
  return [fraction(value, square), fraction(value, 2n ** 192n)];
}

export function sum(...parts: readonly Worth[]): Worth {
  return [plus(...parts.map(([in0]) => in0)), plus(...parts.map(([, in1]) => in1))];
}

export function difference(a: Worth, b: Worth): Worth {
  return [minus(a[0], b[0]), minus(a[1], b[1])];
}

export function equals(a: Worth, b: Worth): boolean {
  return [0, 1].every((k) => a[k]?.n === b[k]?.n && a[k]?.d === b[k]?.d);
}

export function add(a: Pair, b: Pair): Pair {
  return [a[0] + b[0], a[1] + b[1]];
}

export function subtract(a: Pair, b: Pair): Pair {
  return [a[0] - b[0], a[1] - b[1]];
}

/** Each at least 0. */
export function positive([amount0, amount1]: Pair): Pair {
  return [amount0 > 0n ? amount0 : 0n, amount1 > 0n ? amount1 : 0n];
}

export function least(a: Pair, b: Pair): Pair {
  return [a[0] < b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1]];
}
