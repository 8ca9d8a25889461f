import type { GraphQLResolveInfo } from "graphql";
import { settleCapital } from "../../state/capitalLedger.ts";
import { feesEarned } from "../../state/feeParts.ts";
import type { ApiContext } from "../context.ts";
import { pairLvrX128, positionLvrX128 } from "../metrics/lossVersusRebalancing.ts";
import { pairFees } from "../metrics/pairFees.ts";
import { isPair } from "../metrics/protocol.ts";
import { timeInRange } from "../metrics/timeInRange.ts";
import type { Window } from "../metrics/windowStart.ts";
import { type PlacedPosition, positionKey } from "../queries/positionPage.ts";
import type { PositionAt } from "../queries/positions.ts";
import { type AdverseSelection, type AdverseSelectionArgs, adverseSelectionOf } from "./adverseSelection.ts";
import { inList } from "./inList.ts";
import { bringUp, ledgerOf } from "./ledger.ts";
import { positionMarkouts } from "./positionMarkouts.ts";

/** Of a position: what comes from growth that is not fees. */
export const positionGrowthResolvers = {
  timeInRange: async (position: PositionAt, _: unknown, context: ApiContext) => {
    if (isPair(position.row)) return alwaysInRange(position);
    const ledger = await ledgerOf(position, context);
    return ledger && timeInRange(ledger.row, ledger.inside, position.pool.tip.timestamp);
  },
  adverseSelection: async (
    position: PositionAt,
    { window, horizon }: AdverseSelectionArgs,
    context: ApiContext,
    info: GraphQLResolveInfo,
  ): Promise<AdverseSelection> =>
    adverseSelectionOf(position.pool, await accruedIn(position, window, context), horizon, (then) =>
      inList(info) ? Promise.resolve(null) : positionMarkouts(position, window, horizon, then),
    ),
};

type Accrued = { lvrX128: bigint; amount0: bigint; amount1: bigint };

const NOTHING: Accrued = { lvrX128: 0n, amount0: 0n, amount1: 0n };

/** Loss versus rebalancing and fees of a window; null in quarantine and before the first price. */
export async function accruedIn(
  { row, pool, page }: PositionAt,
  window: Window,
  { ask }: ApiContext,
): Promise<Accrued | null> {
  const key = positionKey(row);
  const now = (await page.placed(ask)).get(key);
  if (now === undefined || pool.row.sqrtPriceX96 === null || pool.row.quarantinedBlock !== null) return null;
  const before = (await page.before(ask, window)).get(key);
  const [end, start] = [accrued(now), before === undefined ? NOTHING : accrued(before)];
  return {
    lvrX128: end.lvrX128 - start.lvrX128,
    amount0: end.amount0 - start.amount0,
    amount1: end.amount1 - start.amount1,
  };
}

/** LP tokens of a pair are, while there are any; null before any time has passed, and in quarantine. */
function alwaysInRange({ row, pool }: PositionAt): number | null {
  if (pool.row.quarantinedBlock !== null) return null;
  return settleCapital(row, pool.tip.timestamp).secondsOpen === 0 ? null : 1;
}

/** Loss versus rebalancing and fees since the position was opened. */
function accrued(placed: PlacedPosition): Accrued {
  if (placed.row.basisX64 !== null) return accruedOfPair(placed, placed.row.basisX64);
  const { row, inside, owedNow } = bringUp(placed);
  const { sqrtPriceX96, lvrSqrtPriceX96 } = placed.pool;
  if (sqrtPriceX96 === null || lvrSqrtPriceX96 === null) return NOTHING;
  const lvrX128 = positionLvrX128(row, inside, { sqrtPriceX96, lvrSqrtPriceX96 });
  return { lvrX128, ...feesEarned(row, owedNow) };
}

function accruedOfPair({ row, pool }: PlacedPosition, basisX64: bigint): Accrued {
  const { sqrtPriceX96, lvrSqrtPriceX96, lvrGrowthGlobalX128 } = pool;
  if (sqrtPriceX96 === null || lvrSqrtPriceX96 === null) return NOTHING;
  const move = { sqrtPriceX96, lvrSqrtPriceX96 };
  const lvrX128 = pairLvrX128({ ...row, basisX64 }, lvrGrowthGlobalX128, move);
  return { lvrX128, ...pairFees(row, pool).earned };
}
