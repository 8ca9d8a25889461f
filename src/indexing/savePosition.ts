import schema from "ponder:schema";
import { LostLogError } from "../state/lostLog.ts";
import { type PositionIdentity, type PositionState, rankPosition } from "../state/position.ts";
import type { EventScope } from "./eventScope.ts";

export type PositionRow = typeof schema.position.$inferSelect;

export async function loadPosition(scope: EventScope, positionId: string): Promise<PositionRow | null> {
  return scope.db.find(schema.position, { chainId: scope.chainId, positionId });
}

/** Writes a position, and the position as it is after this block so far. */
export async function savePosition(
  { db, chainId, blockNumber }: EventScope,
  position: PositionIdentity & PositionState,
): Promise<void> {
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

/** Named one by one, since a row from the database carries columns that a snapshot has not. */
function positionState(position: PositionState): PositionState {
  return {
    owner: position.owner,
    closedBlock: position.closedBlock,
    closedTimestamp: position.closedTimestamp,
    liquidity: position.liquidity,
    hold0: position.hold0,
    hold1: position.hold1,
    entryValue1: position.entryValue1,
    realizedIl0: position.realizedIl0,
    realizedIl1: position.realizedIl1,
    deposited0: position.deposited0,
    deposited1: position.deposited1,
    withdrawn0: position.withdrawn0,
    withdrawn1: position.withdrawn1,
    depositedValue0: position.depositedValue0,
    depositedValue1: position.depositedValue1,
    withdrawnValue0: position.withdrawnValue0,
    withdrawnValue1: position.withdrawnValue1,
    released0: position.released0,
    released1: position.released1,
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
    feesCollected0Value1: position.feesCollected0Value1,
    feesCollected1Value0: position.feesCollected1Value0,
    secondsInsideLast: position.secondsInsideLast,
    lvrInsideLastX128: position.lvrInsideLastX128,
    secondsOpen: position.secondsOpen,
    secondsInRange: position.secondsInRange,
    settledTimestamp: position.settledTimestamp,
    lvrX128: position.lvrX128,
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
