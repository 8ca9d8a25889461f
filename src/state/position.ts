import { Q96 } from "../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../math/tickMath.ts";
import { toDouble } from "../math/toDouble.ts";
import { emptyFees, type FeeLedger, owePrincipal, releaseCollectedFees, settleFees } from "./feeLedger.ts";
import type { GrowthInside } from "./growthInside.ts";
import { emptyGrowth, type GrowthLedger, settleGrowth } from "./growthLedger.ts";
import { deposit, emptyLedger, type Flow, type PositionLedger, withdraw } from "./holdBasket.ts";

export type Moment = { blockNumber: number; timestamp: number };

/** What never changes of a position. `manager` and `tokenId` are null where the pool itself names the owner. */
export type PositionIdentity = {
  positionId: string;
  protocol: string;
  poolId: `0x${string}`;
  manager: `0x${string}` | null;
  tokenId: bigint | null;
  tickLower: number;
  tickUpper: number;
  openedBlock: number;
  openedTimestamp: number;
  sqrtPriceLowerDouble: number;
  sqrtPriceUpperDouble: number;
};

export type PositionState = PositionLedger &
  FeeLedger &
  GrowthLedger & {
    owner: `0x${string}`;
    closedBlock: number | null;
    closedTimestamp: number | null;
  };

/** What lists are ranked by: doubles of the raw integers of the same names. */
export type PositionRanking = {
  liquidityDouble: number;
  hold0Double: number;
  hold1Double: number;
  realizedIl1Double: number;
};

/** `manager:tokenId`. Addresses are lower case. */
export function nftPositionId(manager: `0x${string}`, tokenId: bigint): string {
  return `${manager}:${tokenId}`;
}

/** `pool:owner:tickLower:tickUpper`: the key under which the pool itself keeps a position. */
export function poolPositionId(key: {
  poolId: `0x${string}`;
  owner: `0x${string}`;
  tickLower: number;
  tickUpper: number;
}): string {
  return `${key.poolId}:${key.owner}:${key.tickLower}:${key.tickUpper}`;
}

/** A position that holds nothing yet: its first deposit comes in the same event. */
export function openPosition(
  identity: Omit<
    PositionIdentity,
    "openedBlock" | "openedTimestamp" | "sqrtPriceLowerDouble" | "sqrtPriceUpperDouble"
  >,
  owner: `0x${string}`,
  moment: Moment,
): PositionIdentity & PositionState {
  return {
    ...identity,
    ...emptyLedger,
    ...emptyFees,
    ...emptyGrowth,
    owner,
    openedBlock: moment.blockNumber,
    openedTimestamp: moment.timestamp,
    closedBlock: null,
    closedTimestamp: null,
    sqrtPriceLowerDouble: toDouble(getSqrtPriceAtTick(identity.tickLower), Q96),
    sqrtPriceUpperDouble: toDouble(getSqrtPriceAtTick(identity.tickUpper), Q96),
  };
}

/** Books a deposit. A closed position that is deposited into again is open again, and stays one position. */
export function depositInto<T extends PositionState>(position: T, flow: Flow): T {
  return { ...position, ...deposit(position, flow), closedBlock: null, closedTimestamp: null };
}

/** Brings fees, time and loss versus rebalancing up to now: before liquidity changes. */
export function touchPosition<T extends PositionState>(
  position: T,
  inside: GrowthInside,
  timestamp: number,
): T {
  return settleGrowth(settleFees(position, inside), inside, timestamp);
}

/** Books a withdrawal of principal, which is owed from now on. Taking all of the liquidity closes the position. */
export function withdrawFrom<T extends PositionState>(position: T, flow: Flow, moment: Moment): T {
  const withdrawn = owePrincipal({ ...position, ...withdraw(position, flow) }, flow);
  const closes = withdrawn.liquidity === 0n && position.liquidity > 0n;
  return {
    ...withdrawn,
    ...releaseCollectedFees(position, withdrawn),
    closedBlock: closes ? moment.blockNumber : position.closedBlock,
    closedTimestamp: closes ? moment.timestamp : position.closedTimestamp,
  };
}

/** The doubles that follow from a ledger; beyond ranking nothing may use them. */
export function rankPosition(ledger: PositionLedger): PositionRanking {
  return {
    liquidityDouble: toDouble(ledger.liquidity),
    hold0Double: toDouble(ledger.hold0),
    hold1Double: toDouble(ledger.hold1),
    realizedIl1Double: toDouble(ledger.realizedIl1),
  };
}
