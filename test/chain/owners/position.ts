/** A position as its owner's and its own books are defined (metrics.md 4.5, 4.6 and 5.5), in exact fractions. */
import type { Address } from "viem";
import {
  add,
  difference,
  equals,
  nothing,
  type Pair,
  positive,
  subtract,
  sum,
  type Worth,
  worthless,
  worthOf,
} from "./amounts.ts";
import { type Basket, emptyBasket, type Figures, figuresOf } from "./basket.ts";
import { type Fraction, fraction, zero } from "./fraction.ts";

export type Segment = {
  owner: Address;
  fromBlock: number;
  toBlock: number | null;
  basket: Basket;
  /** Of the fees that came with the transfer, those not yet collected; their price then, and what all were worth. */
  receivable: Pair;
  receivedAt: bigint;
  received: Worth;
  recovered: Worth;
  /** Own fees that were collected, each at the price of its collection. */
  collected: Worth;
  /** What the position had earned when it began, and when it ended. */
  earnedBefore: Pair;
  earnedAfter: Pair | null;
  /** By how much its principal came in rounded up. */
  roundedUp: Worth;
  /** What the position's own books were worth when it began, had its principal been rounded up. */
  markBefore: Worth;
  figures: Figures | null;
};

export type Position = {
  id: string;
  pool: Address;
  tickLower: number;
  tickUpper: number;
  tokenId: bigint | null;
  basket: Basket;
  /** What the pool paid, and what was taken off what it owed for that. */
  paid: Pair;
  debited: Pair;
  /** Withdrawn principal that waits, and what was debited beyond it: fees. */
  principalOwed: Pair;
  debitedFees: Pair;
  /** Collected fees of token0 counted in token1, and the other way round. */
  collected0In1: Fraction;
  collected1In0: Fraction;
  /** What the tokens' own Transfer logs say that went into the pool for it, and out. */
  flowsIn: Pair;
  flowsOut: Pair;
  /** Who can collect; an owner's staking contract, where it is not the owner. */
  holder: Address;
  burned: boolean;
  segments: Segment[];
  /** Booked worths so far: each may have been rounded by one unit. */
  bookings: number;
};

/** What a position is at one moment: its price, what it would pay for its liquidity, and what it owes. */
export type Moment = { sqrtPriceX96: bigint; principal: Pair; owed: Pair };

export function openPosition(
  at: Pick<Position, "id" | "pool" | "tickLower" | "tickUpper" | "tokenId">,
  owner: Address,
  block: number,
): Position {
  const position: Position = {
    ...at,
    basket: emptyBasket,
    paid: nothing,
    debited: nothing,
    principalOwed: nothing,
    debitedFees: nothing,
    collected0In1: zero,
    collected1In0: zero,
    flowsIn: nothing,
    flowsOut: nothing,
    holder: owner,
    burned: false,
    segments: [],
    bookings: 0,
  };
  position.segments.push(beginSegment(owner, block));
  return position;
}

export function positionFigures(position: Position, moment: Moment): Figures {
  const fees = {
    collected: collectedWorth(position),
    uncollected: uncollected(position, moment),
    receivable: nothing,
    receivableCost: worthless,
    received: worthless,
    recovered: worthless,
  };
  return figuresOf(position.basket, fees, moment.principal, moment.sqrtPriceX96);
}

/** Of an ended one what it was, of the present one as it stands. */
export function segmentFigures(position: Position, segment: Segment, moment: Moment): Figures {
  if (segment.figures !== null) return segment.figures;
  const fees = { ...feesOf(segment), uncollected: uncollected(position, moment) };
  const figures = figuresOf(segment.basket, fees, moment.principal, moment.sqrtPriceX96);
  // Two ways to the same: flows of its own, and the position's worth at both ends.
  const byMarks = difference(positionFigures(position, moment).total, segment.markBefore);
  if (!equals(byMarks, figures.total)) throw new DisagreementError(position.id);
  return figures;
}

export function feesOf({ collected, receivable, received, recovered, receivedAt }: Segment) {
  const receivableCost = worthOf(receivable, receivedAt);
  return { collected, receivable, receivableCost, received, recovered };
}

/** Paid fees and those that wait, metrics.md 5.5. */
export function earned(position: Position, moment: Moment): Pair {
  return add(collectedFees(position), uncollected(position, moment));
}

export function uncollected(position: Position, { owed }: Moment): Pair {
  return subtract(owed, position.principalOwed);
}

export function collectedFees({ paid, debited, debitedFees }: Position): Pair {
  return positive(subtract(debitedFees, subtract(debited, paid)));
}

export function present({ segments, id }: Position): Segment {
  const last = segments.at(-1);
  if (last === undefined) throw new DisagreementError(id);
  return last;
}

export function collectedWorth(position: Position): Worth {
  const [fees0, fees1] = collectedFees(position);
  return sum([fraction(fees0), fraction(fees1)], [position.collected1In0, position.collected0In1]);
}

/** An owner's time that begins with nothing. */
export function beginSegment(owner: Address, fromBlock: number): Segment {
  return {
    owner,
    fromBlock,
    toBlock: null,
    basket: emptyBasket,
    receivable: nothing,
    receivedAt: 1n,
    received: worthless,
    recovered: worthless,
    collected: worthless,
    earnedBefore: nothing,
    earnedAfter: null,
    roundedUp: worthless,
    markBefore: worthless,
    figures: null,
  };
}

export class DisagreementError extends Error {
  override readonly name = "DisagreementError";

  constructor(id: string) {
    super(`the independent books of ${id} do not agree with themselves`);
  }
}
