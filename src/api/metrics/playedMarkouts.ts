import type { MarkoutSums } from "./markout.ts";

/** What one swap made of a book: changes in raw units times 2^128, fees included. `notional1`: raw token1, unsigned. */
export type BookedTrade = { timestamp: number; change0X128: bigint; change1X128: bigint; notional1: bigint };

/** Markouts under way: trades, oldest first, wait until the price `horizon` seconds after them is known. */
export type Markouts = {
  readonly horizon: number;
  readonly trades: BookedTrade[];
  /** Of the first that waits. */
  next: number;
  /** In token1, times 2^320. */
  gained: bigint;
  notional1: bigint;
  toxic1: bigint;
};

/** So many settled trades are let go at a time. */
const MOST_SETTLED = 10_000;

export function openMarkouts(horizon: number): Markouts {
  return { horizon, trades: [], next: 0, gained: 0n, notional1: 0n, toxic1: 0n };
}

/**
 * Values the trades whose horizon ended before `timestamp`, at the price that stood until then (metrics.md 7.2):
 * change0 P + change1, exact, is what the book gained by the trade.
 */
export function settleMarkouts(markouts: Markouts, timestamp: number, sqrtPriceX96: bigint): void {
  const { trades, horizon } = markouts;
  for (let trade = trades[markouts.next]; trade !== undefined; trade = trades[++markouts.next]) {
    if (trade.timestamp + horizon >= timestamp) break;
    const { change0X128, change1X128, notional1 } = trade;
    const gained = change0X128 * sqrtPriceX96 * sqrtPriceX96 + (change1X128 << 192n);
    markouts.gained += gained;
    markouts.notional1 += notional1;
    if (gained < 0n) markouts.toxic1 += notional1;
  }
  if (markouts.next < MOST_SETTLED) return;
  trades.splice(0, markouts.next);
  markouts.next = 0;
}

/** Of those that are settled: trades whose horizon has not ended count in neither. Gains are cut to 2^-192 of a unit. */
export function sumMarkouts({ gained, notional1, toxic1 }: Markouts): MarkoutSums {
  return { gainX192: gained >> 128n, notional: notional1, toxicNotional: toxic1 };
}
