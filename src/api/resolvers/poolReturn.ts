import type { ApiContext } from "../context.ts";
import { feeApr } from "../metrics/feeApr.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import { principalOf } from "./poolPrincipal.ts";
import { totals } from "./poolTotals.ts";

/** By the fees of the window, or since the pool is known; null where they are not known. */
export async function feeAprOf(
  pool: PoolAt,
  { window }: { window: Window },
  context: ApiContext,
): Promise<number | null> {
  const { row, tip } = pool;
  const { counted, feesKnown } = await totals(pool, { window }, context);
  const principal = await principalOf(pool, context);
  const { sqrtPriceX96 } = row;
  if (!feesKnown || principal === null || sqrtPriceX96 === null) return null;
  const fees = { amount0: counted.feesLp0, amount1: counted.feesLp1 };
  const since = Math.max(windowStart(tip.timestamp, window) ?? 0, row.trackedFromTimestamp);
  return feeApr(fees, principal, { sqrtPriceX96, seconds: tip.timestamp - since });
}
