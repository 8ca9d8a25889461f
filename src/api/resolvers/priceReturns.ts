import type { ApiContext } from "../context.ts";
import { type LazyBy, lazyBy } from "../lazy.ts";
import { overlappingReturns } from "../metrics/overlappingReturns.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import { samplesOf } from "./volatility.ts";

type Returns = LazyBy<number, readonly number[]>;

/** Positions of one pool share its returns. */
const known = new WeakMap<PoolAt, Map<Window, Returns>>();

/** A pool's over so many five-minute steps: see overlappingReturns. */
export function returnsOf(
  pool: PoolAt,
  window: Window,
  steps: number,
  context: ApiContext,
): Promise<readonly number[]> {
  const windows = known.get(pool) ?? new Map<Window, Returns>();
  known.set(pool, windows);
  const ofWindow =
    windows.get(window) ??
    lazyBy(async (ask, over) => {
      const samples = await samplesOf(pool, window, context);
      // As a question: others have their turn between several pools, or horizons.
      return ask(async () => overlappingReturns(samples, pool.tip.timestamp, over));
    });
  windows.set(window, ofWindow);
  return ofWindow(context.ask, steps);
}
