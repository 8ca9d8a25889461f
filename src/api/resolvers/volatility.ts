import type { ApiContext } from "../context.ts";
import { type LazyBy, lazyBy } from "../lazy.ts";
import { type PriceSample, realizedVolatility } from "../metrics/realizedVolatility.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import { samplePrices } from "../queries/priceSamples.ts";

/** Several figures of many positions of one pool need them: they are read, and summed up, once a window. */
type Known = { samples: LazyBy<Window, readonly PriceSample[]>; volatility: LazyBy<Window, number | null> };

const known = new WeakMap<PoolAt, Known>();

/** Of the price that swaps left, annualised; null under twelve five-minute returns. */
export function volatilityOf(pool: PoolAt, window: Window, { ask }: ApiContext): Promise<number | null> {
  return knownOf(pool).volatility(ask, window);
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
  return knownOf(pool).samples(ask, window);
}

function knownOf(pool: PoolAt): Known {
  const before = known.get(pool);
  if (before !== undefined) return before;
  const read = lazyBy((ask: ApiContext["ask"], window: Window) => samples(pool, window, ask));
  const volatility = lazyBy(async (ask: ApiContext["ask"], window: Window) =>
    realizedVolatility(await read(ask, window), pool.tip.timestamp),
  );
  known.set(pool, { samples: read, volatility });
  return { samples: read, volatility };
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
