import { density, normalBelow } from "./normalTail.ts";

const STEPS = 6;

/**
 * The value that a standard normal variable is below with this probability, to 12 digits: Newton's steps on the
 * logarithm of {@link normalBelow}, which is near to straight far out, from Abramowitz and Stegun 26.2.23.
 * `below`: 0 to 1. Example: `normalQuantile(0.5)` is 0.
 */
export function normalQuantile(below: number): number {
  if (below > 0.5) return 0 - normalQuantile(1 - below);
  if (below === 0.5) return 0;
  if (below <= 0) return Number.NEGATIVE_INFINITY;
  const logarithm = Math.log(below);
  let z = nearby(Math.sqrt(-2 * logarithm));
  for (let step = 0; step < STEPS; step += 1) {
    const reached = normalBelow(z);
    z -= ((Math.log(reached) - logarithm) * reached) / density(z);
  }
  return z;
}

/** To within 0.0005. */
function nearby(t: number): number {
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}
