import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { address, block, POOL, token, USDC } from "./rows.ts";

export type SwapRow = typeof tables.swap.$inferInsert;
export type PoolBucketRow = typeof tables.poolBucket.$inferInsert;
export type LiquidityEventRow = typeof tables.liquidityEvent.$inferInsert;

export const ROUTER = address("c9");

/** The worked example's prices: 2000.04, 2210.38 and 2323.70 USDC. */
export const AT_200311 = 3543226830587239509588885n;
export const AT_199311 = 3724882643302912312464336n;
export const AT_198811 = 3819173722705582514354192n;

/** As the log of a block: the same for the same place. */
export function transactionAt(blockNumber: number, logIndex: number): `0x${string}` {
  return `0x${(blockNumber * 1_000 + logIndex).toString(16).padStart(64, "0")}`;
}

/** One WETH in, 3 per mille of it fees of LPs. */
export function swap(row: Partial<SwapRow> = {}): SwapRow {
  const { blockNumber = 20, logIndex = 0 } = row;
  return {
    ...{ chainId: 1, poolId: POOL, blockNumber, logIndex, timestamp: 1_700_000_000 + blockNumber },
    ...{ transactionHash: transactionAt(blockNumber, logIndex), sender: ROUTER, recipient: ROUTER },
    ...{ amount0: 10n ** 18n, amount1: -1_994_040_168n, sqrtPriceX96: AT_200311, tick: -200311 },
    ...{ liquidity: 6_000_000_000_000_000n, fee: 3000, pluginFee: 0, protocolFeeSetting: 0 },
    ...{ feeLp: 3n * 10n ** 15n, feeProtocol: 0n },
    ...row,
  };
}

/** The five minutes up to `mark` of a pool whose price moved once in them. */
export function bucketBefore(
  mark: number,
  sqrtPriceX96: bigint,
  row: Partial<PoolBucketRow> = {},
): PoolBucketRow {
  return {
    ...{ chainId: 1, poolId: POOL, start: mark - 300 },
    ...{ closeSqrtPriceX96: sqrtPriceX96, highSqrtPriceX96: sqrtPriceX96, lowSqrtPriceX96: sqrtPriceX96 },
    ...row,
  };
}

/** A DEPOSIT of nothing, unless given. */
export function liquidityEvent(row: Partial<LiquidityEventRow> = {}): LiquidityEventRow {
  const { blockNumber = 20, logIndex = 0 } = row;
  return {
    ...{ chainId: 1, poolId: POOL, blockNumber, logIndex, timestamp: 1_700_000_000 + blockNumber },
    ...{ transactionHash: transactionAt(blockNumber, logIndex), kind: "DEPOSIT", positionId: null },
    ...{ liquidityDelta: 0n, amount0: 0n, amount1: 0n, paidOut0: 0n, paidOut1: 0n },
    ...{ sqrtPriceX96: AT_198811, from: null, to: null },
    ...row,
  };
}

/** Blocks of chain 1, one a second, and both tokens. */
export async function fillChain(database: Database, blockNumbers: readonly number[]): Promise<void> {
  await database.insert(tables.block).values(blockNumbers.map((number) => block({ number })));
  await database
    .insert(tables.token)
    .values([token(), token({ address: USDC, symbol: "USDC", decimals: 6 })]);
}
