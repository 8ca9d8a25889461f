export type PositionStatus = "IN_RANGE" | "BELOW" | "ABOVE" | "CLOSED";

/**
 * Whether a position is at work: IN_RANGE where tickLower <= tick < tickUpper, BELOW (all token0) and ABOVE
 * (all token1) where the price is under or over the range, CLOSED without liquidity. Decided by the pool's
 * tick, as the contract does, since a swap down may end on the price of tickLower already outside.
 * Example: liquidity 1 in [-60, 60) at tick 60 is ABOVE.
 */
export function positionStatus(position: {
  liquidity: bigint;
  tick: number;
  tickLower: number;
  tickUpper: number;
}): PositionStatus {
  const { liquidity, tick, tickLower, tickUpper } = position;
  if (liquidity === 0n) return "CLOSED";
  if (tick < tickLower) return "BELOW";
  return tick < tickUpper ? "IN_RANGE" : "ABOVE";
}
