import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { type Change, type Cost, type Scope, selectionsOf } from "./costScope.ts";
import {
  ACCOUNT_POINT_ROWS,
  ACCOUNTS,
  BOOK_ROWS,
  BOOKS,
  EVENTS,
  MOST_POINTS,
  NAMES,
  OWN_WALKS,
  PLAYED_MARKOUT_ROWS,
  PLAYS,
  POINT_SEARCH_ROWS,
  POINTS,
  POOLS,
  QUERIES,
  SCANS,
  SEARCH_ROWS,
  SEARCHES,
  SHARES_HISTORY,
  WALK_ROWS,
  WALKS,
  WINDOW_FIGURES,
  WINDOW_ROWS,
} from "./costTables.ts";
import { fieldAbove } from "./fieldAbove.ts";
import { IN_TOKENS, numeraireCost, shareNumeraireCost } from "./numeraireCost.ts";
import { pageSize } from "./pageSize.ts";
import { simulationRows } from "./simulationRows.ts";

const NOTHING: Cost = { rows: 0, values: 0, shared: 0, windows: new Set(), ...IN_TOKENS };

/** What an operation could return: a page size multiplies what is inside it, what stands side by side adds up. */
export function operationCost(
  { selectionSet }: OperationDefinitionNode,
  scope: Scope,
  change: Change = {},
): { rows: number; values: number } {
  const changed = { ...scope, fragments: new Map(), change };
  const { rows, values, shared } = cost(selectionSet, changed, true, "");
  return { rows: rows + shared, values };
}

/** `root`: of the operation itself, whose fields have nothing to share with one another; `under`: the field it is of. */
function cost(selectionSet: SelectionSetNode, scope: Scope, root: boolean, under: string): Cost {
  let sum: Cost = { ...NOTHING, rows: POOLS.has(under) && walks(selectionSet, scope) ? WALK_ROWS : 0 };
  for (const selection of selectionsOf(selectionSet, scope)) {
    const part =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragmentCost(selection.name.value, scope)
        : selection.kind === Kind.FIELD
          ? selectedCost(selection, scope, root, under)
          : cost(selection.selectionSet, scope, root, under);
    sum = {
      rows: sum.rows + part.rows,
      values: sum.values + part.values,
      shared: sum.shared + part.shared,
      windows: new Set([...sum.windows, ...part.windows]),
      ...shareNumeraireCost(sum, part),
    };
  }
  return sum;
}

function selectedCost(field: FieldNode, scope: Scope, root: boolean, under: string): Cost {
  const own = fieldCost(field, scope, under);
  if (!root) return own;
  const { rows, shared, search, history } = own;
  return { ...own, rows: rows + history, shared: shared + search, ...IN_TOKENS };
}

function fragmentCost(name: string, scope: Scope): Cost {
  const known = scope.fragments.get(name);
  if (known !== undefined) return known;
  scope.fragments.set(name, NOTHING);
  for (const definition of scope.document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== name) continue;
    const type = definition.typeCondition.name.value;
    const under = fieldAbove(type);
    scope.fragments.set(name, cost(definition.selectionSet, scope, type === "Query", under));
  }
  return scope.fragments.get(name) ?? NOTHING;
}

function walks(selectionSet: SelectionSetNode, scope: Scope): boolean {
  return selectionsOf(selectionSet, scope).some(
    (selection) => selection.kind === Kind.FIELD && WALKS.has(selection.name.value),
  );
}

function readsBook(selectionSet: SelectionSetNode, scope: Scope): boolean {
  return selectionsOf(selectionSet, scope).some(
    (selection) => selection.kind !== Kind.FIELD || !NAMES.has(selection.name.value),
  );
}

/** The field as what is selected of it sees it. */
export function placeOf(name: string, under: string): string {
  return name === "items" ? `${under}.${name}` : name;
}

/** A list field costs its rows times what is inside each; another field what is inside it. */
export function fieldCost(field: FieldNode, scope: Scope, under: string): Cost {
  const name = field.name.value;
  const inTokens = scope.change.inTokens?.includes(field) ?? false;
  const own = inTokens ? IN_TOKENS : numeraireCost(field, scope.variables);
  const simulated = simulationRows(field, scope.variables, ACCOUNTS.has(under));
  const scanned = simulated > 0 ? 0 : (SCANS.get(name) ?? 0);
  if (field.selectionSet === undefined) {
    const windows = new Set(WINDOW_FIGURES.has(name) ? [windowOf(field, scope.variables)] : []);
    return { ...NOTHING, rows: scanned, values: 1, windows, ...own };
  }
  const { windows, ...inner } = cost(field.selectionSet, scope, false, placeOf(name, under));
  if (inTokens) Object.assign(inner, IN_TOKENS);
  inner.rows += WINDOW_ROWS * windows.size;
  if (ACCOUNTS.has(name) && readsBook(field.selectionSet, scope)) inner.rows += BOOK_ROWS;
  // The quote of a rebalance is its own walk.
  inner.rows += under === "rebalance" ? 0 : (OWN_WALKS.get(name) ?? 0);
  inner.rows += scanned + (PLAYS.get(name) ?? 0);
  // Nothing else of adverse selection counts.
  if (name === "adverseSelection" && under === "position" && inner.rows > 0)
    inner.rows += PLAYED_MARKOUT_ROWS;
  if (name === "history" && ACCOUNTS.has(under)) inner.rows += ACCOUNT_POINT_ROWS;
  if (name === "exposure" && ACCOUNTS.has(under)) inner.rows *= BOOKS;
  const shared = inner.shared + (SEARCHES.has(name) ? SEARCH_ROWS : 0);
  const size = sizeOf(field, scope, under);
  if (size === undefined) return { ...NOTHING, ...inner, rows: inner.rows + simulated, shared };
  const apart = { search: EVENTS.has(name) || POINTS.has(name), history: !SHARES_HISTORY.has(name) };
  const search = POINTS.has(name) ? Math.min(inner.search, POINT_SEARCH_ROWS) : inner.search;
  const each = inner.rows + (apart.search ? search : 0) + (apart.history ? inner.history : 0);
  const least = QUERIES.get(name) ?? 0;
  return {
    ...NOTHING,
    rows: Math.max(size * Math.max(1, each), least) + simulated,
    ...{ values: size * inner.values, shared },
    search: apart.search ? 0 : inner.search,
    history: apart.history ? 0 : inner.history,
  };
}

/** How many items a list may return; undefined for what is no list. */
export function sizeOf(field: FieldNode, scope: Scope, under: string): number | undefined {
  const { variables, chains, change } = scope;
  if (field === change.list?.field) return change.list.size;
  if (field.name.value === "accountOnAllChains") return chains;
  if (field.name.value === "history" && PLAYS.has(under)) return MOST_POINTS;
  return pageSize(field, variables, ACCOUNTS.has(under) ? 200 : 500);
}

/** A week where it is left out. */
function windowOf(field: FieldNode, variables: Scope["variables"]): string {
  const given = field.arguments?.find(({ name }) => name.value === "window")?.value;
  if (given?.kind === Kind.VARIABLE) return String(variables[given.name.value] ?? "WEEK");
  return given?.kind === Kind.ENUM ? given.value : "WEEK";
}
