import type { ApiContext } from "../context.ts";
import { decimalAmount } from "../metrics/decimalAmount.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { type PoolTotals as Counted, poolTotals } from "../metrics/poolTotals.ts";
import type { Window } from "../metrics/windowStart.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import type { Amounts } from "./amounts.ts";
import type { Flow } from "./flow.ts";
import { type Answer, figureIn, type InNumeraire } from "./numeraire.ts";
import { type Pair, pairOf } from "./pair.ts";

type PoolTotals = {
  counted: Counted;
  from: { number: number; timestamp: number };
  pair: Pair;
  feesKnown: boolean;
};

/** A pool's counters over a window: its row, less its snapshot before the window. */
export async function totals(
  pool: PoolAt,
  { window }: { window: Window },
  { ask }: ApiContext,
): Promise<PoolTotals> {
  const { row, page } = pool;
  const before = (await page.before(ask, window)).get(poolKey(row));
  const then = before?.state ?? null;
  const tracked = { number: row.trackedFromBlock, timestamp: row.trackedFromTimestamp };
  return {
    counted: poolTotals(row, then),
    from: before === undefined || then === null ? tracked : before.from,
    pair: pairOf(pool),
    feesKnown: feesKnown(row),
  };
}

export const poolTotalsResolvers = {
  swaps: ({ counted }: PoolTotals) => counted.swaps,
  mints: ({ counted }: PoolTotals) => counted.mints,
  burns: ({ counted }: PoolTotals) => counted.burns,
  volume: ({ counted, pair }: PoolTotals): Amounts => ({
    amount0: counted.volume0,
    amount1: counted.volume1,
    pair,
  }),
  feesProtocol: (totals: PoolTotals) => (totals.feesKnown ? feesProtocol(totals) : null),
  feesLp: (totals: PoolTotals) => (totals.feesKnown ? feesLp(totals) : null),
  feesGross: (totals: PoolTotals): Flow | null => {
    if (!totals.feesKnown) return null;
    const [protocol, lp] = [feesProtocol(totals), feesLp(totals)];
    return {
      amount0: protocol.amount0 + lp.amount0,
      amount1: protocol.amount1 + lp.amount1,
      valueThen0: protocol.valueThen0 + lp.valueThen0,
      valueThen1: protocol.valueThen1 + lp.valueThen1,
      quotedThen: null,
      pair: totals.pair,
    };
  },
};

export const volumeResolvers = {
  decimal0: ({ amount0, pair }: Amounts) => decimalAmount(amount0, pair.token0Decimals),
  decimal1: ({ amount1, pair }: Amounts) => decimalAmount(amount1, pair.token1Decimals),
  /** Single trades are not converted: QUOTE_THEN is not known. */
  notional: ({ amount0, amount1, pair }: Amounts, args: InNumeraire, context: ApiContext): Answer =>
    args.in === "QUOTE_THEN" ? null : figureIn({ raw0: amount0, raw1: amount1 }, pair, args.in, context),
};

function feesProtocol({ counted, pair }: PoolTotals): Flow {
  return {
    amount0: counted.feesProtocol0,
    amount1: counted.feesProtocol1,
    valueThen0: counted.feesProtocolValue0,
    valueThen1: counted.feesProtocolValue1,
    quotedThen: null,
    pair,
  };
}

function feesLp({ counted, pair }: PoolTotals): Flow {
  return {
    amount0: counted.feesLp0,
    amount1: counted.feesLp1,
    valueThen0: counted.feesLpValue0,
    valueThen1: counted.feesLpValue1,
    quotedThen: null,
    pair,
  };
}
