import { toToken1, valueX192 } from "../../math/valueMath.ts";
import type { ApiContext } from "../context.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { wholeUnits } from "../metrics/value.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import type { PositionAt } from "../queries/positions.ts";
import { accruedIn } from "./growth.ts";

const SECONDS_A_DAY = 86_400;
/** Of less time no rate is told, as with returns. */
const LEAST_SECONDS = 3_600;

/**
 * Fees a day of positions that have liquidity, in whole token1 at the pool's price: each one's of the window, or since it
 * was opened. Null where one's fees are not known, or it is under an hour old, and without any.
 */
export async function feesADay(
  positions: readonly PositionAt[],
  window: Window,
  context: ApiContext,
): Promise<number | null> {
  const open = positions.filter(({ row }) => row.liquidity > 0n);
  const rates = await Promise.all(open.map((position) => rateOf(position, window, context)));
  return rates.reduce(
    (sum, rate) => (sum === null || rate === null ? null : sum + rate),
    rates.length > 0 ? 0 : null,
  );
}

async function rateOf(position: PositionAt, window: Window, context: ApiContext): Promise<number | null> {
  const { row, pool } = position;
  const { timestamp } = pool.tip;
  const since = Math.max(windowStart(timestamp, window) ?? 0, row.openedTimestamp);
  if (timestamp - since < LEAST_SECONDS || !feesKnown(pool.row)) return null;
  const accrued = await accruedIn(position, window, context);
  const { sqrtPriceX96 } = pool.row;
  if (accrued === null || sqrtPriceX96 === null) return null;
  const fees = toToken1(valueX192(accrued.amount0, accrued.amount1, sqrtPriceX96));
  const worth = wholeUnits(fees, pool.token1.decimals);
  return worth === null ? null : (worth / (timestamp - since)) * SECONDS_A_DAY;
}
