import { ApiError } from "../errors.ts";
import { type Interval, intervalSeconds, intervalStart } from "../metrics/interval.ts";
import { requireSpan } from "../queries/eventList.ts";
import type { Tip } from "../queries/tips.ts";

/** Unix seconds, `to` exclusive. */
export type SpanArgs = { interval: Interval; from?: number | null; to?: number | null };

type Terms = {
  /** Where everything ends, at the latest. */
  tip: Tip;
  /** Before it there is nothing, unix seconds. */
  since: number;
  /** How many intervals without `from`, and how many at most. */
  usual: number;
  most: number;
};

/** What a span is cut into. `ends`: of its intervals, exclusive, oldest first, the last cut at `to`; none where it is empty. */
export type Intervals = { from: number; to: number; ends: readonly number[] };

/**
 * The intervals that a span touches. Throws BAD_INPUT for what is no span, and TOO_MANY_POINTS for more intervals than
 * `most`. Example: by HOUR, from 3600 to 9000 ends at 7200 and 9000.
 */
export function intervalsOf({ interval, ...args }: SpanArgs, { tip, since, usual, most }: Terms): Intervals {
  requireSpan(args.from, args.to);
  const length = intervalSeconds(interval);
  const to = Math.min(args.to ?? Number.POSITIVE_INFINITY, tip.timestamp + 1);
  const last = intervalStart(to - 1, interval);
  const from = Math.max(args.from ?? last - (usual - 1) * length, since);
  if (from >= to) return { from, to, ends: [] };
  const first = intervalStart(from, interval);
  const count = (last - first) / length + 1;
  if (count > most) throw tooManyPoints(`${count} intervals of ${interval}`, most);
  const ends = Array.from({ length: count }, (_, i) => Math.min(first + (i + 1) * length, to));
  return { from, to, ends };
}

export function tooManyPoints(what: string, most: number): ApiError {
  return new ApiError(
    "TOO_MANY_POINTS",
    `The span has ${what}, more than ${most}: ask for a longer interval, or for less time by from and to.`,
  );
}
