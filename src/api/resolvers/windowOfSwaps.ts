import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { poolTotals } from "../metrics/poolTotals.ts";
import type { Window } from "../metrics/windowStart.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolSnapshotRow } from "../queries/poolPage.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { SwapSpan } from "../queries/windowSwaps.ts";

const MAX_SWAPS = 200_000;

/** A pool's swaps of a window, and the pool before it; null where it was not there yet, and for ALL. */
export type WindowOfSwaps = { span: SwapSpan; before: PoolSnapshotRow | null };

/** Throws TOO_COMPLEX where there are more swaps in it than are read for one figure, which the pool's counters tell. */
export async function windowOfSwaps(
  { row, tip, page }: PoolAt,
  window: Window,
  { ask }: ApiContext,
): Promise<WindowOfSwaps> {
  const edge = (await page.before(ask, window)).get(poolKey(row));
  const before = edge?.state ?? null;
  const { swaps } = poolTotals(row, before);
  if (swaps > MAX_SWAPS) throw tooManySwaps(swaps);
  const { chainId, poolId } = row;
  return {
    span: { chainId, poolId, fromBlock: edge?.from.number ?? 0, toBlock: tip.number },
    before,
  };
}

function tooManySwaps(swaps: number): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `The pool has ${swaps} swaps in this window, more than the ${MAX_SWAPS} that are read for one figure: ask for a shorter one.`,
  );
}
