/** Index of the first item whose key is at least `wanted`, `items.length` if none: `[2, 4, 4], 3 -> 1`. */
export function firstAtLeast<T>(items: readonly T[], wanted: number, key: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && key(item) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
