import type { ApiContext } from "../context.ts";
import { flowToxicity } from "../metrics/flowToxicity.ts";
import { orderFlowImbalance } from "../metrics/orderFlowImbalance.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import { findTrades, type SwapSide, type SwapSums, sumSwaps } from "../queries/windowSwaps.ts";
import type { Flow } from "./flow.ts";
import { pairOf } from "./pair.ts";
import { windowOfSwaps } from "./windowOfSwaps.ts";

type OrderFlow = { sums: SwapSums; pool: PoolAt; window: Window };

/** Of a pool: what its swaps of a window come to. */
export async function flow(
  pool: PoolAt,
  { window }: { window: Window },
  context: ApiContext,
): Promise<OrderFlow> {
  const { span } = await windowOfSwaps(pool, window, context);
  return { sums: await context.ask((snapshot) => sumSwaps(snapshot, span)), pool, window };
}

export const orderFlowResolvers = {
  paidIn: ({ sums, pool }: OrderFlow) => sideOf(sums.paidIn, pool),
  takenOut: ({ sums, pool }: OrderFlow) => sideOf(sums.takenOut, pool),
  imbalance: ({ sums }: OrderFlow) => orderFlowImbalance(sums.bought, sums.sold),
  toxicity: async ({ pool, window }: OrderFlow, _: unknown, context: ApiContext): Promise<number | null> => {
    const day = await windowOfSwaps(pool, "DAY", context);
    const { bought, sold } = await context.ask((snapshot) => sumSwaps(snapshot, day.span));
    // The newest fifty parts of a day's volume are in that day.
    const { span } = window === "HOUR" ? await windowOfSwaps(pool, window, context) : day;
    const trades = await context.ask((snapshot) => findTrades(snapshot, span));
    return flowToxicity(trades, bought + sold);
  },
  swaps: ({ sums }: OrderFlow) => sums.swaps,
};

function sideOf(side: SwapSide, pool: PoolAt): Flow {
  return { ...side, quotedThen: null, pair: pairOf(pool) };
}
