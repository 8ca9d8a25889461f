import type { TokenAmounts } from "../../state/feeLedger.ts";

/** Fees of a book, raw, suffix 0 or 1 of a value being the token that it is counted in. Additive over books of one pool. */
export type BookFees = {
  /** Of the book's own life, collected or not. */
  earned: TokenAmounts;
  /** Own, and not collected yet. */
  uncollected: TokenAmounts;
  /** Own, at the price of each collection. */
  collectedValue0: bigint;
  collectedValue1: bigint;
  /** Uncollected fees that came with a transfer: what is left of them, and what that cost. */
  receivable: TokenAmounts;
  receivableCost0: bigint;
  receivableCost1: bigint;
  /** What all of them were worth when they came, and those collected since when they were. */
  receivedValue0: bigint;
  receivedValue1: bigint;
  recoveredValue0: bigint;
  recoveredValue1: bigint;
  /** As metrics.md 5.5 reports them: principal counts as collected first over the whole life. */
  reported: { uncollected: TokenAmounts; collected: TokenAmounts };
};

/** What came with no transfer: a position's own book. */
export const NOTHING_RECEIVED = {
  receivable: { amount0: 0n, amount1: 0n },
  ...{ receivableCost0: 0n, receivableCost1: 0n, receivedValue0: 0n, receivedValue1: 0n },
  ...{ recoveredValue0: 0n, recoveredValue1: 0n },
};

/** The fees of two books of one pool as those of one. */
export function addFees(a: BookFees, b: BookFees): BookFees {
  return {
    earned: add(a.earned, b.earned),
    uncollected: add(a.uncollected, b.uncollected),
    collectedValue0: a.collectedValue0 + b.collectedValue0,
    collectedValue1: a.collectedValue1 + b.collectedValue1,
    receivable: add(a.receivable, b.receivable),
    receivableCost0: a.receivableCost0 + b.receivableCost0,
    receivableCost1: a.receivableCost1 + b.receivableCost1,
    receivedValue0: a.receivedValue0 + b.receivedValue0,
    receivedValue1: a.receivedValue1 + b.receivedValue1,
    recoveredValue0: a.recoveredValue0 + b.recoveredValue0,
    recoveredValue1: a.recoveredValue1 + b.recoveredValue1,
    reported: {
      uncollected: add(a.reported.uncollected, b.reported.uncollected),
      collected: add(a.reported.collected, b.reported.collected),
    },
  };
}

function add(a: TokenAmounts, b: TokenAmounts): TokenAmounts {
  return { amount0: a.amount0 + b.amount0, amount1: a.amount1 + b.amount1 };
}
