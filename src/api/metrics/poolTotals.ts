/** What a pool's row counts since its creation. */
export type PoolTotals = {
  swaps: number;
  mints: number;
  burns: number;
  volume0: bigint;
  volume1: bigint;
  feesProtocol0: bigint;
  feesProtocol1: bigint;
  feesProtocolValue0: bigint;
  feesProtocolValue1: bigint;
  feesLp0: bigint;
  feesLp1: bigint;
  feesLpValue0: bigint;
  feesLpValue1: bigint;
};

/** What was counted since `then`, or since the creation where there is none. Example: 7 swaps, 3 of them then, is 4. */
export function poolTotals(now: PoolTotals, then: PoolTotals | null): PoolTotals {
  if (then === null) return now;
  return {
    swaps: now.swaps - then.swaps,
    mints: now.mints - then.mints,
    burns: now.burns - then.burns,
    volume0: now.volume0 - then.volume0,
    volume1: now.volume1 - then.volume1,
    feesProtocol0: now.feesProtocol0 - then.feesProtocol0,
    feesProtocol1: now.feesProtocol1 - then.feesProtocol1,
    feesProtocolValue0: now.feesProtocolValue0 - then.feesProtocolValue0,
    feesProtocolValue1: now.feesProtocolValue1 - then.feesProtocolValue1,
    feesLp0: now.feesLp0 - then.feesLp0,
    feesLp1: now.feesLp1 - then.feesLp1,
    feesLpValue0: now.feesLpValue0 - then.feesLpValue0,
    feesLpValue1: now.feesLpValue1 - then.feesLpValue1,
  };
}
