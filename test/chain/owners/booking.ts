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
import { plus } from "./fraction.ts";
import {
  beginSegment,
  collectedFees,
  DisagreementError,
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

export function withdraw(position: Position, flow: Flow): void {
  const owner = present(position);
  position.basket = take(position.basket, flow);
  owner.basket = take(owner.basket, flow);
  position.principalOwed = add(position.principalOwed, flow.amounts);
  position.bookings += 4;
}

/** Fees that came with the transfer are collected before the owner's own. */
export function collect(
  position: Position,
  { paid, debited, sqrtPriceX96 }: { paid: Pair; debited: Pair; sqrtPriceX96: bigint },
): void {
  const owner = present(position);
  const before = collectedFees(position);
  // Principal that waits is paid first.
  const principal = least(position.principalOwed, debited);
  const debitedFees = subtract(debited, principal);
  position.principalOwed = subtract(position.principalOwed, principal);
  position.debitedFees = add(position.debitedFees, debitedFees);
  position.paid = add(position.paid, paid);
  position.debited = add(position.debited, debited);
  const fees = subtract(collectedFees(position), before);
  position.collected0In1 = plus(position.collected0In1, worthOf([fees[0], 0n], sqrtPriceX96)[1]);
  position.collected1In0 = plus(position.collected1In0, worthOf([0n, fees[1]], sqrtPriceX96)[0]);
  const recovered = least(owner.receivable, positive(fees));
  // Of what was taken off some units may never come.
  owner.receivable = positive(subtract(owner.receivable, debitedFees));
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
