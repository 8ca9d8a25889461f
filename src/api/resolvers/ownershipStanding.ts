import { settleCapital } from "../../state/capitalLedger.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";
import type { ApiContext } from "../context.ts";
import type { BookFees } from "../metrics/bookFees.ts";
import { movesAmounts } from "../metrics/poolCaveats.ts";
import { receivableCost } from "../metrics/receivableCost.ts";
import type { OwnershipRow } from "../queries/ownerships.ts";
import type { PositionAt } from "../queries/positions.ts";
import { once } from "./once.ts";
import { quotedFlowsOfOwnership } from "./quotedFlows.ts";
import { placeAtPrice, type Standing, standingOf } from "./standing.ts";

/** One owner's time with a position as a book of its own, `position` being as of the same point. */
export function standingOfOwnership(position: PositionAt, ownership: OwnershipRow): Standing {
  const { row, pool } = position;
  return {
    // Ended, it has no liquidity.
    ...placeAtPrice(pool, ownership, row),
    sums: settleCapital(ownership, pool.tip.timestamp),
    fees: once((context) => feesOfOwnership(position, ownership, context)),
    quotedFlows: once((context) => quotedFlowsOfOwnership(position, ownership, context)),
  };
}

async function feesOfOwnership(
  position: PositionAt,
  ownership: OwnershipRow,
  context: ApiContext,
): Promise<BookFees | null> {
  if (movesAmounts(position.pool.row.hooks)) return null;
  const [before, after] = [feesBefore(ownership), await feesAfter(position, ownership, context)];
  if (before === null || after === null) return null;
  const { receivable0, receivable1, feesCollectedValue0, feesCollectedValue1 } = ownership;
  const { receivedValue0, receivedValue1, recoveredValue0, recoveredValue1 } = ownership;
  const earned = less(after.earned, before);
  const uncollected = less(after.uncollected, { amount0: receivable0, amount1: receivable1 });
  const own = { uncollected, collected: less(earned, uncollected) };
  return {
    earned,
    uncollected,
    // Of the only owner so far what is reported of the position.
    reported: ownership.number === 0 && after.reported !== null ? after.reported : own,
    collectedValue0: feesCollectedValue0,
    collectedValue1: feesCollectedValue1,
    receivable: { amount0: receivable0, amount1: receivable1 },
    ...receivableCost(ownership),
    ...{ receivedValue0, receivedValue1, recoveredValue0, recoveredValue1 },
  };
}

function feesBefore({ feesBefore0, feesBefore1 }: OwnershipRow): TokenAmounts | null {
  return feesBefore0 === null || feesBefore1 === null ? null : { amount0: feesBefore0, amount1: feesBefore1 };
}

const NOTHING: TokenAmounts = { amount0: 0n, amount1: 0n };

/** The position's fees when it ended, or now, those that came with it included. */
async function feesAfter(
  position: PositionAt,
  { toBlock, feesAfter0, feesAfter1 }: OwnershipRow,
  context: ApiContext,
): Promise<(Pick<BookFees, "earned" | "uncollected"> & { reported: BookFees["reported"] | null }) | null> {
  if (toBlock === null) return standingOf(position).fees(context);
  if (feesAfter0 === null || feesAfter1 === null) return null;
  // What waited went with the position.
  return { earned: { amount0: feesAfter0, amount1: feesAfter1 }, uncollected: NOTHING, reported: null };
}

function less(a: TokenAmounts, b: TokenAmounts): TokenAmounts {
  return { amount0: a.amount0 - b.amount0, amount1: a.amount1 - b.amount1 };
}
