import type { ApiContext } from "../context.ts";
import { flowToxicity } from "../metrics/flowToxicity.ts";
import { orderFlowImbalance } from "../metrics/orderFlowImbalance.ts";
import type { Window } from "../metrics/windowStart.ts";
import type { PoolAt } from "../queries/pools.ts";
import {
  findTrades,
  type SwapSide,
  type SwapSides,
  sumSides,
  sumTrades,
  type TradeSums,
} from "../queries/windowSwaps.ts";
import type { Flow } from "./flow.ts";
import { once } from "./once.ts";
import { pairOf } from "./pair.ts";
import { windowOfSwaps } from "./windowOfSwaps.ts";

type OrderFlow = {
  trades: TradeSums;
  sides(context: ApiContext): Promise<SwapSides>;
  pool: PoolAt;
  window: Window;
};

/** Of a pool: what its swaps of a window come to. */
export async function flow(
  pool: PoolAt,
  { window }: { window: Window },
  context: ApiContext,
): Promise<OrderFlow> {
  const { span } = await windowOfSwaps(pool, window, context);
  const trades = await context.ask((snapshot) => sumTrades(snapshot, span));
  return { trades, sides: once(({ ask }) => ask((snapshot) => sumSides(snapshot, span))), pool, window };
}

export const orderFlowResolvers = {
  paidIn: async ({ sides, pool }: OrderFlow, _: unknown, context: ApiContext) =>
    sideOf((await sides(context)).paidIn, pool),
  takenOut: async ({ sides, pool }: OrderFlow, _: unknown, context: ApiContext) =>
    sideOf((await sides(context)).takenOut, pool),
  imbalance: ({ trades }: OrderFlow) => orderFlowImbalance(trades.bought, trades.sold),
  toxicity: async ({ pool, window }: OrderFlow, _: unknown, context: ApiContext): Promise<number | null> => {
    const day = await windowOfSwaps(pool, "DAY", context);
    const { bought, sold } = await context.ask((snapshot) => sumTrades(snapshot, day.span));
    // The newest fifty parts of a day's volume are in that day.
    const { span } = window === "HOUR" ? await windowOfSwaps(pool, window, context) : day;
    const trades = await context.ask((snapshot) => findTrades(snapshot, span));
    return flowToxicity(trades, bought + sold);
  },
  swaps: ({ trades }: OrderFlow) => trades.swaps,
};

function sideOf(side: SwapSide, pool: PoolAt): Flow {
  return { ...side, quotedThen: null, pair: pairOf(pool) };
}
