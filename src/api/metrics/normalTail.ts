/** From here on the fraction takes few steps, and what the series would be taken off 1 for is too small for that. */
const FRACTION_FROM = 2;
const FRACTION_STEPS = 120;

/**
 * The probability that a standard normal variable is below `z`, to 12 digits of its own size in the lower tail too, where
 * 1 less a value near 1 has none left. Example: `normalBelow(0)` is 0.5.
 */
export function normalBelow(z: number): number {
  if (z > FRACTION_FROM) return 1 - lowerTail(-z);
  return z < -FRACTION_FROM ? lowerTail(z) : 0.5 + fromMiddle(z);
}

/** Between 0 and `z`: density times z + z^3 / 3 + z^5 / 15 + ... */
function fromMiddle(z: number): number {
  let [term, sum] = [z, z];
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum * density(z);
}

/** Laplace's fraction, from its end: density over x + 1 / (x + 2 / (x + 3 / ...)), x = -z. */
function lowerTail(z: number): number {
  let below = -z;
  for (let step = FRACTION_STEPS; step > 0; step -= 1) below = -z + step / below;
  return density(z) / below;
}

/** Of the standard normal at `z`. Example: `density(0)` is 0.3989. */
export function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
