import { firstAtLeast } from "./searchSorted.ts";

const SECONDS_PER_BLOCK = 12;

/**
 * Unix seconds of every block, from the blocks whose time is known: a straight line between two known blocks
 * (rounded down), 12 s a block before the first and after the last, never below 0. Non-decreasing.
 *
 * @example createBlockClock(new Map([[10, 100], [14, 150]]))(11) // 112
 */
export function createBlockClock(known: ReadonlyMap<number, number>): (block: number) => number {
  const points = [...known].map(([block, time]) => ({ block, time })).sort((a, b) => a.block - b.block);
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before !== undefined && before.time > point.time)
      throw new TimeRunsBackError(point.block, point.time);
  });
  const first = points[0] ?? { block: 0, time: 0 };

  return (block) => {
    const index = firstAtLeast(points, block, (point) => point.block);
    const next = points[index];
    if (next?.block === block) return next.time;
    const previous = points[index - 1];
    if (previous === undefined) return Math.max(0, first.time - SECONDS_PER_BLOCK * (first.block - block));
    if (next === undefined) return previous.time + SECONDS_PER_BLOCK * (block - previous.block);
    const share = (block - previous.block) / (next.block - previous.block);
    return previous.time + Math.floor((next.time - previous.time) * share);
  };
}

export class TimeRunsBackError extends Error {
  readonly block: number;
  readonly time: number;
  constructor(block: number, time: number) {
    super(`Block ${block} is recorded at ${time}, before an earlier block: check the logs' timestamps.`);
    this.block = block;
    this.time = time;
  }
}
