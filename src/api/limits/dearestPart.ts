import type { FieldNode, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { type Cost, fieldCost, placeOf, type Scope, sizeOf } from "./cost.ts";
import {
  ACCOUNTS,
  BOOKS,
  EVENTS,
  POINTS,
  POOLS,
  QUERIES,
  SHARES_HISTORY,
  WALK_ROWS,
  WALKS,
  WINDOW_ROWS,
} from "./costTables.ts";
import { selectedFields } from "./selectedFields.ts";

/** A list field on the way to a part, or the part itself. */
export type DearList = { path: string; name: string; under: string; size: number };

/** A field that most of what an operation counts as comes from. */
export type DearPart = {
  field: FieldNode;
  /** Its response path. Example: `pools.items.positions`. */
  path: string;
  /** What it counts as, everywhere in the answer. */
  counted: number;
  /** What the root field that it is in counts as. */
  root: number;
  /** In how many places it is. */
  places: number;
  /** Those of it whose size has a say in it, outermost first. */
  lists: readonly DearList[];
};

export type Measure = "rows" | "values";

/** Where fields are selected, and how often what is counted apart is counted there. */
type Place = {
  path: readonly string[];
  under: string;
  counted: number;
  root: number | null;
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
 * The dearest root field of an operation, or of what is inside it the innermost field that half of each one around it
 * comes from. Undefined where nothing counts. Example: of `{ pools(first: 101) { items { positions { id } } } }` it is
 * `pools.items.positions`, in 101 places.
 */
export function dearestPart(
  operation: OperationDefinitionNode,
  scope: Scope,
  measure: Measure,
): DearPart | undefined {
  return dearestIn(operation.selectionSet, ROOT, scope, measure);
}

function dearestIn(
  selectionSet: SelectionSetNode,
  place: Place,
  scope: Scope,
  measure: Measure,
): DearPart | undefined {
  let dearest: { part: DearPart; cost: Cost } | undefined;
  for (const field of selectedFields(scope.document, selectionSet)) {
    const cost = fieldCost(field, scope, place.under);
    const part = partOf(field, cost, place, scope, measure);
    if (part.counted > (dearest?.part.counted ?? 0)) dearest = { part, cost };
  }
  if (dearest === undefined) return undefined;
  const { part } = dearest;
  if (place !== ROOT && part.counted * 2 < place.counted) return undefined;
  const { selectionSet: inner } = part.field;
  const inside = inner && dearestIn(inner, placeInside(part, place, scope), scope, measure);
  return inside ?? part;
}

function partOf(field: FieldNode, cost: Cost, place: Place, scope: Scope, measure: Measure): DearPart {
  const name = field.name.value;
  const path = [...place.path, field.alias?.value ?? name].join(".");
  const walked = POOLS.has(place.under) && WALKS.has(name) ? WALK_ROWS : 0;
  const ownRows = cost.rows + walked + cost.windows.size * WINDOW_ROWS;
  const counted =
    measure === "values"
      ? cost.values * place.items
      : ownRows * place.rows + cost.search * place.search + cost.history * place.history + cost.shared;
  const size = sizeOf(field, scope, place.under);
  // A smaller page of what counts as a query anyway is no cheaper.
  const matters = size !== undefined && size > 1 && cost.rows > (QUERIES.get(name) ?? 0);
  const own = matters ? [{ path, name, under: place.under, size }] : [];
  // What parts have in common, or count as at most, is counted once above them.
  return {
    ...{ field, path, counted: Math.min(counted, place.counted), places: place.items },
    root: place.root ?? counted,
    lists: [...place.lists, ...own],
  };
}

function placeInside({ field, counted, root, lists }: DearPart, place: Place, scope: Scope): Place {
  const name = field.name.value;
  const size = sizeOf(field, scope, place.under) ?? 1;
  const books = name === "exposure" && ACCOUNTS.has(place.under) ? BOOKS : 1;
  return {
    path: [...place.path, field.alias?.value ?? name],
    ...{ under: placeOf(name, place.under), counted, root, lists },
    ...{ items: place.items * size, rows: place.rows * size * books },
    search: place.search * (EVENTS.has(name) || POINTS.has(name) ? size : 1),
    history: place.history * (SHARES_HISTORY.has(name) ? 1 : size),
  };
}
