import schema from "ponder:schema";
import { LostLogError } from "../state/lostLog.ts";
import type { OwnedPosition, PositionIdentity, PositionState } from "../state/position.ts";
import { rankPosition } from "../state/ranking.ts";
import type { EventScope } from "./eventScope.ts";
import { ledgerState, loadOwnership, saveOwnership } from "./saveOwnership.ts";

export type PositionRow = PositionIdentity & OwnedPosition;

/** A position with the book of its present owner. */
export async function loadPosition(scope: EventScope, positionId: string): Promise<PositionRow | null> {
  const row = await scope.db.find(schema.position, { chainId: scope.chainId, positionId });
  if (row === null) return null;
  const state = positionState(row);
  const ownership = await loadOwnership(scope, positionId, row.transfers);
  return { ...positionIdentity(row), ...state, ownership };
}

/** Writes a position and the book of its present owner, and both as they are after this block so far. */
export async function savePosition(scope: EventScope, position: PositionRow): Promise<void> {
  const { db, chainId, blockNumber } = scope;
  const { positionId } = position;
  const state = positionState(position);
  const ranked = { ...state, ...rankPosition(position) };
  await db
    .insert(schema.position)
    .values({ ...positionIdentity(position), chainId, ...ranked })
    .onConflictDoUpdate(ranked);
  await db
    .insert(schema.positionSnapshot)
    .values({ ...state, chainId, positionId, blockNumber })
    .onConflictDoUpdate(state);
  await saveOwnership(scope, position, position.ownership);
}

function positionIdentity(position: PositionIdentity): PositionIdentity {
  return {
    positionId: position.positionId,
    protocol: position.protocol,
    poolId: position.poolId,
    manager: position.manager,
    tokenId: position.tokenId,
    tickLower: position.tickLower,
    tickUpper: position.tickUpper,
    openedBlock: position.openedBlock,
    openedTimestamp: position.openedTimestamp,
    sqrtPriceLowerDouble: position.sqrtPriceLowerDouble,
    sqrtPriceUpperDouble: position.sqrtPriceUpperDouble,
  };
}

/** Named one by one: a row from the database carries columns that a snapshot has not, and is a proxy. */
function positionState(position: PositionState): PositionState {
  return {
    owner: position.owner,
    custodian: position.custodian,
    transfers: position.transfers,
    closedBlock: position.closedBlock,
    closedTimestamp: position.closedTimestamp,
    ...ledgerState(position),
    feeGrowthInside0LastX128: position.feeGrowthInside0LastX128,
    feeGrowthInside1LastX128: position.feeGrowthInside1LastX128,
    tokensOwed0: position.tokensOwed0,
    tokensOwed1: position.tokensOwed1,
    feesAccrued0: position.feesAccrued0,
    feesAccrued1: position.feesAccrued1,
    collected0: position.collected0,
    collected1: position.collected1,
    debited0: position.debited0,
    debited1: position.debited1,
    feesTaken0: position.feesTaken0,
    feesTaken1: position.feesTaken1,
    feesCollected0Value1: position.feesCollected0Value1,
    feesCollected1Value0: position.feesCollected1Value0,
    secondsInsideLast: position.secondsInsideLast,
    lvrInsideLastX128: position.lvrInsideLastX128,
    secondsInRange: position.secondsInRange,
    lvrX128: position.lvrX128,
    basisX64: position.basisX64,
  };
}

export class UnknownPositionError extends LostLogError {
  override readonly name = "UnknownPositionError";
  readonly positionId: string;

  constructor(positionId: string) {
    super(`position ${positionId} was never seen to be opened: the RPC left out a log of this pool`);
    this.positionId = positionId;
  }
}
