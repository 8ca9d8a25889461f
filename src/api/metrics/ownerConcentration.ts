import { toDouble } from "../../math/toDouble.ts";

/**
 * Herfindahl index of liquidity in range by owner (metrics.md 8): `squares`, the sum of the squares of what each owner has,
 * over the square of the `sum`. 1 for one owner, 1 / n for n equal ones; one over it is how many there are in effect. Null
 * without any. Example: parts of a half, 3 and 2 tenths are 0.38.
 */
export function ownerConcentration({ squares, sum }: { squares: bigint; sum: bigint }): number | null {
  return sum === 0n ? null : toDouble(squares, sum * sum);
}
