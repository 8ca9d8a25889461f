import { Q96 } from "../math/sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "../math/tickMath.ts";
import { toDouble } from "../math/toDouble.ts";
import { settleCapital } from "./capitalLedger.ts";
import {
  emptyFees,
  type FeeLedger,
  keepFeesTaken,
  owePrincipal,
  type Payment,
  pay,
  settleFees,
} from "./feeLedger.ts";
import type { GrowthInside } from "./growthInside.ts";
import { emptyGrowth, type GrowthLedger, settleGrowth } from "./growthLedger.ts";
import { deposit, emptyLedger, type Flow, type PositionLedger, withdraw } from "./holdBasket.ts";
import {
  depositOwned,
  endOwnership,
  firstOwnership,
  type Handover,
  nextOwnership,
  type Ownership,
  payOwned,
  withdrawOwned,
} from "./ownership.ts";

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
    /** The staking contract that holds the NFT for its owner; null where the owner has it. */
    custodian: `0x${string}` | null;
    /** How often it went from one owner to another: the number of the present ownership. */
    transfers: number;
    closedBlock: number | null;
    closedTimestamp: number | null;
    /** v2 alone: principal liquidity times 2^64, while `liquidity` is LP tokens. Null elsewhere. */
    basisX64: bigint | null;
  };

/** A position with the book of its present owner, which every event of it changes too. */
export type OwnedPosition = PositionState & { ownership: Ownership };

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

/** The same on v4, where an owner may have several of one range. */
export function saltedPositionId(
  key: Parameters<typeof poolPositionId>[0] & { salt: `0x${string}` },
): string {
  return `${poolPositionId(key)}:${key.salt}`;
}

/** A position that holds nothing yet: its first deposit comes in the same event. */
export function openPosition(
  identity: Omit<
    PositionIdentity,
    "openedBlock" | "openedTimestamp" | "sqrtPriceLowerDouble" | "sqrtPriceUpperDouble"
  >,
  owner: `0x${string}`,
  moment: Moment,
): PositionIdentity & OwnedPosition {
  return {
    ...identity,
    ...emptyLedger,
    ...emptyFees,
    ...emptyGrowth,
    owner,
    custodian: null,
    transfers: 0,
    ownership: firstOwnership(owner, moment),
    openedBlock: moment.blockNumber,
    openedTimestamp: moment.timestamp,
    closedBlock: null,
    closedTimestamp: null,
    basisX64: null,
    sqrtPriceLowerDouble: toDouble(getSqrtPriceAtTick(identity.tickLower), Q96),
    sqrtPriceUpperDouble: toDouble(getSqrtPriceAtTick(identity.tickUpper), Q96),
  };
}

/**
 * Books a deposit. A closed position that is deposited into again is open again, and stays one position. Time and
 * capital are settled here too: in a quarantined pool nothing touches the position before.
 */
export function depositInto<T extends OwnedPosition>(position: T, flow: Flow, timestamp: number): T {
  const settled = settleCapital(position, timestamp);
  return {
    ...settled,
    ...deposit(settled, flow),
    closedBlock: null,
    closedTimestamp: null,
    ownership: depositOwned(position.ownership, flow, timestamp),
  };
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
export function withdrawFrom<T extends OwnedPosition>(position: T, flow: Flow, moment: Moment): T {
  const settled = settleCapital(position, moment.timestamp);
  const taken = { ...settled, ...keepFeesTaken(settled) };
  const withdrawn = owePrincipal({ ...taken, ...withdraw(taken, flow) }, flow);
  const closes = withdrawn.liquidity === 0n && position.liquidity > 0n;
  return {
    ...withdrawn,
    closedBlock: closes ? moment.blockNumber : position.closedBlock,
    closedTimestamp: closes ? moment.timestamp : position.closedTimestamp,
    ownership: withdrawOwned(position.ownership, flow, moment.timestamp),
  };
}

/** Books what was paid out. The position was settled before, where it has liquidity. */
export function payPosition<T extends OwnedPosition>(position: T, payment: Payment): T {
  const after = pay(position, payment);
  const change = { before: position, after, sqrtPriceX96: payment.sqrtPriceX96 };
  return { ...after, ownership: payOwned(position.ownership, change) };
}

/** Hands a position over at market; answers it with its new ownership, and the one that ended. */
export function transferPosition<T extends OwnedPosition>(
  position: T,
  to: `0x${string}`,
  handover: Handover,
  moment: Moment,
): { position: T; ended: Ownership } {
  const { ownership, liquidity, transfers } = position;
  const ended = endOwnership(ownership, handover, moment);
  const next = nextOwnership(ended, to, { ...handover, liquidity }, moment);
  return {
    position: { ...position, owner: to, custodian: null, transfers: transfers + 1, ownership: next },
    ended,
  };
}
