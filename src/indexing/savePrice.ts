import schema from "ponder:schema";
import { addPrice, bucketStart } from "../state/priceBucket.ts";
import type { EventScope } from "./eventScope.ts";

/** Notes what a pool's price was left at, in its five minutes. */
export async function savePrice(
  { db, chainId, timestamp }: EventScope,
  poolId: `0x${string}`,
  sqrtPriceX96: bigint,
): Promise<void> {
  const only = {
    closeSqrtPriceX96: sqrtPriceX96,
    highSqrtPriceX96: sqrtPriceX96,
    lowSqrtPriceX96: sqrtPriceX96,
  };
  await db
    .insert(schema.poolBucket)
    .values({ chainId, poolId, start: bucketStart(timestamp), ...only })
    .onConflictDoUpdate((bucket) => addPrice(bucket, sqrtPriceX96));
}
