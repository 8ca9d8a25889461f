/**
 * The skew as a bar of 11 cells with the middle marked: to the right for +1, all token0, to the left for -1.
 *
 * @param skew in [-1, 1]; null gives an empty bar
 * @example skewBar(0.4) // "·····│██···"
 */
export function skewBar(skew: number | null): string {
  const cells = Math.round(Math.abs(skew ?? 0) * 5);
  const side = "█".repeat(cells);
  const left = (skew ?? 0) < 0 ? side.padStart(5, "·") : "·".repeat(5);
  const right = (skew ?? 0) > 0 ? side.padEnd(5, "·") : "·".repeat(5);
  return `${left}│${right}`;
}
