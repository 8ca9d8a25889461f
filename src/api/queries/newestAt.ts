/**
 * What stood at a block, of rows that tell the state after theirs: the newest at or before it, undefined where there is
 * none. Example: of rows of blocks 3 and 7, at 6 the first, at 2 none.
 */
export function newestAt<T extends { blockNumber: number }>(
  rows: readonly T[],
): (blockNumber: number) => T | undefined {
  const sorted = [...rows].sort((a, b) => a.blockNumber - b.blockNumber);
  return (blockNumber) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = sorted[middle];
      if (row !== undefined && row.blockNumber <= blockNumber) low = middle + 1;
      else high = middle;
    }
    return sorted[low - 1];
  };
}
