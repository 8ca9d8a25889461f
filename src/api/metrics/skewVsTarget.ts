/**
 * How far token0's share is from a target share: 0 at the target, +1 all token0, -1 all token1, linear on
 * either side (metrics.md 2.2). A target of 1/2 gives the inventory skew; at a target of 1 (or 0) only the
 * lower (upper) side exists. Null with nothing held.
 * `share0` and `targetShare`: 0 to 1. Example: `skewVsTarget(0.65, 0.3)` is `0.5`.
 */
export function skewVsTarget(share0: number | null, targetShare: number): number | null {
  // Stated this way round, NaN is refused too.
  if (!(targetShare >= 0 && targetShare <= 1)) throw new TargetShareOutOfRangeError(targetShare);
  if (share0 === null) return null;
  const distance = share0 - targetShare;
  return distance > 0 || targetShare === 0 ? distance / (1 - targetShare) : distance / targetShare;
}

export class TargetShareOutOfRangeError extends Error {
  override readonly name = "TargetShareOutOfRangeError";
  readonly targetShare: number;
  readonly lowest = 0;
  readonly highest = 1;

  constructor(targetShare: number) {
    super(`target share ${targetShare} is not from 0 to 1: 0.3 asks for 30 % of the value in token0`);
    this.targetShare = targetShare;
  }
}
