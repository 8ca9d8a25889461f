import { describe, expect, it } from "vitest";
import { medianPrice } from "../../../src/api/metrics/medianPrice.ts";

const FROM = 1_000;
const TO = 2_800;

/** Each price with the second from which it stood. */
function median(...prices: [timestamp: number, sqrtPriceX96: bigint][]): bigint | null {
  return medianPrice(
    prices.map(([timestamp, sqrtPriceX96]) => ({ timestamp, sqrtPriceX96 })),
    FROM,
    TO,
  );
}

describe("medianPrice", () => {
  it("is the price that stood all the time, however long before", () => {
    expect(median([1, 7n])).toBe(7n);
    expect(median([FROM, 7n])).toBe(7n);
  });

  it("counts each price for the seconds that it stood within the window", () => {
    // 2 for 900 seconds, 4 for 300, 3 for 600; then 2 for 899.
    expect(median([1, 2n], [1_900, 4n], [2_200, 3n])).toBe(2n);
    expect(median([1, 2n], [1_899, 4n], [2_200, 3n])).toBe(3n);
    // 9 for 1,000 seconds in two parts.
    expect(median([1, 9n], [1_600, 1n], [2_000, 5n], [2_400, 9n])).toBe(9n);
  });

  it("takes the lower of two that share the middle", () => {
    expect(median([1, 8n], [1_900, 2n])).toBe(2n);
    expect(median([1, 2n], [1_900, 8n])).toBe(2n);
  });

  it("is not moved by one block, be it the last one or one that stood for a minute", () => {
    expect(median([1, 5n], [TO, 1_000_000n])).toBe(5n);
    expect(median([1, 5n], [TO - 60, 1_000_000n])).toBe(5n);
    expect(median([1, 5n], [2_000, 1n], [2_012, 5n])).toBe(5n);
  });

  it("is not moved by many prices of little time: blocks are not votes", () => {
    const flurry = Array.from({ length: 100 }, (_, i): [number, bigint] => [2_600 + i, 1_000_000n]);
    expect(median([1, 5n], ...flurry)).toBe(5n);
  });

  it("moves with what stood for more than half of the time", () => {
    expect(median([1, 5n], [1_899, 6n])).toBe(6n);
  });

  it("of a pool that had no price at the start is of the seconds since, once they are half of the time", () => {
    expect(median([1_900, 5n])).toBe(5n);
    expect(median([1_900, 5n], [2_300, 9n])).toBe(9n);
    expect(median([1_901, 5n])).toBeNull();
    expect(median([2_700, 5n])).toBeNull();
  });

  it("is null where no price stood for a second", () => {
    expect(median()).toBeNull();
    expect(median([TO, 5n])).toBeNull();
  });

  it("takes the last of several blocks of one second", () => {
    expect(median([1_500, 1n], [1_500, 2n], [1_500, 3n])).toBe(3n);
  });
});
