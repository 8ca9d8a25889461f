import type { Extremes } from "../metrics/candlePrices.ts";
import type { Closing } from "../queries/closings.ts";
import type { PoolKey } from "../queries/poolKey.ts";
import { extremesOfBlocks, extremesOfIntervals } from "../queries/priceExtremes.ts";
import type { Snapshot } from "../snapshot.ts";
import type { CandleSpan } from "./candleSpan.ts";

/** By number of the interval: of the stored five minutes, and of the blocks that they do not tell of. Two queries. */
export async function findExtremes(
  snapshot: Snapshot,
  pool: PoolKey,
  span: CandleSpan,
  closings: ReadonlyMap<number, Closing>,
): Promise<ReadonlyMap<number, readonly Extremes[]>> {
  const { starts, ends, length, fineFrom } = span;
  const [first, to] = [starts[0] ?? 0, Math.min(ends.at(-1) ?? 0, fineFrom)];
  const stored = first < to ? await extremesOfIntervals(snapshot, pool, { first, to, length }) : new Map();
  const blockBefore = (time: number) => closings.get(time)?.block.number ?? -1;
  const fine = ends.flatMap((end, number) => {
    const begin = Math.max(starts[number] ?? 0, fineFrom);
    return begin < end ? [{ number, after: blockBefore(begin), upTo: blockBefore(end) }] : [];
  });
  const traded = await extremesOfBlocks(snapshot, pool, fine);
  return new Map(
    ends.map((_, number) => [number, [stored.get(number) ?? [], traded.get(number) ?? []].flat()]),
  );
}
