export interface Randomness {
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One item; undefined if there is none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** A bigint in [low, high], its number of digits spread evenly, so that small ones are as common as large ones. */
  size(low: bigint, high: bigint): bigint;
}

/**
 * Randomness that repeats: the same seed gives the same sequence on every machine (mulberry32, by Tommy Ettinger,
 * public domain: 32 bits of state, good enough to shuffle a scenario and no more than that).
 *
 * @example seededRandomness(1).whole(1, 6)
 */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  const below = (bound: bigint) => {
    let value = 0n;
    for (let bits = 1n; bits < bound; bits <<= 32n) value = (value << 32n) | BigInt(whole(0, 2 ** 32 - 1));
    return value % bound;
  };
  return {
    whole,
    chance: (probability) => fraction() < probability,
    pick: (items) => items[whole(0, items.length - 1)],
    size: (low, high) => {
      const bits = whole(low.toString(2).length, high.toString(2).length);
      const value = (1n << BigInt(bits - 1)) + below(1n << BigInt(bits - 1));
      return value < low ? low : value > high ? high : value;
    },
  };
}
