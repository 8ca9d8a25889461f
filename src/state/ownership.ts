import { toToken0, toToken1, valueX192 } from "../math/valueMath.ts";
import { type CapitalLedger, emptyCapital, settleCapital } from "./capitalLedger.ts";
import type { FeeLedger, TokenAmounts } from "./feeLedger.ts";
import { feesCollected, feesCollectedValue, feesUncollected } from "./feeParts.ts";
import { deposit, emptyLedger, type Flow, type PositionLedger, withdraw } from "./holdBasket.ts";

/**
 * One owner's time with a position (metrics.md 4.5), as a book of its own: a transfer in is a deposit at market, a
 * transfer out a withdrawal. Suffix 0 or 1 of a value is the token that it is counted in. Columns: ponder.schema.ts.
 */
export type Ownership = PositionLedger &
  CapitalLedger & {
    number: number;
    owner: `0x${string}`;
    fromBlock: number;
    fromTimestamp: number;
    /** Null while it lasts. */
    toBlock: number | null;
    toTimestamp: number | null;
    /** Fees that the position had earned when it began, and when it ended; null where that is unknown, or yet to come. */
    feesBefore0: bigint | null;
    feesBefore1: bigint | null;
    feesAfter0: bigint | null;
    feesAfter1: bigint | null;
    /** Uncollected fees that came with the position, and what is left of them: bought, not earned. */
    receivable0: bigint;
    receivable1: bigint;
    receivedValue0: bigint;
    receivedValue1: bigint;
    /** What was collected of them, at the price of its collection. */
    recoveredValue0: bigint;
    recoveredValue1: bigint;
    /** Own fees collected, at the price of each collection. */
    feesCollectedValue0: bigint;
    feesCollectedValue1: bigint;
  };

type Moment = { blockNumber: number; timestamp: number };

/** What a position is worth to whom it goes to: its principal, and its fees where they are known. */
export type Handover = {
  sqrtPriceX96: bigint;
  /** Rounded down, as it leaves, and rounded up, as it comes in. */
  principalOut: TokenAmounts;
  principalIn: TokenAmounts;
  /** Null in quarantine. */
  fees: { uncollected: TokenAmounts; earned: TokenAmounts } | null;
};

const NOTHING: TokenAmounts = { amount0: 0n, amount1: 0n };

/** A position's first owner, before its first deposit. */
export function firstOwnership(owner: `0x${string}`, moment: Moment): Ownership {
  return { ...begin(owner, 0, moment), feesBefore0: 0n, feesBefore1: 0n };
}

/** Books a deposit into the position that is owned. */
export function depositOwned(ownership: Ownership, flow: Flow, timestamp: number): Ownership {
  const settled = settleCapital(ownership, timestamp);
  return { ...settled, ...deposit(settled, flow) };
}

/** Books a withdrawal from the position that is owned. */
export function withdrawOwned(ownership: Ownership, flow: Flow, timestamp: number): Ownership {
  const settled = settleCapital(ownership, timestamp);
  return { ...settled, ...withdraw(settled, flow) };
}

/** Books a collect: of the fees in it those that came with the position go first, and are no fees of this owner. */
export function payOwned(
  ownership: Ownership,
  { before, after, sqrtPriceX96 }: { before: FeeLedger; after: FeeLedger; sqrtPriceX96: bigint },
): Ownership {
  const was = { ...feesCollected(before), ...feesCollectedValue(before) };
  const is = { ...feesCollected(after), ...feesCollectedValue(after) };
  // Principal that was paid some units short takes them off fees: own ones, since none of these came with it.
  const recovered0 = least(ownership.receivable0, positive(is.amount0 - was.amount0));
  const recovered1 = least(ownership.receivable1, positive(is.amount1 - was.amount1));
  const value = worthOf({ amount0: recovered0, amount1: recovered1 }, sqrtPriceX96);
  // The pool may pay an NFT some units less than its manager takes off: none of them comes any more.
  const left = feesUncollected(after, { amount0: after.tokensOwed0, amount1: after.tokensOwed1 });
  return {
    ...ownership,
    receivable0: least(ownership.receivable0 - recovered0, left.amount0),
    receivable1: least(ownership.receivable1 - recovered1, left.amount1),
    recoveredValue0: ownership.recoveredValue0 + value.value0,
    recoveredValue1: ownership.recoveredValue1 + value.value1,
    feesCollectedValue0: ownership.feesCollectedValue0 + is.value0 - was.value0 - value.value0,
    feesCollectedValue1: ownership.feesCollectedValue1 + is.value1 - was.value1 - value.value1,
  };
}

/** The end of an ownership: all of it is withdrawn at market, fees that wait count as collected. */
export function endOwnership(ownership: Ownership, handover: Handover, moment: Moment): Ownership {
  const { sqrtPriceX96, principalOut, fees } = handover;
  const settled = settleCapital(ownership, moment.timestamp);
  const out = { ...principalOut, liquidityDelta: ownership.liquidity, sqrtPriceX96 };
  const ended = {
    ...settled,
    ...withdraw(settled, out),
    toBlock: moment.blockNumber,
    toTimestamp: moment.timestamp,
  };
  if (fees === null) return ended;
  const received = { amount0: ownership.receivable0, amount1: ownership.receivable1 };
  const own = worthOf(
    {
      amount0: fees.uncollected.amount0 - received.amount0,
      amount1: fees.uncollected.amount1 - received.amount1,
    },
    sqrtPriceX96,
  );
  const recovered = worthOf(received, sqrtPriceX96);
  return {
    ...ended,
    feesAfter0: fees.earned.amount0,
    feesAfter1: fees.earned.amount1,
    ...{ receivable0: 0n, receivable1: 0n },
    recoveredValue0: ownership.recoveredValue0 + recovered.value0,
    recoveredValue1: ownership.recoveredValue1 + recovered.value1,
    feesCollectedValue0: ownership.feesCollectedValue0 + own.value0,
    feesCollectedValue1: ownership.feesCollectedValue1 + own.value1,
  };
}

/** The next owner's: all of it is deposited at market, fees that wait are a receivable at cost. */
export function nextOwnership(
  ended: Ownership,
  owner: `0x${string}`,
  { liquidity, ...handover }: Handover & { liquidity: bigint },
  moment: Moment,
): Ownership {
  const { sqrtPriceX96, principalIn, fees } = handover;
  const begun = begin(owner, ended.number + 1, moment);
  const held = deposit(begun, { ...principalIn, liquidityDelta: liquidity, sqrtPriceX96 });
  const { amount0, amount1 } = fees?.uncollected ?? NOTHING;
  const received = worthOf({ amount0, amount1 }, sqrtPriceX96);
  return {
    ...begun,
    ...held,
    feesBefore0: fees?.earned.amount0 ?? null,
    feesBefore1: fees?.earned.amount1 ?? null,
    receivable0: amount0,
    receivable1: amount1,
    receivedValue0: received.value0,
    receivedValue1: received.value1,
  };
}

function begin(owner: `0x${string}`, number: number, { blockNumber, timestamp }: Moment): Ownership {
  return {
    ...emptyLedger,
    ...emptyCapital,
    settledTimestamp: timestamp,
    number,
    owner,
    fromBlock: blockNumber,
    fromTimestamp: timestamp,
    toBlock: null,
    toTimestamp: null,
    feesBefore0: null,
    feesBefore1: null,
    feesAfter0: null,
    feesAfter1: null,
    receivable0: 0n,
    receivable1: 0n,
    receivedValue0: 0n,
    receivedValue1: 0n,
    recoveredValue0: 0n,
    recoveredValue1: 0n,
    feesCollectedValue0: 0n,
    feesCollectedValue1: 0n,
  };
}

function worthOf({ amount0, amount1 }: TokenAmounts, sqrtPriceX96: bigint) {
  const value = valueX192(amount0, amount1, sqrtPriceX96);
  return { value0: toToken0(value, sqrtPriceX96), value1: toToken1(value) };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
