import { movesAmounts } from "../metrics/poolCaveats.ts";
import { price } from "../metrics/price.ts";
import { isPair } from "../metrics/protocol.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { SwapRow } from "../queries/swaps.ts";
import type { Amounts } from "./amounts.ts";
import { pairThen } from "./pair.ts";

export type SwapAt = { row: SwapRow; pool: PoolAt };

export const swapResolvers = {
  id: ({ row }: SwapAt) => `${row.chainId}:${row.blockNumber}:${row.logIndex}`,
  block: ({ row }: SwapAt) => ({ number: row.blockNumber, timestamp: row.timestamp }),
  transaction: ({ row }: SwapAt) => row.transactionHash,
  logIndex: ({ row }: SwapAt) => row.logIndex,
  sender: ({ row }: SwapAt) => row.sender,
  recipient: ({ row }: SwapAt) => row.recipient,
  amount0: ({ row }: SwapAt) => row.amount0,
  amount1: ({ row }: SwapAt) => row.amount1,
  feesLp: (swap: SwapAt): Amounts | null => {
    const { feeLp, amount0 } = swap.row;
    if (feeLp === null || movesAmounts(swap.pool.row.hooks)) return null;
    // A swap that pays nothing in has no fee either.
    const paid0 = amount0 > 0n;
    return { amount0: paid0 ? feeLp : 0n, amount1: paid0 ? 0n : feeLp, pair: pairThen(swap.pool, swap.row) };
  },
  sqrtPriceX96: ({ row }: SwapAt) => row.sqrtPriceX96,
  tick: ({ row, pool }: SwapAt) => (isPair(pool.row) ? null : row.tick),
  liquidity: ({ row }: SwapAt) => row.liquidity,
  price: (swap: SwapAt) => price(swap.row.sqrtPriceX96, pairThen(swap.pool, swap.row)),
};
