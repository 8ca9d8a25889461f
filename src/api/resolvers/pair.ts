import type { PairDecimals } from "../metrics/value.ts";
import type { PoolAt } from "../queries/pools.ts";

/** What turns a pool's raw amounts into human ones. The price is null before the pool's first. */
export type Pair = PairDecimals & { sqrtPriceX96: bigint | null };

export function pairOf({ row, token0, token1 }: PoolAt): Pair {
  return {
    token0Decimals: token0.decimals,
    token1Decimals: token1.decimals,
    sqrtPriceX96: row.sqrtPriceX96,
  };
}
