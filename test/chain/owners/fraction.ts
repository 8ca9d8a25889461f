/** An exact rational number: values at a price are such, and nothing is rounded before it is compared. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

export const zero: Fraction = { n: 0n, d: 1n };

/** In lowest terms, the denominator above 0. @example fraction(6n, -4n) // -3/2 */
export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 0n) throw new RangeError("a fraction over 0");
  const sign = d < 0n ? -1n : 1n;
  const common = greatestCommonDivisor(n < 0n ? -n : n, d * sign);
  return { n: (n * sign) / common, d: (d * sign) / common };
}

export function plus(...parts: readonly Fraction[]): Fraction {
  return parts.reduce((a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d), zero);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
}

/** Within 2^-128 of it, with a denominator that sums of many do not make longer. */
export function close({ n, d }: Fraction): Fraction {
  return fraction((n << 128n) / d, 2n ** 128n);
}

export function size(a: Fraction): Fraction {
  return a.n < 0n ? { n: -a.n, d: a.d } : a;
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.n * b.d < b.n * a.d;
}

/** What a double is, exactly. @example ofDouble(0.5) // 1/2 */
export function ofDouble(value: number): Fraction {
  let [n, d] = [value, 1n];
  while (!Number.isInteger(n)) [n, d] = [n * 2, d * 2n];
  return fraction(BigInt(n), d);
}

/** To read in a message; nothing is compared by it. */
export function toNumber({ n, d }: Fraction): number {
  return Number((n * 10n ** 12n) / d) / 1e12;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
