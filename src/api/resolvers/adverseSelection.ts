import type { ApiContext } from "../context.ts";
import { ApiError } from "../errors.ts";
import { adverseSelection } from "../metrics/lossVersusRebalancing.ts";
import { type MarkoutSums, markout, toxicVolumeShare } from "../metrics/markout.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { poolTotals } from "../metrics/poolTotals.ts";
import { wholeUnits } from "../metrics/value.ts";
import type { Window } from "../metrics/windowStart.ts";
import { sumMarkouts } from "../queries/markouts.ts";
import { poolKey } from "../queries/poolKey.ts";
import type { PoolAt } from "../queries/pools.ts";
import { once } from "./once.ts";
import { windowOfSwaps } from "./windowOfSwaps.ts";

export type AdverseSelectionArgs = { window: Window; horizon: number };

/** In whole token1. */
export type AdverseSelection = {
  lvr: number | null;
  lvrPerSwap: number | null;
  feesLp: number | null;
  feesMinusLvr: number | null;
  lvrCoverage: number | null;
  horizon: number;
  /** Null where swaps are not known, or not read. */
  markouts(context: ApiContext): Promise<MarkoutSums | null>;
};

const MAX_HORIZON = 86_400;
const Q128 = 2n ** 128n;

/** Over a window; what fees are unknown is null. The second figure is of pools alone. */
export function adverseSelectionOf(
  pool: PoolAt,
  accrued: { lvrX128: bigint; amount0: bigint; amount1: bigint; lvrPerSwapX128?: bigint } | null,
  horizon: number,
  markouts: AdverseSelection["markouts"],
): AdverseSelection {
  if (!(horizon >= 0 && horizon <= MAX_HORIZON)) throw badHorizon(horizon);
  const { row, token1 } = pool;
  if (accrued === null || row.sqrtPriceX96 === null) return { ...UNKNOWN, horizon };
  const { lvrPerSwapX128 } = accrued;
  const found = adverseSelection(accrued.lvrX128, { ...accrued, sqrtPriceX96: row.sqrtPriceX96 });
  const fees = {
    feesLp: wholeUnits(found.feesRaw1, token1.decimals),
    feesMinusLvr: wholeUnits(found.feesMinusLvrRaw1, token1.decimals),
    lvrCoverage: found.coverage,
  };
  return {
    ...UNKNOWN,
    ...(feesKnown(row) ? fees : {}),
    lvr: wholeUnits(found.lvrRaw1, token1.decimals),
    lvrPerSwap: lvrPerSwapX128 === undefined ? null : wholeUnits(lvrPerSwapX128 / Q128, token1.decimals),
    horizon,
    markouts: once(markouts),
  };
}

const UNKNOWN = {
  ...{ lvr: null, lvrPerSwap: null, feesLp: null, feesMinusLvr: null, lvrCoverage: null },
  markouts: () => Promise.resolve(null),
};

/** Of a pool: all LPs as one. */
export async function poolAdverseSelection(
  pool: PoolAt,
  { window, horizon }: AdverseSelectionArgs,
  { ask }: ApiContext,
): Promise<AdverseSelection> {
  const { row, page, tip } = pool;
  const before = (await page.before(ask, window)).get(poolKey(row))?.state ?? null;
  const { feesLp0: amount0, feesLp1: amount1 } = poolTotals(row, before);
  const accrued = {
    ...{ amount0, amount1, lvrX128: row.lvrX128 - (before?.lvrX128 ?? 0n) },
    lvrPerSwapX128: row.lvrPerSwapX128 - (before?.lvrPerSwapX128 ?? 0n),
  };
  const known = row.quarantinedBlock === null ? accrued : null;
  return adverseSelectionOf(pool, known, horizon, async (context) => {
    const { span } = await windowOfSwaps(pool, window, context);
    return context.ask((snapshot) => sumMarkouts(snapshot, span, { horizon, until: tip.timestamp }));
  });
}

export const adverseSelectionResolvers = {
  markout: async ({ markouts }: AdverseSelection, _: unknown, context: ApiContext) => {
    const sums = await markouts(context);
    return sums && markout(sums);
  },
  toxicVolumeShare: async ({ markouts }: AdverseSelection, _: unknown, context: ApiContext) => {
    const sums = await markouts(context);
    return sums && toxicVolumeShare(sums);
  },
};

function badHorizon(horizon: number): ApiError {
  return new ApiError("BAD_INPUT", `horizon is ${horizon}: it must be from 0 to ${MAX_HORIZON} seconds.`);
}
