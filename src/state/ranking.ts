import { toDouble } from "../math/toDouble.ts";
import type { FeeLedger } from "./feeLedger.ts";
import { feesCollectedValue, principalWaiting } from "./feeParts.ts";
import type { PositionLedger } from "./holdBasket.ts";
import type { Ownership } from "./ownership.ts";
import { pairFeesCollected, pairFeesCollectedValue } from "./pairFeeParts.ts";

const Q64 = 2n ** 64n;
const Q128 = 2n ** 128n;

/** v2: principal liquidity times 2^64, while `liquidity` is LP tokens. */
type Principal = { basisX64: bigint | null };

/**
 * What lists are ranked by, in doubles, for a position or for one owner's time with it. With `inside` the growth in
 * its range (signed, over 2^128): fees earned = liquidity x inside + `feesOffset`, owed = liquidity x inside +
 * `owedOffset`, uncollected fees (those that came with it included) = liquidity x inside + `uncollectedOffset`, all
 * in raw units; profit = inventory + uncollected fees + `flows1`, in token1 units. On v2 what its LP tokens are worth less
 * the principal stands for liquidity x inside.
 */
export type Ranking = {
  liquidityDouble: number;
  sharesDouble: number | null;
  hold0Double: number;
  hold1Double: number;
  realizedIl1Double: number;
  feesOffset0Double: number;
  feesOffset1Double: number;
  owedOffset0Double: number;
  owedOffset1Double: number;
  uncollectedOffset0Double: number;
  uncollectedOffset1Double: number;
  flows1Double: number;
};

/** The doubles that follow from a position; beyond ranking nothing may use them. */
export function rankPosition(position: PositionLedger & FeeLedger & Principal): Ranking {
  if (position.basisX64 !== null) return rankPair(position, position.basisX64);
  const principal = principalWaiting(position);
  const { value1 } = feesCollectedValue(position);
  return {
    ...rankLedger(position),
    ...{ liquidityDouble: toDouble(position.liquidity), sharesDouble: null },
    feesOffset0Double: offset(position, 0, position.feesAccrued0),
    feesOffset1Double: offset(position, 1, position.feesAccrued1),
    owedOffset0Double: offset(position, 0, position.tokensOwed0),
    owedOffset1Double: offset(position, 1, position.tokensOwed1),
    uncollectedOffset0Double: offset(position, 0, position.tokensOwed0 - principal.amount0),
    uncollectedOffset1Double: offset(position, 1, position.tokensOwed1 - principal.amount1),
    flows1Double: toDouble(position.withdrawnValue1 + value1 - position.depositedValue1),
  };
}

/** The same for an ownership of the position; one that has ended has only what does not move any more. */
export function rankOwnership(
  ownership: Ownership,
  position: PositionLedger & FeeLedger & Principal,
): Ranking {
  const flows1Double = toDouble(
    ownership.withdrawnValue1 +
      ownership.feesCollectedValue1 +
      ownership.recoveredValue1 -
      ownership.depositedValue1 -
      ownership.receivedValue1,
  );
  if (ownership.toBlock === null) {
    const ranking = rankPosition(position);
    return {
      ...ranking,
      ...rankLedger(ownership),
      feesOffset0Double: ranking.feesOffset0Double - toDouble(ownership.feesBefore0 ?? 0n),
      feesOffset1Double: ranking.feesOffset1Double - toDouble(ownership.feesBefore1 ?? 0n),
      flows1Double,
    };
  }
  return {
    ...rankLedger(ownership),
    ...{ liquidityDouble: 0, sharesDouble: position.basisX64 === null ? null : 0 },
    feesOffset0Double: toDouble((ownership.feesAfter0 ?? 0n) - (ownership.feesBefore0 ?? 0n)),
    feesOffset1Double: toDouble((ownership.feesAfter1 ?? 0n) - (ownership.feesBefore1 ?? 0n)),
    ...{
      owedOffset0Double: 0,
      owedOffset1Double: 0,
      uncollectedOffset0Double: 0,
      uncollectedOffset1Double: 0,
    },
    flows1Double,
  };
}

/** v2: there is no growth, and nothing is owed but what the LP tokens are worth beyond their principal. */
function rankPair(position: PositionLedger & FeeLedger, basisX64: bigint): Ranking {
  const { amount0, amount1 } = pairFeesCollected(position);
  const { value1 } = pairFeesCollectedValue(position);
  return {
    ...rankLedger(position),
    ...{ liquidityDouble: toDouble(basisX64, Q64), sharesDouble: toDouble(position.liquidity) },
    ...{ feesOffset0Double: toDouble(amount0), feesOffset1Double: toDouble(amount1) },
    ...{ owedOffset0Double: 0, owedOffset1Double: 0 },
    ...{ uncollectedOffset0Double: 0, uncollectedOffset1Double: 0 },
    flows1Double: toDouble(position.withdrawnValue1 + value1 - position.depositedValue1),
  };
}

function rankLedger(ledger: PositionLedger) {
  return {
    hold0Double: toDouble(ledger.hold0),
    hold1Double: toDouble(ledger.hold1),
    realizedIl1Double: toDouble(ledger.realizedIl1),
  };
}

/** An amount less what growth up to the last touch would make of the liquidity; formed in integers. */
function offset(position: FeeLedger, token: 0 | 1, amount: bigint): number {
  const last = token === 0 ? position.feeGrowthInside0LastX128 : position.feeGrowthInside1LastX128;
  return toDouble(amount * Q128 - position.liquidity * BigInt.asIntN(256, last), Q128);
}
