/** A position as its owner's and its own books are defined (metrics.md 4.5, 4.6 and 5.5), in exact fractions. */
import type { Address } from "viem";
import {
  add,
  difference,
  least,
  nothing,
  type Pair,
  positive,
  subtract,
  sum,
  type Worth,
  worthless,
  worthOf,
} from "./amounts.ts";
import { type Basket, emptyBasket, type Figures, type Flow, figuresOf, put, take } from "./basket.ts";
import { type Fraction, fraction, plus, times, zero } from "./fraction.ts";

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
    collected0In1: zero,
    collected1In0: zero,
    flowsIn: nothing,
    flowsOut: nothing,
    holder: owner,
    burned: false,
    segments: [],
    bookings: 0,
  };
  position.segments.push(segment(owner, block));
  return position;
}

export function deposit(position: Position, flow: Flow): void {
  const owner = present(position);
  position.basket = put(position.basket, flow);
  owner.basket = put(owner.basket, flow);
  position.bookings++;
}

/** Principal counts as collected first: what had been paid as fees becomes principal at its average price. */
export function withdraw(position: Position, flow: Flow): void {
  const owner = present(position);
  const before = { amounts: collectedFees(position), worth: collectedWorth(position) };
  position.basket = take(position.basket, flow);
  owner.basket = take(owner.basket, flow);
  const [left0, left1] = collectedFees(position);
  const [was0, was1] = before.amounts;
  if (was0 > 0n) position.collected0In1 = times(position.collected0In1, fraction(left0, was0));
  if (was1 > 0n) position.collected1In0 = times(position.collected1In0, fraction(left1, was1));
  owner.collected = sum(owner.collected, difference(collectedWorth(position), before.worth));
  position.bookings += 4;
}

/** Fees that came with the transfer are collected before the owner's own. */
export function collect(
  position: Position,
  { paid, debited, sqrtPriceX96 }: { paid: Pair; debited: Pair; sqrtPriceX96: bigint },
): void {
  const owner = present(position);
  const was = { paid: collectedFees(position), debited: debitedFees(position) };
  position.paid = add(position.paid, paid);
  position.debited = add(position.debited, debited);
  const fees = subtract(collectedFees(position), was.paid);
  position.collected0In1 = plus(position.collected0In1, worthOf([fees[0], 0n], sqrtPriceX96)[1]);
  position.collected1In0 = plus(position.collected1In0, worthOf([0n, fees[1]], sqrtPriceX96)[0]);
  const recovered = least(owner.receivable, fees);
  // Of what was taken off some units may never come.
  owner.receivable = positive(subtract(owner.receivable, subtract(debitedFees(position), was.debited)));
  owner.recovered = sum(owner.recovered, worthOf(recovered, sqrtPriceX96));
  owner.collected = sum(owner.collected, worthOf(subtract(fees, recovered), sqrtPriceX96));
  position.bookings += 2;
}

/** Ends an owner's time at market, and begins the next one's: `principalUp` is what a deposit of the same would take. */
export function handOver(
  position: Position,
  to: Address,
  block: number,
  moment: Moment & { principalUp: Pair },
): void {
  const { sqrtPriceX96, principal, principalUp } = moment;
  const waiting = uncollected(position, moment);
  const owner = present(position);
  owner.figures = segmentFigures(position, owner, moment);
  owner.toBlock = block;
  owner.earnedAfter = earned(position, moment);
  const next = segment(to, block);
  const { liquidity } = position.basket;
  if (liquidity > 0n) next.basket = put(emptyBasket, { liquidity, amounts: principalUp, sqrtPriceX96 });
  next.receivable = waiting;
  next.receivedAt = sqrtPriceX96;
  next.received = worthOf(waiting, sqrtPriceX96);
  next.earnedBefore = owner.earnedAfter;
  next.markBefore = sum(
    positionFigures(position, moment).total,
    difference(worthOf(principalUp, sqrtPriceX96), worthOf(principal, sqrtPriceX96)),
  );
  position.segments.push(next);
  position.bookings += 5;
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
  const { collected, receivable, received, recovered } = segment;
  const receivableCost = receivable === nothing ? worthless : worthOf(receivable, segment.receivedAt);
  const fees = {
    ...{ collected, receivable, receivableCost, received, recovered },
    uncollected: uncollected(position, moment),
  };
  const figures = figuresOf(segment.basket, fees, moment.principal, moment.sqrtPriceX96);
  const byMarks = difference(positionFigures(position, moment).total, segment.markBefore);
  for (const k of [0, 1] as const) {
    // Two ways to the same: flows of its own, and the position's worth at both ends.
    if (byMarks[k].n !== figures.total[k].n || byMarks[k].d !== figures.total[k].d)
      throw new DisagreementError(position.id);
  }
  return figures;
}

/** Paid fees and those that wait, metrics.md 5.5. */
export function earned(position: Position, moment: Moment): Pair {
  return add(collectedFees(position), uncollected(position, moment));
}

export function uncollected(position: Position, { owed }: Moment): Pair {
  return subtract(owed, principalOwed(position));
}

export function principalOwed({ basket, debited }: Position): Pair {
  return positive(subtract(basket.withdrawn, debited));
}

export function collectedFees({ paid, basket }: Position): Pair {
  return positive(subtract(paid, basket.withdrawn));
}

export function present({ segments, id }: Position): Segment {
  const last = segments.at(-1);
  if (last === undefined) throw new DisagreementError(id);
  return last;
}

function debitedFees({ debited, basket }: Position): Pair {
  return positive(subtract(debited, basket.withdrawn));
}

function collectedWorth(position: Position): Worth {
  const [fees0, fees1] = collectedFees(position);
  return sum([fraction(fees0), fraction(fees1)], [position.collected1In0, position.collected0In1]);
}

function segment(owner: Address, fromBlock: number): Segment {
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
