import { type CapitalLedger, emptyCapital, settleCapital } from "./capitalLedger.ts";

/** A position's time and loss versus rebalancing, up to its last change of liquidity. Columns: ponder.schema.ts. */
export type GrowthLedger = CapitalLedger & {
  secondsInsideLast: number;
  lvrInsideLastX128: bigint;
  secondsInRange: number;
  lvrX128: bigint;
};

/** Unix seconds, and token1 units times 2^128 a unit of liquidity, that growth inside a range stands at. */
export type TimeAndLvrInside = { secondsInside: number; lvrInsideX128: bigint };

export const emptyGrowth: GrowthLedger = {
  ...emptyCapital,
  secondsInsideLast: 0,
  lvrInsideLastX128: 0n,
  secondsInRange: 0,
  lvrX128: 0n,
};

/**
 * The ledger brought up to `timestamp`, before liquidity changes: without liquidity no time counts as open.
 * Example: liquidity 3 that was in range for 40 of 60 seconds adds 60 and 40, and three times the growth.
 */
export function settleGrowth<T extends GrowthLedger & { liquidity: bigint; cost1: bigint }>(
  position: T,
  inside: TimeAndLvrInside,
  timestamp: number,
): T {
  const lasts = {
    secondsInsideLast: inside.secondsInside,
    lvrInsideLastX128: inside.lvrInsideX128,
  };
  const settled = settleCapital(position, timestamp);
  if (position.liquidity === 0n) return { ...settled, ...lasts };
  return {
    ...settled,
    ...lasts,
    secondsInRange: position.secondsInRange + inside.secondsInside - position.secondsInsideLast,
    lvrX128: position.lvrX128 + (inside.lvrInsideX128 - position.lvrInsideLastX128) * position.liquidity,
  };
}
