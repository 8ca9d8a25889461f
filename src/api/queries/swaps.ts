import { and, eq } from "drizzle-orm";
import { swap } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { type EventList, inChainOrder, isListed } from "./eventList.ts";
import type { PoolKey } from "./poolKey.ts";

export type SwapRow = typeof swap.$inferSelect;

/** The page's swaps of a pool, and one more where there is a next page. */
export function listSwaps(
  snapshot: Snapshot,
  list: EventList,
  { chainId, poolId }: PoolKey,
): Promise<SwapRow[]> {
  return snapshot
    .select()
    .from(swap)
    .where(and(eq(swap.chainId, chainId), eq(swap.poolId, poolId), isListed(swap, list)))
    .orderBy(...inChainOrder(swap, list))
    .limit(list.first + 1);
}
