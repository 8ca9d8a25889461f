import { toDouble } from "../../math/toDouble.ts";

/** What was booked of a book up to the end of one block, in token1 units. */
export type Booked = {
  depositedValue1: bigint;
  withdrawnValue1: bigint;
  realizedIl1: bigint;
  cost1: bigint;
  collectedValue1: bigint;
  /** Fees that came with a transfer: worth then, what the rest of them cost, and worth when collected. */
  receivedValue1: bigint;
  receivableCost1: bigint;
  recoveredValue1: bigint;
};

/** A book's flows, in the quote token at the prices of their own blocks. Additive over books. */
export type QuotedFlows = {
  deposited: number;
  withdrawn: number;
  realizedIl: number;
  /** What the deposits still at work cost. */
  cost: number;
  collected: number;
  received: number;
  /** What is left of that cost. */
  receivableCost: number;
  recovered: number;
};

const NOTHING_BOOKED: Booked = {
  ...{ depositedValue1: 0n, withdrawnValue1: 0n, realizedIl1: 0n, cost1: 0n },
  ...{ collectedValue1: 0n, receivedValue1: 0n, receivableCost1: 0n, recoveredValue1: 0n },
};

const NO_FLOWS: QuotedFlows = {
  ...{ deposited: 0, withdrawn: 0, realizedIl: 0, cost: 0, collected: 0 },
  ...{ received: 0, receivableCost: 0, recovered: 0 },
};

/** Whether anything flowed between two bookings, so that a price is needed. */
export function flowed(after: Booked, before: Booked = NOTHING_BOOKED): boolean {
  return (
    after.depositedValue1 !== before.depositedValue1 ||
    after.withdrawnValue1 !== before.withdrawnValue1 ||
    after.realizedIl1 !== before.realizedIl1 ||
    after.collectedValue1 !== before.collectedValue1 ||
    after.receivedValue1 !== before.receivedValue1 ||
    after.recoveredValue1 !== before.recoveredValue1
  );
}

/**
 * Each flow of a book at the quote price of its own block (metrics.md 4.6). `history`: the book after each block in
 * which it changed, oldest first, and what one raw unit of token1 was worth then; flows of one block are taken
 * together. A withdrawal releases cost at its average price.
 * Example: 10 deposited at a rate of 1 and half of it withdrawn at 3 for 5: deposited 10, withdrawn 15, cost 5.
 */
export function quotedFlows(history: readonly { booked: Booked; rate: number }[]): QuotedFlows {
  let before = NOTHING_BOOKED;
  let flows = NO_FLOWS;
  for (const { booked: after, rate } of history) {
    const worth = (key: keyof Booked) => toDouble(after[key] - before[key]) * rate;
    const received = flows.received + worth("receivedValue1");
    const paidIn = after.depositedValue1 - before.depositedValue1;
    flows = {
      deposited: flows.deposited + worth("depositedValue1"),
      withdrawn: flows.withdrawn + worth("withdrawnValue1"),
      realizedIl: flows.realizedIl + worth("realizedIl1"),
      cost: share(flows.cost + worth("depositedValue1"), after.cost1, before.cost1 + paidIn),
      collected: flows.collected + worth("collectedValue1"),
      received,
      receivableCost: share(received, after.receivableCost1, after.receivedValue1),
      recovered: flows.recovered + worth("recoveredValue1"),
    };
    before = after;
  }
  return flows;
}

/** The flows of two books as those of one. */
export function addFlows(a: QuotedFlows, b: QuotedFlows): QuotedFlows {
  return {
    deposited: a.deposited + b.deposited,
    withdrawn: a.withdrawn + b.withdrawn,
    realizedIl: a.realizedIl + b.realizedIl,
    cost: a.cost + b.cost,
    collected: a.collected + b.collected,
    received: a.received + b.received,
    receivableCost: a.receivableCost + b.receivableCost,
    recovered: a.recovered + b.recovered,
  };
}

function share(value: number, part: bigint, whole: bigint): number {
  if (part === 0n) return 0;
  return part === whole ? value : value * toDouble(part, whole);
}
