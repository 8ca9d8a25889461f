/** Where a bit stands: the key of its 256-bit word and its place in it, 0 to 255. */
export type BitPosition = { word: number; bit: number };

/**
 * A tick in units of tick spacing, rounded towards minus infinity. Mirrors TickBitmap.compress.
 * `tickSpacing`: 1 to 32767. Example: `compress(-1, 60)` is `-1`.
 */
export function compress(tick: number, tickSpacing: number): number {
  return Math.floor(tick / tickSpacing);
}

/**
 * The word and bit of a compressed tick. Mirrors TickBitmap.position.
 * Example: `tickPosition(-1)` is `{ word: -1, bit: 255 }`.
 */
export function tickPosition(compressedTick: number): BitPosition {
  return { word: compressedTick >> 8, bit: compressedTick & 0xff };
}

/**
 * The second level: the index row and bit that say whether a word of 256 ticks is non-empty. At most 28
 * index rows hold a whole pool, also at spacing 1. Example: `wordPosition(-3466)` is `{ word: -14, bit: 118 }`.
 */
export function wordPosition(word: number): BitPosition {
  return { word: word >> 8, bit: word & 0xff };
}

/** A word with one bit turned over. Mirrors TickBitmap.flipTick. Example: `flipBit(0n, 255)` is `2n ** 255n`. */
export function flipBit(word: bigint, bit: number): bigint {
  return word ^ (1n << BigInt(bit));
}

/** The places of the bits that are set in a word, from `first` to `last`. Example: `setBits(5n, 1, 255)` is `[2]`. */
export function setBits(word: bigint, first: number, last: number): number[] {
  const bits: number[] = [];
  let bit = Math.max(first, 0);
  let rest = word >> BigInt(bit);
  for (; rest !== 0n && bit <= last; bit++) {
    if (rest & 1n) bits.push(bit);
    rest >>= 1n;
  }
  return bits;
}
