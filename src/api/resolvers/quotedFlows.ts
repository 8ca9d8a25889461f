import type { ApiContext } from "../context.ts";
import { collectedValue } from "../metrics/pairFees.ts";
import { type Booked, flowed, type QuotedFlows, quotedFlows } from "../metrics/quotedFlows.ts";
import { receivableCost } from "../metrics/receivableCost.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Bookings, OwnershipBooking, PositionBooking } from "../queries/bookings.ts";
import type { OwnershipRow } from "../queries/ownerships.ts";
import { positionKey } from "../queries/positionPage.ts";
import type { PositionAt } from "../queries/positions.ts";
import type { Tip } from "../queries/tips.ts";

/** A position's flows in the quote token, each at the price of its own block. */
export async function quotedFlowsOfPosition(
  position: PositionAt,
  context: ApiContext,
): Promise<QuotedFlows | null> {
  const bookings = await position.page.bookings(context.ask);
  const history = bookings.positions.get(positionKey(position.row));
  return history === undefined ? null : convert(history, bookedOfPosition, { position, bookings, context });
}

/** The same for one owner's time with it. */
export async function quotedFlowsOfOwnership(
  position: PositionAt,
  { number, receivedValue0, receivedValue1 }: OwnershipRow,
  context: ApiContext,
): Promise<QuotedFlows | null> {
  const bookings = await position.page.bookings(context.ask);
  const history = bookings.ownerships.get(positionKey(position.row));
  const own = history?.filter((row) => row.number === number);
  const booked = (row: OwnershipBooking) => bookedOfOwnership({ ...row, receivedValue0, receivedValue1 });
  return own ? convert(own, booked, { position, bookings, context }) : null;
}

type Conversion = { position: PositionAt; bookings: Bookings; context: ApiContext };

/** Null where one of the blocks has no price. Blocks in which nothing flowed need none. */
async function convert<T extends { blockNumber: number }>(
  history: readonly T[],
  bookedOf: (row: T) => Booked,
  { position: { pool, row }, bookings, context }: Conversion,
): Promise<QuotedFlows | null> {
  const unit = wholeUnits(1n, pool.token1.decimals);
  if (unit === null) return null;
  const converted: { booked: Booked; rate: number }[] = [];
  for (const book of history) {
    const booked = bookedOf(book);
    if (!flowed(booked, converted.at(-1)?.booked)) continue;
    const tip = bookings.blocks.get(`${row.chainId}:${book.blockNumber}`);
    const price = tip && (await priceAt(tip, pool.token1.address, context));
    if (price == null) return null;
    converted.push({ booked, rate: price * unit });
  }
  return quotedFlows(converted);
}

async function priceAt(tip: Tip, token: `0x${string}`, { quoteOf }: ApiContext): Promise<number | null> {
  return (await quoteOf(tip, token))?.price ?? null;
}

function bookedOfPosition(row: PositionBooking): Booked {
  const { depositedValue1, withdrawnValue1, realizedIl1, cost1 } = row;
  return {
    ...{ depositedValue1, withdrawnValue1, realizedIl1, cost1 },
    collectedValue1: collectedValue(row).value1,
    ...{ receivedValue1: 0n, receivableCost1: 0n, recoveredValue1: 0n },
  };
}

type Received = { receivedValue0: bigint; receivedValue1: bigint };

function bookedOfOwnership(row: OwnershipBooking & Received): Booked {
  const { receivedValue1 } = row;
  const { depositedValue1, withdrawnValue1, realizedIl1, cost1, feesCollectedValue1, recoveredValue1 } = row;
  return {
    ...{ depositedValue1, withdrawnValue1, realizedIl1, cost1 },
    collectedValue1: feesCollectedValue1,
    ...{ receivedValue1, receivableCost1: receivableCost(row).receivableCost1, recoveredValue1 },
  };
}
