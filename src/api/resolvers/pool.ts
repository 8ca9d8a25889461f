import { price } from "../metrics/price.ts";
import type { PoolAt } from "../queries/pools.ts";
import { pairOf } from "./pair.ts";

export const poolResolvers = {
  id: ({ row }: PoolAt) => `${row.chainId}:${row.poolId}`,
  chainId: ({ row }: PoolAt) => row.chainId,
  poolId: ({ row }: PoolAt) => row.poolId,
  protocol: ({ row }: PoolAt) => row.protocol,
  feePips: ({ row }: PoolAt) => row.fee,
  dynamicFee: () => false,
  swapFeePips: ({ row }: PoolAt) => row.fee,
  protocolFeeShare0: ({ row }: PoolAt) => share(row.feeProtocol0),
  protocolFeeShare1: ({ row }: PoolAt) => share(row.feeProtocol1),
  riskToken: ({ row }: PoolAt) => row.riskToken,
  tickSpacing: ({ row }: PoolAt) => row.tickSpacing,
  exact: (pool: PoolAt) => caveats(pool).length === 0,
  caveats,
  trackedFrom: ({ row }: PoolAt) => ({
    number: row.trackedFromBlock,
    timestamp: row.trackedFromTimestamp,
  }),
  created: ({ row }: PoolAt) =>
    row.createdBlock === null ? null : { number: row.createdBlock, timestamp: row.createdTimestamp },
  asOf: ({ tip }: PoolAt) => tip,
  sqrtPriceX96: ({ row }: PoolAt) => row.sqrtPriceX96,
  tick: ({ row }: PoolAt) => row.tick,
  liquidity: ({ row }: PoolAt) => row.liquidity,
  price: (pool: PoolAt) => {
    const pair = pairOf(pool);
    return pair.sqrtPriceX96 === null ? null : price(pair.sqrtPriceX96, pair);
  },
};

function caveats({ token0, token1 }: PoolAt): "DECIMALS_UNKNOWN"[] {
  return token0.decimals === null || token1.decimals === null ? ["DECIMALS_UNKNOWN"] : [];
}

/** v3 keeps the denominator of the protocol's share, 0 for none. */
function share(denominator: number): number {
  return denominator === 0 ? 0 : 1 / denominator;
}
