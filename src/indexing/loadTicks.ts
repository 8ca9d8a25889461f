import schema from "ponder:schema";
import { compress, setBits, tickPosition, wordPosition } from "../math/tickBitmap.ts";
import type { InitializedTick } from "../state/tick.ts";
import type { EventScope } from "./eventScope.ts";
import { tickState } from "./saveTicks.ts";

type Bitmaps = { poolId: `0x${string}`; tickSpacing: number };

/**
 * The initialised ticks t with `from < t <= to`, lowest first. Reads index rows, the words that are not empty
 * and those ticks: a sweep of a pool's whole range costs no read for its empty words.
 */
export async function loadTicks(
  { db, chainId }: Pick<EventScope, "db" | "chainId">,
  { poolId, tickSpacing }: Bitmaps,
  from: number,
  to: number,
): Promise<InitializedTick[]> {
  const first = compress(from, tickSpacing) + 1;
  const last = compress(to, tickSpacing);
  const found: InitializedTick[] = [];
  for (const word of await wordsBetween({ db, chainId }, poolId, first, last)) {
    const bitmap = (await db.find(schema.tickWord, { chainId, poolId, word }))?.bitmap ?? 0n;
    for (const bit of setBits(bitmap, first - word * 256, last - word * 256)) {
      const tick = (word * 256 + bit) * tickSpacing;
      const row = await db.find(schema.tick, { chainId, poolId, tick });
      if (row === null) throw new UnknownTickError(poolId, tick);
      found.push({ tick, ...tickState(row) });
    }
  }
  return found;
}

/** The words that may hold ticks from `first` to `last`, compressed: by the index, where they are several. */
async function wordsBetween(
  { db, chainId }: Pick<EventScope, "db" | "chainId">,
  poolId: `0x${string}`,
  first: number,
  last: number,
): Promise<number[]> {
  if (first > last) return [];
  const { word: firstWord } = tickPosition(first);
  const { word: lastWord } = tickPosition(last);
  if (firstWord === lastWord) return [firstWord];
  const words: number[] = [];
  for (
    let { word: wordIndex } = wordPosition(firstWord);
    wordIndex <= wordPosition(lastWord).word;
    wordIndex++
  ) {
    const bitmap = (await db.find(schema.tickWordIndex, { chainId, poolId, wordIndex }))?.bitmap ?? 0n;
    const start = wordIndex * 256;
    for (const bit of setBits(bitmap, firstWord - start, lastWord - start)) words.push(start + bit);
  }
  return words;
}

export class UnknownTickError extends Error {
  override readonly name = "UnknownTickError";
  readonly tick: number;

  constructor(poolId: string, tick: number) {
    super(
      `tick ${tick} of pool ${poolId} is in the bitmap and has no row: delete the database and index again`,
    );
    this.tick = tick;
  }
}
