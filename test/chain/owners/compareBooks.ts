/** The app's answers beside the independent books. */

import { add, difference, nothing, type Pair, subtract, sum, type Worth, worthOf } from "./amounts.ts";
import type { AccountAnswer, Loss, Money, PositionAnswer, Side } from "./askOwners.ts";
import type { Figures } from "./basket.ts";
import type { Comparison, Scale } from "./compare.ts";
import { close, type Fraction, plus } from "./fraction.ts";
import type { Closing } from "./independent.ts";
import { collectedWorth, earned, type Position, present, type Segment, segmentFigures } from "./position.ts";

/** An owner's time with a position. */
export type Time = Closing & { segment: Segment };

const FIGURES = ["total", "realized", "unrealized", "priceEffect", "impermanentLoss", "fees"] as const;
/** What is held, its loss, and the two kinds of waiting fees, each truncated when they are valued at the end. */
const PRESENT = 4;

/** The most that rounding may have taken off a figure of a position or of one of its owners, in raw units. */
export function bound({ bookings }: Position): number {
  return bookings + PRESENT;
}

export function compareMoney(
  comparison: Comparison,
  of: string,
  answer: { pnl: Money; impermanentLoss?: Loss },
  figures: Figures,
  { costUnits = 0, ...scale }: Scale & { costUnits?: number },
): void {
  const { side } = scale;
  for (const figure of FIGURES) {
    const split = figure === "realized" || figure === "unrealized";
    const units = scale.units + (split ? costUnits : 0);
    comparison.near(of, `pnl.${figure}`, answer.pnl[figure], figures[figure][side], { ...scale, units });
  }
  const { impermanentLoss } = answer;
  if (impermanentLoss === undefined) return;
  comparison.near(of, "IL", impermanentLoss.total, figures.impermanentLoss[side], scale);
}

/**
 * Of fees that came with a transfer the app keeps what they were worth in either token, in whole units: what those left
 * of them cost follows from that to a unit of the other token.
 */
export function costUnitsOf({ receivable, receivedAt }: Segment, side: Side): number {
  if (receivable.every((amount) => amount === 0n)) return 0;
  const { n, d } = worthOf(side === 0 ? [0n, 2n] : [2n, 0n], receivedAt)[side];
  return Number(n / d) + 1;
}

/** Flows at the price of their own moments, and the part of the loss that withdrawals froze. */
export function compareFlows(
  comparison: Comparison,
  position: Position,
  answer: PositionAnswer,
  scale: Scale,
): void {
  const { id, basket } = position;
  const { depositedWorth, withdrawnWorth, releasedWorth } = basket;
  const near = (figure: string, app: number, worth: Worth) =>
    comparison.near(id, figure, app, worth[scale.side], scale);
  near("deposited", answer.deposited.valueThen, depositedWorth);
  near("withdrawn", answer.withdrawn.valueThen, withdrawnWorth);
  near("collected", answer.fees.collected.valueThen, collectedWorth(position));
  near("realized IL", answer.impermanentLoss.realized, difference(withdrawnWorth, releasedWorth));
}

/** Whose it was, from which block to which, and who has the NFT for its owner. */
export function compareOwners(comparison: Comparison, position: Position, answer: PositionAnswer): void {
  const said = answer.owners.map(({ owner, from, to }) => `${owner} ${from.number} ${to?.number}`);
  const segments = position.segments.map(
    ({ owner, fromBlock, toBlock }) => `${owner} ${fromBlock} ${toBlock ?? undefined}`,
  );
  const { owner } = present(position);
  comparison.exact(position.id, "owners", said, segments);
  comparison.exact(position.id, "owner", answer.owner, owner);
  const custodian = position.holder === owner ? null : position.holder;
  comparison.exact(position.id, "custodian", answer.custodian, custodian);
}

/** A pool of an account: the sums of its times with positions of the pool. */
export function compareBook(
  comparison: Comparison,
  { pool, ...book }: AccountAnswer["pools"][number],
  times: readonly Time[],
  scale: Omit<Scale, "units">,
): void {
  const units = sumOfBounds(times);
  const costUnits = sumOfCostUnits(times, scale.side);
  compareMoney(comparison, pool.poolId, book, sumFigures(times), { ...scale, units, costUnits });
  const [earned0, earned1] = times.map(earnedIn).reduce(add, nothing);
  comparison.exact(pool.poolId, "earned0", book.fees.earned.amount0, earned0);
  comparison.exact(pool.poolId, "earned1", book.fees.earned.amount1, earned1);
}

export function sumOfBounds(times: readonly Time[]): number {
  return times.reduce((total, { position }) => total + bound(position), 0);
}

export function sumOfCostUnits(times: readonly Time[], side: Side): number {
  return times.reduce((total, { segment }) => total + costUnitsOf(segment, side), 0);
}

export function sumFigures(times: readonly Time[]): Figures {
  const all = times.map(({ position, segment, moment }) => segmentFigures(position, segment, moment));
  const total = (figure: (typeof FIGURES)[number]) =>
    sum(...all.map(({ [figure]: [in0, in1] }): Worth => [close(in0), close(in1)]));
  return {
    total: total("total"),
    realized: total("realized"),
    unrealized: total("unrealized"),
    priceEffect: total("priceEffect"),
    impermanentLoss: total("impermanentLoss"),
    fees: total("fees"),
  };
}

/** What the position earned in an owner's time. */
export function earnedIn({ position, segment, moment }: Time): Pair {
  return subtract(segment.earnedAfter ?? earned(position, moment), segment.earnedBefore);
}

/** What rounding up at each transfer in and down at each transfer out makes of a position's principal, in token1. */
export function transferRounding({ segments }: Position): Fraction {
  return plus(...segments.map(({ roundedUp: [, in1] }) => in1));
}
