import type { PositionLedger } from "../../state/holdBasket.ts";

/** Sums of a book up to a point, raw (ponder.schema.ts). Additive over books of one pool but for `secondsOpen`. */
export type BookSums = Omit<PositionLedger, "released0" | "released1"> & {
  /** Up to the point, time with liquidity; of several books the longest. */
  secondsOpen: number;
  /** Up to the point, capital times seconds, token1 units. */
  capitalSeconds1: bigint;
};

/**
 * The sums of two books of one pool as those of one. `maxCapital1` becomes the sum of what each of them had at most,
 * which both need not have had at once.
 */
export function addSums(a: BookSums, b: BookSums): BookSums {
  return {
    liquidity: a.liquidity + b.liquidity,
    hold0: a.hold0 + b.hold0,
    hold1: a.hold1 + b.hold1,
    entryValue1: a.entryValue1 + b.entryValue1,
    cost0: a.cost0 + b.cost0,
    cost1: a.cost1 + b.cost1,
    maxCapital1: a.maxCapital1 + b.maxCapital1,
    realizedIl0: a.realizedIl0 + b.realizedIl0,
    realizedIl1: a.realizedIl1 + b.realizedIl1,
    deposited0: a.deposited0 + b.deposited0,
    deposited1: a.deposited1 + b.deposited1,
    depositedValue0: a.depositedValue0 + b.depositedValue0,
    depositedValue1: a.depositedValue1 + b.depositedValue1,
    withdrawn0: a.withdrawn0 + b.withdrawn0,
    withdrawn1: a.withdrawn1 + b.withdrawn1,
    withdrawnValue0: a.withdrawnValue0 + b.withdrawnValue0,
    withdrawnValue1: a.withdrawnValue1 + b.withdrawnValue1,
    secondsOpen: Math.max(a.secondsOpen, b.secondsOpen),
    capitalSeconds1: a.capitalSeconds1 + b.capitalSeconds1,
  };
}
