import { BUCKET_SECONDS } from "../../state/priceBucket.ts";
import { ApiError } from "../errors.ts";
import { type Interval, intervalSeconds, intervalStart } from "../metrics/interval.ts";
import { requireSpan } from "../queries/eventList.ts";
import type { Tip } from "../queries/tips.ts";
import { intervalsOf } from "./intervals.ts";

/** Unix seconds, `to` exclusive. */
export type CandleArgs = { interval: Interval; from: number; to?: number | null };

/** Whole intervals, the last one up to the point. */
export type CandleSpan = {
  starts: readonly number[];
  /** Exclusive. */
  ends: readonly number[];
  length: number;
  /** From here on the stored five minutes are not used: they may hold what came after the point, or are too long. */
  fineFrom: number;
};

const MOST = 1_500;
const QUARTER_HOUR = 900;
const TWO_DAYS = 172_800;

/** Null where there are none. `since`: of the pool's first price, null before it. Throws as intervalsOf does. */
export function candleSpan(
  { interval, from, to = null }: CandleArgs,
  tip: Tip,
  since: number | null,
): CandleSpan | null {
  requireSpan(from, to);
  if (since === null || (to !== null && to <= Math.max(from, since))) return null;
  const length = intervalSeconds(interval);
  const begun = intervalStart(Math.max(from, since), interval);
  const end = to === null ? null : intervalStart(to - 1, interval) + length;
  const terms = { tip, since: begun, usual: MOST, most: MOST };
  const { ends } = intervalsOf({ interval, from: begun, to: end }, terms);
  const last = ends.at(-1);
  if (last === undefined) return null;
  if (length <= QUARTER_HOUR && Math.min(to ?? last, last) - Math.max(from, since) > TWO_DAYS) {
    throw tooLong(interval);
  }
  const fineFrom = length < BUCKET_SECONDS ? begun : tip.timestamp - (tip.timestamp % BUCKET_SECONDS);
  return { starts: ends.map((_, i) => begun + i * length), ends, length, fineFrom };
}

function tooLong(interval: Interval): ApiError {
  return new ApiError(
    "TOO_MANY_POINTS",
    `The span is longer than 2 days, the most for ${interval}: ask for HOUR or longer, or for less time by from and to.`,
  );
}
