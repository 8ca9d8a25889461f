import { type FieldNode, Kind } from "graphql";
import { spanSize } from "./spanSize.ts";

/** What `first` is where it is left out, of most. */
const DEFAULT_FIRST = 20;
const DEFAULT_SHOCKS = 6;
const MOST_CANDLES = 1_500;
/** Fields that take `first`, and its default. */
const LISTS = new Map([
  ["pools", DEFAULT_FIRST],
  ["positions", DEFAULT_FIRST],
  ["events", 50],
  ["swaps", 50],
  ["owners", 10],
  ["leaderboard", DEFAULT_FIRST],
  ["ticks", 1_000],
  ["liquidityDistribution", 200],
]);
/** Lists that take no size, and how long they may be. */
const FIXED = new Map([
  ["route", 3],
  ["limitBreaches", 20],
  ["unreadLimits", 20],
]);

/**
 * How many items a list field may return, its `first`; undefined for what is no list. `points`: of a history at most.
 * Example: `pools` is `20`.
 */
export function pageSize(
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
  points: number,
): number | undefined {
  if (field.name.value === "history") return spanSize(field, variables, "DAY", points);
  if (field.name.value === "candles") return spanSize(field, variables, "HOUR", MOST_CANDLES);
  if (field.name.value === "scenario") return shockCount(field, variables);
  const fixed = FIXED.get(field.name.value);
  if (fixed !== undefined) return fixed;
  const size = field.name.value === "liquidityDistribution" ? "bands" : "first";
  const first = field.arguments?.find((argument) => argument.name.value === size)?.value;
  const usual = LISTS.get(field.name.value);
  if (first === undefined) return usual;
  const given =
    first.kind === Kind.VARIABLE
      ? variables[first.name.value]
      : first.kind === Kind.INT
        ? Number(first.value)
        : 0;
  return typeof given === "number" && given > 0 ? given : (usual ?? DEFAULT_FIRST);
}

/**
 * Which arguments of a list field say how many items it may return; undefined where none of its own do.
 * `under`: the field that it is selected of.
 */
export function sizedBy(
  name: string,
  under: string,
): "first" | "bands" | "shocks" | "span" | "chains" | undefined {
  if (name === "liquidityDistribution") return "bands";
  if (name === "scenario") return "shocks";
  if (name === "accountOnAllChains") return "chains";
  if (name === "candles" || (name === "history" && under !== "backtest")) return "span";
  return LISTS.has(name) ? "first" : undefined;
}

/** Each is a state of its own, and so a row. */
function shockCount({ arguments: given }: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const shocks = given?.find(({ name }) => name.value === "shocks")?.value;
  if (shocks?.kind === Kind.LIST) return shocks.values.length;
  const listed = shocks?.kind === Kind.VARIABLE ? variables[shocks.name.value] : undefined;
  return Array.isArray(listed) ? listed.length : DEFAULT_SHOCKS;
}
