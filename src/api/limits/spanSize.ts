import { type FieldNode, Kind } from "graphql";
import { type Interval, intervalSeconds } from "../metrics/interval.ts";

/** Intervals that a list of points goes back without `from`. */
const USUAL = 90;

type Variables = Readonly<Record<string, unknown>>;

/**
 * How many points a field with `interval`, `from` and `to` may return. `usual`: the interval that is left out. Without
 * `to` it ends at a time that only the database tells: with `from` alone it is `most`.
 * Example: `history(interval: HOUR, from: 0, to: 7200)` is 3.
 */
export function spanSize(field: FieldNode, variables: Variables, usual: Interval, most: number): number {
  const [from, to] = [given(field, "from", variables), given(field, "to", variables)];
  if (from === undefined) return USUAL;
  if (typeof from !== "number" || typeof to !== "number") return most;
  const length = intervalSeconds(intervalOf(given(field, "interval", variables), usual));
  return Math.min(Math.max(1, Math.ceil((to - from) / length) + 1), most);
}

/** Undefined where left out or null. */
function given(field: FieldNode, name: string, variables: Variables): unknown {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value] ?? undefined;
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

const INTERVALS: readonly Interval[] = [
  ...(["MINUTE", "FIVE_MINUTES", "QUARTER_HOUR"] as const),
  ...(["HOUR", "FOUR_HOURS", "DAY", "WEEK"] as const),
];

function intervalOf(value: unknown, usual: Interval): Interval {
  return INTERVALS.find((interval) => interval === value) ?? usual;
}
