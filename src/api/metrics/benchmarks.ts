import { toToken0, toToken1, valueX192 } from "../../math/valueMath.ts";
import type { TokenAmounts } from "../../state/feeLedger.ts";

type InBoth = { raw0: bigint; raw1: bigint };

type Book = { held: TokenAmounts; sums: { cost0: bigint; cost1: bigint }; sqrtPriceX96: bigint };

/**
 * What is held, less what the deposits still at work would be worth had each been turned into token0 at its own price:
 * `cost0` of it (metrics.md 4.3). Raw units of either token, truncated towards zero; either sign.
 * Example: 3 and 6 held of what cost 10 token0 is -1 at price 1.
 */
export function versusToken0(book: Book): InBoth {
  return against(book, book.sums.cost0, 0n);
}

/** The same, had each deposit been turned into token1. */
export function versusToken1(book: Book): InBoth {
  return against(book, 0n, book.sums.cost1);
}

/** The same, had each been turned into half of either, and then left alone. */
export function versusHalf({ held, sums, sqrtPriceX96 }: Book): InBoth {
  const double = valueX192(2n * held.amount0 - sums.cost0, 2n * held.amount1 - sums.cost1, sqrtPriceX96);
  return { raw0: toToken0(double, sqrtPriceX96) / 2n, raw1: toToken1(double) / 2n };
}

function against({ held, sqrtPriceX96 }: Book, basket0: bigint, basket1: bigint): InBoth {
  const gain = valueX192(held.amount0 - basket0, held.amount1 - basket1, sqrtPriceX96);
  return { raw0: toToken0(gain, sqrtPriceX96), raw1: toToken1(gain) };
}
