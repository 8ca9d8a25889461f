import { dynamicFee } from "../../../demo/chain/uniswapV4Contracts.ts";

export type PoolSpec = {
  fee: number;
  tickSpacing: number;
  /** The tick that it starts at; prices keep returning to it. */
  centreTick: number;
  /** Bounds of the liquidity of a position. */
  liquidity: readonly [bigint, bigint];
  /** Currency next to the one that all pools share. Left out: a token. */
  next?: "native" | "wrapped";
  hooks?: "V4FeeHook" | "V4TakingHook" | "V4CurveHook";
  /** Donations may be so large that fee growth goes round. */
  overpaid?: boolean;
  /** Narrow ranges far from each other: most of the way between them is without liquidity. */
  gappy?: boolean;
};

const ordinary = [10n ** 9n, 10n ** 19n] as const;
const tiny = [1n, 3n] as const;
/** Close to the most that one tick may have at a spacing of 10. */
const huge = [2n ** 95n, 2n ** 104n] as const;
const extreme = [1n, 10n ** 15n] as const;
const usual = { centreTick: 0, liquidity: ordinary };

/** Twenty pools of one pool manager. Ether and wrapped ether stand next to the same token at the same terms. */
export const poolSpecs: readonly PoolSpec[] = [
  { ...usual, fee: 0, tickSpacing: 1 },
  { ...usual, fee: 100, tickSpacing: 1, centreTick: 5_119 },
  { ...usual, fee: 500, tickSpacing: 10, next: "native" },
  { ...usual, fee: 500, tickSpacing: 10, next: "wrapped" },
  { ...usual, fee: 3000, tickSpacing: 60 },
  { ...usual, fee: 3000, tickSpacing: 60, next: "native", centreTick: -15_360 },
  { ...usual, fee: 3000, tickSpacing: 60, next: "wrapped", centreTick: -15_360 },
  { ...usual, fee: 10_000, tickSpacing: 200, centreTick: 15_360, gappy: true },
  { ...usual, fee: 999_999, tickSpacing: 60 },
  { ...usual, fee: 1_000_000, tickSpacing: 60, gappy: true },
  { ...usual, fee: dynamicFee, tickSpacing: 60, hooks: "V4FeeHook" },
  { ...usual, fee: dynamicFee, tickSpacing: 1, hooks: "V4FeeHook", centreTick: -20 },
  { ...usual, fee: dynamicFee, tickSpacing: 10, hooks: "V4FeeHook", next: "native" },
  { ...usual, fee: 3000, tickSpacing: 60, hooks: "V4TakingHook" },
  { ...usual, fee: dynamicFee, tickSpacing: 60, hooks: "V4CurveHook" },
  { ...usual, fee: 3000, tickSpacing: 16_383, centreTick: 100 },
  { fee: 500, tickSpacing: 10, centreTick: 875_000, liquidity: extreme },
  { fee: 101, tickSpacing: 1, centreTick: -879_000, liquidity: extreme },
  { ...usual, fee: 2500, tickSpacing: 60, liquidity: tiny, overpaid: true },
  { ...usual, fee: 502, tickSpacing: 10, liquidity: huge, centreTick: 12 },
];
