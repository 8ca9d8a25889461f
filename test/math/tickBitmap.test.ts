import { describe, expect, it } from "vitest";
import { compress, flipBit, setBits, tickPosition, wordPosition } from "../../src/math/tickBitmap.ts";

describe("compress", () => {
  it.each([
    [0, 60, 0],
    [59, 60, 0],
    [60, 60, 1],
    [-1, 60, -1],
    [-60, 60, -1],
    [-61, 60, -2],
    [-887272, 1, -887272],
    [887272, 200, 4436],
    [-887272, 200, -4437],
  ])("tick %i at spacing %i is %i", (tick, spacing, compressed) => {
    expect(compress(tick, spacing)).toBe(compressed);
  });
});

describe("tickPosition", () => {
  it.each([
    [0, 0, 0],
    [255, 0, 255],
    [256, 1, 0],
    [-1, -1, 255],
    [-256, -1, 0],
    [-257, -2, 255],
    [887272, 3465, 232],
    [-887272, -3466, 24],
  ])("compressed tick %i stands in word %i at bit %i", (compressed, word, bit) => {
    expect(tickPosition(compressed)).toEqual({ word, bit });
  });
});

describe("wordPosition", () => {
  it.each([
    [0, 0, 0],
    [255, 0, 255],
    [256, 1, 0],
    [-1, -1, 255],
    [-257, -2, 255],
    [3465, 13, 137],
    [-3466, -14, 118],
  ])("word %i stands in index row %i at bit %i", (word, row, bit) => {
    expect(wordPosition(word)).toEqual({ word: row, bit });
  });
});

describe("flipBit", () => {
  it("sets, and clears again", () => {
    expect(flipBit(0n, 0)).toBe(1n);
    expect(flipBit(0n, 255)).toBe(
      57896044618658097711785492504343953926634992332820282019728792003956564819968n,
    );
    expect(flipBit(flipBit(0b100n, 1), 1)).toBe(0b100n);
    expect(flipBit(0b110n, 2)).toBe(0b010n);
  });
});

describe("setBits", () => {
  it.each([
    [0n, 0, 255, []],
    [0b10101n, 0, 255, [0, 2, 4]],
    [0b10101n, 1, 3, [2]],
    [0b10101n, -7, 2, [0, 2]],
    [1n << 255n, 0, 255, [255]],
    [1n << 255n, 0, 254, []],
    [0b11n, 2, 1, []],
  ])("of %s from %i to %i are %j", (word, first, last, bits) => {
    expect(setBits(word, first, last)).toEqual(bits);
  });
});
