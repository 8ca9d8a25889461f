import { and, eq, getTableColumns, isNotNull, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { liquidityEvent } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { type EventList, inChainOrder, isListed } from "./eventList.ts";
import type { PoolKey } from "./poolKey.ts";

const KINDS = ["DEPOSIT", "WITHDRAW", "COLLECT", "TRANSFER"] as const;

export type LiquidityEventKind = (typeof KINDS)[number];

/** Of a position: logs that no position is known of are not listed. */
export type LiquidityEventRow = typeof liquidityEvent.$inferSelect & { positionId: string };

/** The page's events of a position, and one more where there is a next page. */
export function listPositionEvents(
  snapshot: Snapshot,
  list: EventList,
  { chainId, positionId }: { chainId: number; positionId: string },
): Promise<LiquidityEventRow[]> {
  const { chainId: chain, positionId: position } = liquidityEvent;
  return some(snapshot, list, and(eq(chain, chainId), eq(position, positionId)));
}

/**
 * The page's events of a pool, and one more where there is a next page. Each kind is a page of its own of the
 * index, and they are merged: none is passed over in search of another. `kinds`: null for all.
 */
export async function listPoolEvents(
  snapshot: Snapshot,
  list: EventList,
  { chainId, poolId }: PoolKey,
  kinds: readonly LiquidityEventKind[] | null,
): Promise<LiquidityEventRow[]> {
  const [first, second, ...rest] = [...new Set(kinds ?? KINDS)].map((kind) =>
    some(
      snapshot,
      list,
      and(
        eq(liquidityEvent.chainId, chainId),
        eq(liquidityEvent.poolId, poolId),
        eq(liquidityEvent.kind, kind),
        // What a position manager did without an NFT, or with one that no log names.
        isNotNull(liquidityEvent.positionId),
      ),
    ),
  );
  if (first === undefined) return [];
  if (second === undefined) return first;
  const merged = unionAll(first, second, ...rest).as("merged");
  return snapshot
    .select()
    .from(merged)
    .orderBy(...inChainOrder(merged, list))
    .limit(list.first + 1);
}

function some(snapshot: Snapshot, list: EventList, where: SQL | undefined) {
  const positionId = sql<string>`${liquidityEvent.positionId}`.as("position_id");
  return snapshot
    .select({ ...getTableColumns(liquidityEvent), positionId })
    .from(liquidityEvent)
    .where(and(where, isListed(liquidityEvent, list)))
    .orderBy(...inChainOrder(liquidityEvent, list))
    .limit(list.first + 1);
}
