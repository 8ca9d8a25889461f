const CHUNK_BITS = 1000;
const CHUNK = 2n ** BigInt(CHUNK_BITS);

/**
 * `numerator / denominator` as the nearest double, whatever the size of the two: the quotient is cut to at
 * least 64 significant bits in integers first. Signed. `denominator` is not 0.
 * Example: `toDouble(1n, 3n)` is `1 / 3`.
 */
export function toDouble(numerator: bigint, denominator = 1n): number {
  if (denominator === 0n) throw new ZeroDenominatorError(numerator);
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  if (n === 0n) return 0;
  const shift = 68 - bitLength(n) + bitLength(d);
  const scaledN = shift > 0 ? n << BigInt(shift) : n;
  const scaledD = shift < 0 ? d << BigInt(-shift) : d;
  // The lowest bit stands for all that was cut off, so that the double rounds once only.
  const quotient = scaledN / scaledD;
  const sticky = quotient * scaledD === scaledN ? quotient : quotient | 1n;
  const magnitude = timesPowerOfTwo(Number(sticky), -shift);
  if (magnitude === Number.POSITIVE_INFINITY) throw new DoubleOverflowError(shift);
  return negative ? -magnitude : magnitude;
}

/** To within one bit, which is all that the scale above needs. */
function bitLength(value: bigint): number {
  let bits = 0;
  let rest = value;
  while (rest >= CHUNK) {
    rest >>= BigInt(CHUNK_BITS);
    bits += CHUNK_BITS;
  }
  return bits + Math.floor(Math.log2(Number(rest))) + 1;
}

/** In two halves, since 2 ** exponent alone may leave the range of a double where the product does not. */
function timesPowerOfTwo(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

export class ZeroDenominatorError extends Error {
  override readonly name = "ZeroDenominatorError";
  readonly numerator: bigint;

  constructor(numerator: bigint) {
    super(
      `${numerator} / 0 has no value: a ratio with nothing below the line is null, check before dividing`,
    );
    this.numerator = numerator;
  }
}

export class DoubleOverflowError extends Error {
  override readonly name = "DoubleOverflowError";
  readonly shift: number;
  readonly bound = Number.MAX_VALUE;

  constructor(shift: number) {
    super(`a quotient of about 2^${68 - shift} is more than a double holds: check its scale`);
    this.shift = shift;
  }
}
