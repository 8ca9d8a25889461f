import type { Amounts as TokenAmounts } from "../../math/liquidityAmounts.ts";
import type { ApiContext } from "../context.ts";
import type { Lazy } from "../lazy.ts";
import { type CandlePrices, candlePrices } from "../metrics/candlePrices.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { price } from "../metrics/price.ts";
import { wholeUnits } from "../metrics/value.ts";
import { type Closing, type ClosingState, findClosings, findFirstPrice } from "../queries/closings.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Tip } from "../queries/tips.ts";
import type { Amounts } from "./amounts.ts";
import { findExtremes } from "./candleExtremes.ts";
import { principalsAt } from "./candlePrincipals.ts";
import { type CandleArgs, candleSpan } from "./candleSpan.ts";
import type { Flow } from "./flow.ts";
import { type Pair, pairOf } from "./pair.ts";

/** What happened to a pool in an interval, and how it stood at its end. */
export type Candle = {
  timestamp: number;
  prices: CandlePrices;
  /** Null where nothing was before. */
  before: ClosingState | null;
  closing: ClosingState;
  block: Tip;
  /** At the close. */
  pair: Pair;
  hooks: string | null;
  principals: Lazy<ReadonlyMap<number, TokenAmounts>>;
};

const Q128 = 2n ** 128n;

export async function candles(pool: PoolAt, args: CandleArgs, { ask }: ApiContext): Promise<Candle[]> {
  const { row, tip } = pool;
  const first = await ask((snapshot) => findFirstPrice(snapshot, row, tip));
  const span = candleSpan(args, tip, first?.timestamp ?? null);
  if (first === null || span === null) return [];
  const { starts, ends, fineFrom } = span;
  const times = [...new Set([...starts, ...ends, fineFrom])];
  const closings = await ask((snapshot) => findClosings(snapshot, row, tip, times));
  const extremes = await ask((snapshot) => findExtremes(snapshot, row, span, closings));
  const closed = ends.flatMap((end) => closings.get(end) ?? []);
  const principals = principalsAt(pool, closed.flatMap(statesOf));
  return starts.flatMap((timestamp, i) => {
    const before = closings.get(timestamp)?.state ?? null;
    const { block, state: closing = null } = closings.get(ends[i] ?? 0) ?? {};
    if (block === undefined || closing === null || closing.sqrtPriceX96 === null) return [];
    const open = before?.sqrtPriceX96 ?? first.sqrtPriceX96;
    const prices = candlePrices(open, closing.sqrtPriceX96, extremes.get(i) ?? []);
    const pair = {
      ...pairOf(pool),
      sqrtPriceX96: closing.sqrtPriceX96,
      moment: async () => block,
      alone: true as const,
    };
    return [{ timestamp, prices, before, closing, block, pair, hooks: row.hooks, principals }];
  });
}

function statesOf({ block, state }: Closing): { blockNumber: number; state: ClosingState }[] {
  return state === null ? [] : [{ blockNumber: block.number, state }];
}

type Counter = "volume0" | "volume1" | "lvrX128" | `feesLp${"" | "Value"}${0 | 1}`;

function since({ before, closing }: Candle, counter: Counter): bigint {
  return closing[counter] - (before?.[counter] ?? 0n);
}

export const candleResolvers = {
  open: ({ prices, pair }: Candle) => price(prices.openX96, pair),
  high: ({ prices, pair }: Candle) => price(prices.highX96, pair),
  low: ({ prices, pair }: Candle) => price(prices.lowX96, pair),
  close: ({ prices, pair }: Candle) => price(prices.closeX96, pair),
  volume: (candle: Candle): Amounts => ({
    amount0: since(candle, "volume0"),
    amount1: since(candle, "volume1"),
    pair: candle.pair,
  }),
  feesLp: (candle: Candle): Flow | null => {
    const { hooks, closing, pair } = candle;
    if (!feesKnown({ hooks, quarantinedBlock: closing.quarantinedBlock })) return null;
    return {
      amount0: since(candle, "feesLp0"),
      amount1: since(candle, "feesLp1"),
      valueThen0: since(candle, "feesLpValue0"),
      valueThen1: since(candle, "feesLpValue1"),
      quotedThen: null,
      pair,
    };
  },
  principal: async ({ block, pair, principals }: Candle, _: unknown, { ask }: ApiContext) => {
    const amounts = (await principals(ask)).get(block.number);
    return amounts === undefined ? null : { ...amounts, pair };
  },
  lvr: (candle: Candle) =>
    candle.closing.quarantinedBlock === null
      ? wholeUnits(since(candle, "lvrX128") / Q128, candle.pair.token1Decimals)
      : null,
  swaps: ({ before, closing }: Candle) => closing.swaps - (before?.swaps ?? 0),
  liquidity: ({ closing }: Candle) => closing.liquidity,
};
