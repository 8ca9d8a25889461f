/**
 * Herfindahl index of the shares of a book's assets: the sum of their squares, 1 / n for n equal ones and 1 for a single
 * one; null with nothing held (metrics.md 2.3). `values`: of each asset, 0 or more, in one unit; those without a price
 * are left out. Example: 3 and 1 is 0.625.
 */
export function concentration(values: readonly number[]): number | null {
  const all = values.reduce((sum, value) => sum + value, 0);
  return all === 0 ? null : values.reduce((sum, value) => sum + (value / all) ** 2, 0);
}
