import schema from "ponder:schema";
import type { CapitalLedger } from "../state/capitalLedger.ts";
import type { PositionLedger } from "../state/holdBasket.ts";
import type { Ownership } from "../state/ownership.ts";
import type { PositionIdentity, PositionState } from "../state/position.ts";
import { rankOwnership } from "../state/ranking.ts";
import type { EventScope } from "./eventScope.ts";

type Kept = Omit<
  Ownership,
  | "number"
  | "owner"
  | "fromBlock"
  | "fromTimestamp"
  | "feesBefore0"
  | "feesBefore1"
  | "receivedValue0"
  | "receivedValue1"
>;

/** The book of a position's owner: each position has had one since its first event. */
export async function loadOwnership(
  { db, chainId }: EventScope,
  positionId: string,
  number: number,
): Promise<Ownership> {
  const row = await db.find(schema.ownership, { chainId, positionId, number });
  if (row === null) throw new NoOwnershipError(positionId, number);
  return { ...begun(row), ...ownershipState(row) };
}

/** Writes an ownership of a position, present or just ended, and the ownership as it is after this block so far. */
export async function saveOwnership(
  { db, chainId, blockNumber }: EventScope,
  position: PositionIdentity & PositionState,
  ownership: Ownership,
): Promise<void> {
  const { positionId, poolId, tickLower, tickUpper, sqrtPriceLowerDouble, sqrtPriceUpperDouble } = position;
  const { number } = ownership;
  const state = ownershipState(ownership);
  const ranked = { ...state, ...rankOwnership(ownership, position) };
  const range = { tickLower, tickUpper, sqrtPriceLowerDouble, sqrtPriceUpperDouble };
  await db
    .insert(schema.ownership)
    .values({ chainId, positionId, poolId, ...range, ...begun(ownership), ...ranked })
    .onConflictDoUpdate(ranked);
  await db
    .insert(schema.ownershipSnapshot)
    .values({ ...state, chainId, positionId, number, blockNumber })
    .onConflictDoUpdate(state);
}

/** Named one by one, as all rows are: what Ponder's store finds is a proxy with more columns. */
export function ledgerState(ledger: PositionLedger & CapitalLedger): PositionLedger & CapitalLedger {
  return {
    liquidity: ledger.liquidity,
    hold0: ledger.hold0,
    hold1: ledger.hold1,
    entryValue1: ledger.entryValue1,
    cost0: ledger.cost0,
    cost1: ledger.cost1,
    maxCapital1: ledger.maxCapital1,
    realizedIl0: ledger.realizedIl0,
    realizedIl1: ledger.realizedIl1,
    deposited0: ledger.deposited0,
    deposited1: ledger.deposited1,
    withdrawn0: ledger.withdrawn0,
    withdrawn1: ledger.withdrawn1,
    depositedValue0: ledger.depositedValue0,
    depositedValue1: ledger.depositedValue1,
    withdrawnValue0: ledger.withdrawnValue0,
    withdrawnValue1: ledger.withdrawnValue1,
    released0: ledger.released0,
    released1: ledger.released1,
    secondsOpen: ledger.secondsOpen,
    settledTimestamp: ledger.settledTimestamp,
    capitalSeconds1: ledger.capitalSeconds1,
  };
}

function ownershipState(ownership: Kept): Kept {
  return {
    toBlock: ownership.toBlock,
    toTimestamp: ownership.toTimestamp,
    ...ledgerState(ownership),
    feesAfter0: ownership.feesAfter0,
    feesAfter1: ownership.feesAfter1,
    receivable0: ownership.receivable0,
    receivable1: ownership.receivable1,
    recoveredValue0: ownership.recoveredValue0,
    recoveredValue1: ownership.recoveredValue1,
    feesCollectedValue0: ownership.feesCollectedValue0,
    feesCollectedValue1: ownership.feesCollectedValue1,
  };
}

/** What stands from its beginning on. */
function begun(ownership: Omit<Ownership, keyof Kept>): Omit<Ownership, keyof Kept> {
  return {
    number: ownership.number,
    owner: ownership.owner,
    fromBlock: ownership.fromBlock,
    fromTimestamp: ownership.fromTimestamp,
    feesBefore0: ownership.feesBefore0,
    feesBefore1: ownership.feesBefore1,
    receivedValue0: ownership.receivedValue0,
    receivedValue1: ownership.receivedValue1,
  };
}

export class NoOwnershipError extends Error {
  override readonly name = "NoOwnershipError";

  constructor(positionId: string, number: number) {
    super(`position ${positionId} has no ownership ${number}: delete the database and index again`);
  }
}
