const MAX_UINT256 = 2n ** 256n - 1n;

/**
 * `a * b / denominator` with a full-width product, rounded down. Mirrors FullMath.mulDiv.
 * All arguments are uint256. Example: `mulDiv(7n, 3n, 2n)` is `10n`.
 */
export function mulDiv(a: bigint, b: bigint, denominator: bigint): bigint {
  requireOperands(a, b, denominator);
  return requireUint256((a * b) / denominator);
}

/**
 * `a * b / denominator` with a full-width product, rounded up. Mirrors FullMath.mulDivRoundingUp.
 * All arguments are uint256. Example: `mulDivRoundingUp(7n, 3n, 2n)` is `11n`.
 */
export function mulDivRoundingUp(a: bigint, b: bigint, denominator: bigint): bigint {
  requireOperands(a, b, denominator);
  return requireUint256((a * b + denominator - 1n) / denominator);
}

function requireOperands(a: bigint, b: bigint, denominator: bigint): void {
  // A negative product would round towards zero and turn "down" into "up".
  if (a < 0n || b < 0n || denominator <= 0n) throw new MulDivOperandError(a, b, denominator);
}

function requireUint256(result: bigint): bigint {
  if (result > MAX_UINT256) throw new MulDivOverflowError(result);
  return result;
}

export class MulDivOperandError extends Error {
  override readonly name = "MulDivOperandError";
  readonly a: bigint;
  readonly b: bigint;
  readonly denominator: bigint;

  constructor(a: bigint, b: bigint, denominator: bigint) {
    super(
      `mulDiv(${a}, ${b}, ${denominator}) needs factors of at least 0 and a denominator of at least 1: check for a sign or a price that was never set`,
    );
    this.a = a;
    this.b = b;
    this.denominator = denominator;
  }
}

export class MulDivOverflowError extends Error {
  override readonly name = "MulDivOverflowError";
  readonly value: bigint;
  readonly bound = MAX_UINT256;

  constructor(value: bigint) {
    super(`mulDiv gave ${value}, more than the largest uint256: check the scale (X96, X128) of its factors`);
    this.value = value;
  }
}
