import type { ApiContext } from "../context.ts";
import { type LazyBy, lazyBy } from "../lazy.ts";
import { realizedVolatility } from "../metrics/realizedVolatility.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import { samplePrices } from "../queries/windowSwaps.ts";
import { windowOfSwaps } from "./windowOfSwaps.ts";

/** Several figures of many positions of one pool need it: it is worked out once a window. */
const known = new WeakMap<PoolAt, LazyBy<Window, number | null>>();

/** Of the price that swaps left, annualised; null under twelve five-minute returns. */
export function volatilityOf(pool: PoolAt, window: Window, context: ApiContext): Promise<number | null> {
  const ofPool = known.get(pool) ?? lazyBy((_, asked) => volatility(pool, asked, context));
  known.set(pool, ofPool);
  return ofPool(context.ask, window);
}

async function volatility(pool: PoolAt, window: Window, context: ApiContext): Promise<number | null> {
  const { span, before } = await windowOfSwaps(pool, window, context);
  const samples = await context.ask((snapshot) => samplePrices(snapshot, span));
  const { timestamp } = pool.tip;
  const start = windowStart(timestamp, window);
  const sqrtPriceX96 = before?.sqrtPriceX96 ?? null;
  if (start !== null && sqrtPriceX96 !== null && samples[0]?.time !== start) {
    samples.unshift({ time: start, sqrtPriceX96 });
  }
  return realizedVolatility(samples, timestamp);
}
