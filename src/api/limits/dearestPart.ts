import type { FieldNode, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { fieldCost, operationCost, placeOf, sizeOf } from "./cost.ts";
import type { Cost, Scope } from "./costScope.ts";
import {
  ACCOUNTS,
  BOOKS,
  EVENTS,
  POINTS,
  POOLS,
  SHARES_HISTORY,
  WALK_ROWS,
  WALKS,
  WINDOW_ROWS,
} from "./costTables.ts";
import { selectedFields } from "./selectedFields.ts";

/** A list field on the way to a part, or the part itself. */
export type DearList = { field: FieldNode; path: string; under: string; size: number };

/** What most of what an operation counts as comes from. */
export type DearPart = {
  /** One field, or some next to one another that share what they count as. */
  fields: readonly FieldNode[];
  /** Its response path. Example: `pools.items.positions`, or `pools.items.{principal feeApr}`. */
  path: string;
  /** What it counts as, everywhere in the answer. */
  counted: number;
  /** The root field that it is in. */
  root: FieldNode;
  /** In how many places it is. */
  places: number;
  /** Whether figures of it, that no list of it is between, are in a numeraire that counts. */
  quoted: "QUOTE" | "QUOTE_THEN" | null;
  /** Those that it is in, and itself, outermost first. */
  lists: readonly DearList[];
};

export type Measure = "rows" | "values";

/** Where fields are selected, and how often what is counted apart is counted there. */
type Place = {
  path: readonly string[];
  under: string;
  counted: number;
  root: FieldNode | null;
  items: number;
  rows: number;
  search: number;
  history: number;
  lists: readonly DearList[];
};

const ROOT: Place = {
  ...{ path: [], under: "", counted: Number.POSITIVE_INFINITY, root: null, lists: [] },
  ...{ items: 1, rows: 1, search: 1, history: 1 },
};

/**
 * The dearest root field of an operation, or of what is inside it the innermost field without which each one around it
 * counts half as much; some fields of one place, where they share that. Undefined where nothing counts.
 * Example: of `{ pools(first: 101) { items { positions { id } } } }` it is `pools.items.positions`, in 101 places.
 */
export function dearestPart(
  operation: OperationDefinitionNode,
  scope: Scope,
  measure: Measure,
): DearPart | undefined {
  const total = operationCost(operation, scope)[measure];
  const saved = (without: readonly FieldNode[]) =>
    total - operationCost(operation, scope, { without })[measure];
  return dearestIn(operation.selectionSet, ROOT, { scope, measure, saved });
}

type Search = { scope: Scope; measure: Measure; saved: (without: readonly FieldNode[]) => number };

function dearestIn(selectionSet: SelectionSetNode, place: Place, search: Search): DearPart | undefined {
  const { scope, measure, saved } = search;
  const parts = selectedFields(scope.document, selectionSet).map((field) =>
    partOf(field, fieldCost(field, scope, place.under), place, scope, measure),
  );
  const most = Math.max(0, ...parts.map(({ counted }) => counted));
  const alike = parts.filter(({ counted }) => counted === most);
  const [part] = alike;
  const [field] = part?.fields ?? [];
  if (part === undefined || field === undefined || most === 0) return undefined;
  const isEnough = ({ fields }: DearPart) => place === ROOT || saved(fields) * 2 >= place.counted;
  if (!isEnough(part)) {
    const shared = together(alike, part, place, search);
    return measure === "rows" && isEnough(shared) ? shared : undefined;
  }
  const { selectionSet: inner } = field;
  return (inner && dearestIn(inner, placeInside(field, part, place, scope), search)) ?? part;
}

function together(alike: readonly DearPart[], part: DearPart, place: Place, { saved }: Search): DearPart {
  const fields = alike.flatMap((one) => one.fields);
  const names = new Set(fields.map(nameOf));
  const path = [...place.path, `{${[...names].join(" ")}}`].join(".");
  return { ...part, fields, path, counted: Math.max(part.counted, saved(fields)) };
}

function nameOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function partOf(field: FieldNode, cost: Cost, place: Place, scope: Scope, measure: Measure): DearPart {
  const name = field.name.value;
  const path = [...place.path, nameOf(field)].join(".");
  const walked = POOLS.has(place.under) && WALKS.has(name) ? WALK_ROWS : 0;
  const ownRows = cost.rows + walked + cost.windows.size * WINDOW_ROWS;
  const counted =
    measure === "values"
      ? cost.values * place.items
      : ownRows * place.rows + cost.search * place.search + cost.history * place.history + cost.shared;
  const size = sizeOf(field, scope, place.under);
  const own = size === undefined ? [] : [{ field, path, under: place.under, size }];
  // What parts have in common, or count as at most, is counted once above them.
  return {
    ...{ fields: [field], path, counted: Math.min(counted, place.counted), places: place.items },
    root: place.root ?? field,
    quoted: cost.history > 0 ? "QUOTE_THEN" : cost.search > 0 ? "QUOTE" : null,
    lists: [...place.lists, ...own],
  };
}

function placeInside(field: FieldNode, part: DearPart, place: Place, scope: Scope): Place {
  const { counted, root, lists } = part;
  const name = field.name.value;
  const size = sizeOf(field, scope, place.under) ?? 1;
  const books = name === "exposure" && ACCOUNTS.has(place.under) ? BOOKS : 1;
  return {
    path: [...place.path, nameOf(field)],
    ...{ under: placeOf(name, place.under), counted, root, lists },
    ...{ items: place.items * size, rows: place.rows * size * books },
    search: place.search * (EVENTS.has(name) || POINTS.has(name) ? size : 1),
    history: place.history * (SHARES_HISTORY.has(name) ? 1 : size),
  };
}
