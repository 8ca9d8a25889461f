export type Window = "HOUR" | "DAY" | "WEEK" | "MONTH" | "ALL";

const SECONDS_AN_HOUR = 3_600;
const WHOLE_HOURS: Record<Exclude<Window, "ALL">, number> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 720 };

/**
 * When a rolling window begins, unix seconds: its whole hours before the hour that `timestamp` lies in, which is
 * counted too. Null for ALL, which has no beginning of its own.
 * Example: `windowStart(7_300, "HOUR")` is `3_600`.
 */
export function windowStart(timestamp: number, window: Window): number | null {
  if (window === "ALL") return null;
  const hour = Math.floor(timestamp / SECONDS_AN_HOUR);
  return (hour - WHOLE_HOURS[window]) * SECONDS_AN_HOUR;
}
