import type { ApiContext } from "../context.ts";
import { closeEventPage, type EventArgs, type EventPage, openEventList } from "../queries/eventList.ts";
import { eventPage, type LiquidityEventAt } from "../queries/eventPage.ts";
import { type LiquidityEventKind, listPoolEvents, listPositionEvents } from "../queries/liquidityEvents.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { PositionAt } from "../queries/positions.ts";
import { listSwaps } from "../queries/swaps.ts";
import type { SwapAt } from "./swap.ts";

type PoolEventArgs = EventArgs & { kinds?: LiquidityEventKind[] | null };

export const poolEventResolvers = {
  events: async (
    pool: PoolAt,
    { kinds, ...args }: PoolEventArgs,
    context: ApiContext,
  ): Promise<EventPage<LiquidityEventAt>> => {
    const { row, tip, past } = pool;
    const scope = { kind: "events", of: { poolId: row.poolId, kinds }, tip, past };
    const list = await openEventList(scope, args, context);
    const rows = await context.ask((snapshot) => listPoolEvents(snapshot, list, row, kinds ?? null));
    return closeEventPage(list, rows, (shown) => eventPage(shown, pool), context);
  },
  swaps: async (pool: PoolAt, args: EventArgs, context: ApiContext): Promise<EventPage<SwapAt>> => {
    const { row, tip, past } = pool;
    const list = await openEventList({ kind: "swaps", of: { poolId: row.poolId }, tip, past }, args, context);
    const rows = await context.ask((snapshot) => listSwaps(snapshot, list, row));
    return closeEventPage(list, rows, (shown) => shown.map((swap) => ({ row: swap, pool })), context);
  },
};

export const positionEventResolvers = {
  /** Newest first. */
  events: async (
    position: PositionAt,
    args: Pick<EventArgs, "first" | "after">,
    context: ApiContext,
  ): Promise<EventPage<LiquidityEventAt>> => {
    const { row, pool } = position;
    const { tip, past } = pool;
    const scope = { kind: "position events", of: { positionId: row.positionId }, tip, past };
    const list = await openEventList(scope, { ...args, direction: "DESC" }, context);
    const rows = await context.ask((snapshot) => listPositionEvents(snapshot, list, row));
    return closeEventPage(list, rows, (shown) => eventPage(shown, pool, position), context);
  },
};
