/** What happens to a position, booked as it is defined (metrics.md 4.1, 4.5, 4.6 and 5.5), in exact fractions. */
import type { Address } from "viem";
import {
  add,
  difference,
  equals,
  least,
  nothing,
  type Pair,
  positive,
  subtract,
  sum,
  worthOf,
} from "./amounts.ts";
import { emptyBasket, type Flow, figuresOf, put, take } from "./basket.ts";
import { fraction, plus, times } from "./fraction.ts";
import {
  beginSegment,
  collectedFees,
  collectedWorth,
  DisagreementError,
  debitedFees,
  earned,
  feesOf,
  type Moment,
  type Position,
  positionFigures,
  present,
  type Segment,
  segmentFigures,
  uncollected,
} from "./position.ts";

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
  owner.earnedAfter = earned(position, moment);
  owner.toBlock = block;
  leave(position, owner, moment);
  const next = beginSegment(to, block);
  const { liquidity } = position.basket;
  if (liquidity > 0n) next.basket = put(emptyBasket, { liquidity, amounts: principalUp, sqrtPriceX96 });
  next.receivable = waiting;
  next.receivedAt = sqrtPriceX96;
  next.received = worthOf(waiting, sqrtPriceX96);
  next.earnedBefore = owner.earnedAfter;
  next.roundedUp = difference(worthOf(principalUp, sqrtPriceX96), worthOf(principal, sqrtPriceX96));
  next.markBefore = sum(positionFigures(position, moment).total, next.roundedUp);
  position.segments.push(next);
  position.bookings += 5;
}

/** All of it is withdrawn, and the fees that wait count as collected, at this price. */
function leave(position: Position, owner: Segment, moment: Moment): void {
  const { sqrtPriceX96, principal } = moment;
  const { total } = segmentFigures(position, owner, moment);
  const own = subtract(uncollected(position, moment), owner.receivable);
  owner.basket = take(owner.basket, { liquidity: owner.basket.liquidity, amounts: principal, sqrtPriceX96 });
  owner.collected = sum(owner.collected, worthOf(own, sqrtPriceX96));
  owner.recovered = sum(owner.recovered, worthOf(owner.receivable, sqrtPriceX96));
  owner.receivable = nothing;
  owner.figures = figuresOf(owner.basket, { ...feesOf(owner), uncollected: nothing }, nothing, sqrtPriceX96);
  if (!equals(owner.figures.total, total)) throw new DisagreementError(position.id);
}

/** The manager burns what is empty and owes nothing: the last owner's time ends with nothing to hand over. */
export function burn(position: Position, block: number): void {
  position.burned = true;
  present(position).toBlock = block;
}
