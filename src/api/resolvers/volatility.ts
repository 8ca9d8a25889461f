import type { ApiContext } from "../context.ts";
import { type LazyBy, lazyBy } from "../lazy.ts";
import { type PriceSample, realizedVolatility } from "../metrics/realizedVolatility.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import { samplePrices } from "../queries/priceSamples.ts";

/** Several figures of many positions of one pool need them: they are read once a window. */
const known = new WeakMap<PoolAt, LazyBy<Window, readonly PriceSample[]>>();

/** Of the price that swaps left, annualised; null under twelve five-minute returns. */
export async function volatilityOf(
  pool: PoolAt,
  window: Window,
  context: ApiContext,
): Promise<number | null> {
  return realizedVolatility(await samplesOf(pool, window, context), pool.tip.timestamp);
}

/**
 * A pool's price at five-minute marks of a window, oldest first and only where it moved: what stood when the window
 * began is the first, where there was one. What is after the last mark up to the pool's block is not sampled yet.
 */
export function samplesOf(
  pool: PoolAt,
  window: Window,
  { ask }: ApiContext,
): Promise<readonly PriceSample[]> {
  const ofPool = known.get(pool) ?? lazyBy((asks, asked) => samples(pool, asked, asks));
  known.set(pool, ofPool);
  return ofPool(ask, window);
}

async function samples(pool: PoolAt, window: Window, ask: ApiContext["ask"]): Promise<PriceSample[]> {
  const { row, tip, page } = pool;
  const from = windowStart(tip.timestamp, window);
  const found = await ask((snapshot) =>
    samplePrices(snapshot, row, { from: from ?? 0, until: tip.timestamp }),
  );
  const sqrtPriceX96 = (await page.before(ask, window)).get(poolKey(row))?.state?.sqrtPriceX96 ?? null;
  return from === null || sqrtPriceX96 === null ? found : [{ time: from, sqrtPriceX96 }, ...found];
}
