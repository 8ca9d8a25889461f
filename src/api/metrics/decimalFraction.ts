/** A number as a ratio of whole ones; `denominator` is a power of ten. */
export type Fraction = { numerator: bigint; denominator: bigint };

/**
 * The decimal number that a finite double is written as, exactly: 0.95 is 19/20 and not the double next to it, so that a
 * quantile's rank and a moved price are what was asked for. Example: `decimalFraction(-0.25)` is -25 over 100.
 */
export function decimalFraction(value: number): Fraction {
  const [, sign, whole, decimals = "", exponent = "0"] = DECIMAL.exec(String(value)) ?? [];
  if (whole === undefined) throw new NoDecimalError(value);
  const digits = BigInt(whole + decimals) * (sign === "-" ? -1n : 1n);
  const power = Number(exponent) - decimals.length;
  return power < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-power) }
    : { numerator: digits * 10n ** BigInt(power), denominator: 1n };
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/u;

export class NoDecimalError extends Error {
  override readonly name = "NoDecimalError";
  readonly value: number;

  constructor(value: number) {
    super(`${value} is no decimal number: check that it is finite before it is used`);
    this.value = value;
  }
}
