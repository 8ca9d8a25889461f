import { mulDiv } from "../math/fullMath.ts";
import { MAX_TICK, MIN_TICK } from "../math/tickMath.ts";
import { toToken0, toToken1, valueX192 } from "../math/valueMath.ts";
import { settleCapital } from "./capitalLedger.ts";
import type { TokenAmounts } from "./feeLedger.ts";
import { pairFeesCollectedValue } from "./pairFeeParts.ts";
import { type PairPrice, pairPrincipal } from "./pairPool.ts";
import type { PricedPool } from "./pool.ts";
import {
  depositInto,
  type Moment,
  type OwnedPosition,
  openPosition,
  type PositionIdentity,
  withdrawFrom,
} from "./position.ts";

export type PairPosition = PositionIdentity & OwnedPosition;

/** `pair:owner`. Addresses are lower case. */
export function pairPositionId({ poolId, owner }: { poolId: string; owner: string }): string {
  return `${poolId}:${owner}`;
}

/** A holder's LP tokens of one pair, before the first of them. */
export function openPairPosition(
  key: { poolId: `0x${string}`; owner: `0x${string}`; protocol: string },
  moment: Moment,
): PairPosition {
  const { poolId, protocol, owner } = key;
  const identity = { positionId: pairPositionId(key), protocol, poolId, manager: null, tokenId: null };
  const range = { tickLower: MIN_TICK, tickUpper: MAX_TICK };
  return { ...openPosition({ ...identity, ...range }, owner, moment), basisX64: 0n };
}

/** LP tokens that come in, what was paid for them, and the principal liquidity times 2^64 that they stand for. */
export type PairDeposit = TokenAmounts & { shares: bigint; basisX64: bigint };

/** Books LP tokens that were minted or came by a transfer, at the pool's present price (metrics.md 4.1, 6.1). */
export function depositPair(
  position: PairPosition,
  pool: PricedPool,
  { shares, basisX64, amount0, amount1 }: PairDeposit,
  { timestamp }: Moment,
): PairPosition {
  const { sqrtPriceX96 } = pool;
  const flow = { liquidityDelta: shares, amount0, amount1, sqrtPriceX96 };
  const deposited = depositInto(touchPair(position, pool, timestamp), flow, timestamp);
  return { ...deposited, basisX64: (position.basisX64 ?? 0n) + basisX64 };
}

/** LP tokens that leave, and all that is paid for them: principal and fees together. */
export type PairWithdrawal = { shares: bigint; paid: TokenAmounts };

/**
 * Books LP tokens that were burnt or left by a transfer, at the pool's present price: principal is released pro rata,
 * rounded down, and all that was paid beyond it is fees, less than none where the pair lost tokens without a trade.
 * Nothing stays owed.
 */
export function withdrawPair(
  position: PairPosition,
  pool: PricedPool,
  { shares, paid }: PairWithdrawal,
  moment: Moment,
): { position: PairPosition; principal: TokenAmounts } {
  const { basisX64, principal } = releasePrincipal(position, pool, shares);
  const flow = { ...principal, liquidityDelta: shares, sqrtPriceX96: pool.sqrtPriceX96 };
  const withdrawn = withdrawFrom(touchPair(position, pool, moment.timestamp), flow, moment);
  const left = { ...withdrawn, basisX64: (position.basisX64 ?? 0n) - basisX64 };
  return { position: payPair(left, paid, pool.sqrtPriceX96), principal };
}

/** The principal of some of a position's LP tokens, rounded down; all of it with the last of them. */
function releasePrincipal(position: PairPosition, pool: PairPrice, shares: bigint) {
  const basisX64 =
    position.liquidity === 0n ? 0n : mulDiv(position.basisX64 ?? 0n, shares, position.liquidity);
  return { basisX64, principal: pairPrincipal(pool, basisX64) };
}

/** What was paid beyond principal is collected fees, of either sign, at this price. */
function payPair(position: PairPosition, paid: TokenAmounts, sqrtPriceX96: bigint): PairPosition {
  const before = pairFeesCollectedValue(position);
  const debited0 = position.debited0 + paid.amount0;
  const debited1 = position.debited1 + paid.amount1;
  const feesTaken0 = debited0 - position.withdrawn0;
  const feesTaken1 = debited1 - position.withdrawn1;
  const in1 = toToken1(valueX192(feesTaken0 - position.feesTaken0, 0n, sqrtPriceX96));
  const in0 = toToken0(valueX192(0n, feesTaken1 - position.feesTaken1, sqrtPriceX96), sqrtPriceX96);
  const after = {
    ...position,
    ...{ tokensOwed0: 0n, tokensOwed1: 0n, debited0, debited1, feesTaken0, feesTaken1 },
    collected0: position.collected0 + paid.amount0,
    collected1: position.collected1 + paid.amount1,
    feesCollected0Value1: position.feesCollected0Value1 + in1,
    feesCollected1Value0: position.feesCollected1Value0 + in0,
  };
  const now = pairFeesCollectedValue(after);
  const { ownership } = position;
  const feesCollectedValue0 = ownership.feesCollectedValue0 + now.value0 - before.value0;
  const feesCollectedValue1 = ownership.feesCollectedValue1 + now.value1 - before.value1;
  return { ...after, ownership: { ...ownership, feesCollectedValue0, feesCollectedValue1 } };
}

/** Time and loss versus rebalancing up to now: before LP tokens change. A pair is in range at any price. */
function touchPair(position: PairPosition, pool: PricedPool, timestamp: number): PairPosition {
  const growthX128 = pool.lvrGrowthGlobalX128;
  const touched = {
    ...settleCapital(position, timestamp),
    secondsInsideLast: timestamp,
    lvrInsideLastX128: growthX128,
  };
  if (position.liquidity === 0n) return touched;
  const lossX192 = (growthX128 - position.lvrInsideLastX128) * (position.basisX64 ?? 0n);
  return {
    ...touched,
    secondsInRange: position.secondsInRange + timestamp - position.secondsInsideLast,
    lvrX128: position.lvrX128 + (lossX192 >> 64n),
  };
}
