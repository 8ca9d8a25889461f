/** What something was at each mark, in any unit: two marks' ratio is its move. Null where it does not move. */
export type Levels = Float64Array | null;

/** Liquidity of a pool; bounds by root of price over that of now, less 1, as in ValueCurve; null: all prices. */
export type SimulatedRange = {
  bounds: { lower: number; upper: number } | null;
  /** `L / sqrt(P)` and `L sqrt(P)`, each in the quote token at its own token's price of now; 0 where it has none. */
  worth0: number;
  worth1: number;
};

/** A pool's ranges, with the levels of the root of its price and of its tokens' quote prices. */
export type SimulatedPool = {
  root: Levels;
  token0: Levels;
  token1: Levels;
  ranges: readonly SimulatedRange[];
};

export type SimulatedBook = {
  pools: readonly SimulatedPool[];
  /** What does not change in amount, in the quote token now. */
  amounts: readonly { levels: Levels; worth: number }[];
};

/**
 * What a book would lose today by each move that the past made over `steps` marks, all prices moving as they did together
 * (metrics.md 9): in the quote token, below 0 for a gain. `marks`: how many levels there are. In doubles, good to 1e-9 of a
 * position one tick wide and better of others. Example: 10 of a token that went from 4 to 3 lose 2.5.
 */
export function simulatedLosses(book: SimulatedBook, marks: number, steps: number): number[] {
  return Array.from({ length: Math.max(0, marks - steps) }, (_, from) => {
    const to = from + steps;
    let loss = 0;
    for (const { levels, worth } of book.amounts) loss += worth * (1 - moveOf(levels, from, to));
    for (const { root, token0, token1, ranges } of book.pools) {
      const [by0, by1] = [moveOf(token0, from, to), moveOf(token1, from, to)];
      const offset = moveOf(root, from, to) - 1;
      for (const range of ranges) loss += worthAt(range, 0, 1, 1) - worthAt(range, offset, by0, by1);
    }
    return loss;
  });
}

/** A ratio; 1 where nothing moves. */
function moveOf(levels: Levels, from: number, to: number): number {
  return levels === null ? 1 : (levels[to] ?? 1) / (levels[from] ?? 1);
}

function worthAt(
  { bounds, worth0, worth1 }: SimulatedRange,
  offset: number,
  by0: number,
  by1: number,
): number {
  if (bounds === null) return (worth0 * by0) / (1 + offset) + worth1 * by1 * (1 + offset);
  const { lower, upper } = bounds;
  const at = Math.min(upper, Math.max(lower, offset));
  return (worth0 * by0 * (upper - at)) / ((1 + at) * (1 + upper)) + worth1 * by1 * (at - lower);
}
