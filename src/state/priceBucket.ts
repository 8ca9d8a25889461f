/** Seconds of a bucket. */
export const BUCKET_SECONDS = 300;

/** A pool's price over five minutes: what the last event left, and the extremes. Columns: ponder.schema.ts. */
export type PriceBucket = {
  closeSqrtPriceX96: bigint;
  highSqrtPriceX96: bigint;
  lowSqrtPriceX96: bigint;
};

/** The first second of the bucket that a moment lies in. Example: `bucketStart(1_700_000_123)` is `1_700_000_100`. */
export function bucketStart(timestamp: number): number {
  return timestamp - (timestamp % BUCKET_SECONDS);
}

/** The bucket with one more price. Example: 5 after a close of 7, a high of 9 and a low of 6 is 5, 9 and 5. */
export function addPrice({ highSqrtPriceX96, lowSqrtPriceX96 }: PriceBucket, price: bigint): PriceBucket {
  return {
    closeSqrtPriceX96: price,
    highSqrtPriceX96: price > highSqrtPriceX96 ? price : highSqrtPriceX96,
    lowSqrtPriceX96: price < lowSqrtPriceX96 ? price : lowSqrtPriceX96,
  };
}
