/** The middle value, the mean of the two middle ones where their number is even. Example: `median([3, 1, 2])` is 2. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new NothingMeasuredError();
  return (low + high) / 2;
}

/** Median with the least and the greatest value: `1.42 (1.39 to 1.51)`. */
export function spread(values: readonly number[], digits: number): string {
  const bounds = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${median(values).toFixed(digits)} (${bounds.join(" to ")})`;
}

/** Each value over the one measured beside it, in the same turn. */
export function ratios(values: readonly number[], baseline: readonly number[]): number[] {
  return values.map((value, i) => value / (baseline[i] ?? Number.NaN));
}

export class NothingMeasuredError extends Error {
  override readonly name = "NothingMeasuredError";

  constructor() {
    super("a median was asked of no values: was anything run?");
  }
}
