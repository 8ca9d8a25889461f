export type Interval = "MINUTE" | "FIVE_MINUTES" | "QUARTER_HOUR" | "HOUR" | "FOUR_HOURS" | "DAY" | "WEEK";

const SECONDS: Record<Interval, number> = {
  ...{ MINUTE: 60, FIVE_MINUTES: 300, QUARTER_HOUR: 900 },
  ...{ HOUR: 3_600, FOUR_HOURS: 14_400, DAY: 86_400, WEEK: 604_800 },
};
/** Unix time began on a Thursday. */
const FIRST_MONDAY = 4 * 86_400;

/** Example: `intervalSeconds("HOUR")` is `3_600`. */
export function intervalSeconds(interval: Interval): number {
  return SECONDS[interval];
}

/**
 * When the interval that a moment lies in began, unix seconds: aligned to UTC, a week from Monday 00:00 on.
 * Example: `intervalStart(7_300, "HOUR")` is `7_200`; `intervalStart(345_600, "WEEK")`, a Monday, is itself.
 */
export function intervalStart(timestamp: number, interval: Interval): number {
  const offset = interval === "WEEK" ? FIRST_MONDAY : 0;
  const length = SECONDS[interval];
  return Math.floor((timestamp - offset) / length) * length + offset;
}
