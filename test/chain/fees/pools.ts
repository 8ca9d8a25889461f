import type { HistoryPoolOptions } from "../../../demo/chain/historyWorld.ts";

const decimals = { decimals0: 18, decimals1: 6 };
const ordinary = [10n ** 9n, 10n ** 19n] as const;
const tiny = [1n, 3000n] as const;
const few = [1n, 3n] as const;
/** Close to the most that one tick may have: 2^128 over the number of ticks, 2^107 at a spacing of 1. */
const huge = [2n ** 95n, 2n ** 104n] as const;

/**
 * The pools of the fee history: the usual spacings and odd ones, 0.01 % to 10 %, positions of one unit of liquidity
 * and of nearly as much as a tick may have, prices close to both ends of the scale.
 */
export const allPools: HistoryPoolOptions[] = [
  { ...decimals, fee: 100, tickSpacing: 1 },
  { ...decimals, fee: 500, tickSpacing: 10 },
  { ...decimals, fee: 3000, tickSpacing: 60 },
  { ...decimals, fee: 10_000, tickSpacing: 200 },
  { ...decimals, fee: 101, tickSpacing: 1, gappy: true, liquidity: ordinary, centreTick: -20 },
  { ...decimals, fee: 501, tickSpacing: 10, gappy: true, liquidity: ordinary, centreTick: 5_119 },
  { ...decimals, fee: 3001, tickSpacing: 60, gappy: true, liquidity: ordinary, centreTick: 15_360 },
  { ...decimals, fee: 10_001, tickSpacing: 200, gappy: true, liquidity: ordinary, centreTick: -51_200 },
  { ...decimals, fee: 102, tickSpacing: 1, liquidity: tiny, centreTick: 0 },
  { ...decimals, fee: 3002, tickSpacing: 60, liquidity: tiny, centreTick: 46_000 },
  { ...decimals, fee: 2500, tickSpacing: 60, liquidity: few, centreTick: 0, overpaid: true },
  { ...decimals, fee: 502, tickSpacing: 10, liquidity: huge, centreTick: 12 },
  { ...decimals, fee: 103, tickSpacing: 1, liquidity: huge, centreTick: -130 },
  { ...decimals, fee: 10_002, tickSpacing: 200, liquidity: huge, centreTick: 23_000 },
  { ...decimals, fee: 3003, tickSpacing: 60, liquidity: [1n, 10n ** 15n], centreTick: 875_000 },
  { ...decimals, fee: 503, tickSpacing: 10, liquidity: [1n, 10n ** 15n], centreTick: -879_000 },
  { ...decimals, fee: 250, tickSpacing: 7, liquidity: ordinary, centreTick: 891 },
  { ...decimals, fee: 50_000, tickSpacing: 37 },
  { ...decimals, fee: 100_000, tickSpacing: 123, liquidity: ordinary, centreTick: -31_488 },
  { ...decimals, fee: 99_999, tickSpacing: 887, liquidity: ordinary, centreTick: 0 },
  { ...decimals, fee: 20_000, tickSpacing: 16_383, liquidity: ordinary, centreTick: 100 },
  { ...decimals, fee: 777, tickSpacing: 3, liquidity: [10n ** 6n, 10n ** 24n], centreTick: -300_000 },
];

/** One of each kind. */
export const fewPools = [100, 3000, 501, 102, 2500, 10_002, 3003, 250, 20_000].flatMap((fee) =>
  allPools.filter((pool) => pool.fee === fee),
);
