import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { ApiError } from "../errors.ts";
import { fieldAbove } from "./fieldAbove.ts";
import { IN_TOKENS, type NumeraireCost, numeraireCost, shareNumeraireCost } from "./numeraireCost.ts";
import { pageSize } from "./pageSize.ts";
import { simulationRows } from "./simulationRows.ts";
import { variableDefaults } from "./variableDefaults.ts";

const MAX_ROWS = 10_000;
/** A page of 1,000 with a hundred fields; they are resolved on the event loop that indexes too. */
const MAX_VALUES = 100_000;
/** Lists whose items have one history between them: an account's books in its pools are null over 1,000 flows in all. */
const SHARES_HISTORY = new Set(["owners", "pools"]);
/** Lists each of whose items stands at a point of its own. */
const EVENTS = new Set(["events", "swaps"]);
/** The same, each asking for the price of one token alone, and how many rows that counts as. */
const POINTS = new Set(["history", "candles"]);
const POINT_SEARCH_ROWS = 75;
/** Lists that are queries of their own, wherever they stand, and how many rows each counts as at least. */
const QUERIES = new Map([
  ["events", 100],
  ["swaps", 100],
  ["positions", 100],
  ["leaderboard", 500],
  ["ticks", 100],
  ["liquidityDistribution", 100],
  ["history", 100],
  ["candles", 500],
]);
/** Fields with fields of their own that walk a pool's ticks each time that they are asked for. */
const OWN_WALKS = new Map([
  ["depth", 100],
  ["quote", 500],
  ["rebalance", 500],
]);
/** Fields of a pool that walk all of its ticks, and share the walk; others have fields of these names that do not. */
const WALKS = new Set(["principal", "uncollectedFees", "activeValueShare", "feeApr", "inventory"]);
const WALK_ROWS = 100;
/** Fields that sum up a window of a pool's swaps; those of an exposure share one such sum. */
const SCANS = new Map([
  ...["flow", "realizedVolatility"].map((name) => [name, 250] as const),
  ...["markout", "toxicVolumeShare"].map((name) => [name, 500] as const),
  ["ownerConcentration", 100],
  ...["lvrRate", "theta", "vega", "exitProbability", "suggestedRange", "capitalAtRisk"].map(
    (name) => [name, 50] as const,
  ),
]);
/** Fields that play a pool's history again: more than half of what an operation may ask for, so that it asks once. */
const PLAYS = new Map([["backtest", 6_000]]);
/** What a position's markouts count as on top, as each plays a window's swaps for it: three in an operation. */
const PLAYED_MARKOUT_ROWS = 2_250;
/** Their points, by an interval that is theirs. */
const MOST_POINTS = 500;
/** What is selected right below these is selected of a pool. */
const POOLS = new Set(["pool", "route", "pools.items"]);
/** Fields that search all pools of a chain, or may: all items of a list share the search. */
const SEARCHES = new Set(["quotePrice", "account", "accountOnAllChains"]);
const SEARCH_ROWS = 500;
/** Accounts read all that they hold unless only these are asked of them. */
const ACCOUNTS = new Set(["account", "accountOnAllChains"]);
const NAMES = new Set(["__typename", "id", "chainId", "address", "asOf", "positions", "events"]);
const BOOK_ROWS = 100;
/** Pools that an exposure of an account adds up. */
const BOOKS = 20;
/** Its history reads all of that, and searches prices, at each of its points. */
const ACCOUNT_POINT_ROWS = 40;

type Variables = Readonly<Record<string, unknown>>;

/** `values` are the scalars of the answer, `shared` the rows that no page size multiplies. */
type Cost = { rows: number; values: number; shared: number } & NumeraireCost;

type Scope = {
  document: DocumentNode;
  variables: Variables;
  /** Counted once and remembered: spread in one another they would take exponential time. */
  fragments: Map<string, Cost>;
};

const NOTHING: Cost = { rows: 0, values: 0, shared: 0, ...IN_TOKENS };

/**
 * Refuses an operation that could return more than 10,000 rows or 100,000 values: page sizes multiply inside
 * one another and add up side by side, and each row has the fields that are selected of it. Example: two
 * lists of 5,000 ids pass; a list of 101 with lists of 100 does not, nor 5,000 rows with 21 fields each.
 */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): void {
  const variables = { ...variableDefaults(operation), ...given };
  const scope = { document, variables, fragments: new Map() };
  const { rows: listed, values, shared } = cost(operation.selectionSet, scope, true, "");
  const rows = listed + shared;
  if (rows > MAX_ROWS) {
    throw new ApiError(
      "TOO_COMPLEX",
      `The operation asks for up to ${rows} rows, more than ${MAX_ROWS}: lower first, give histories and candles a near from and to, or leave out what counts as many, as QUOTE_THEN, lists in lists and whatever the schema says does.`,
    );
  }
  if (values > MAX_VALUES) {
    throw new ApiError(
      "TOO_COMPLEX",
      `The operation asks for up to ${values} values, rows times fields, more than ${MAX_VALUES}: lower first, give histories and candles a near from and to, or select fewer fields.`,
    );
  }
}

/** `root`: of the operation itself, whose fields have nothing to share with one another; `under`: the field it is of. */
function cost(selectionSet: SelectionSetNode, scope: Scope, root: boolean, under: string): Cost {
  let sum: Cost = { ...NOTHING, rows: POOLS.has(under) && walks(selectionSet) ? WALK_ROWS : 0 };
  for (const selection of selectionSet.selections) {
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
      ...shareNumeraireCost(sum, part),
    };
  }
  return sum;
}

function selectedCost(field: FieldNode, scope: Scope, root: boolean, under: string): Cost {
  const { rows, values, shared, search, history } = fieldCost(field, scope, under);
  if (!root) return { rows, values, shared, search, history };
  return { rows: rows + history, values, shared: shared + search, ...IN_TOKENS };
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

function walks({ selections }: SelectionSetNode): boolean {
  return selections.some((selection) => selection.kind === Kind.FIELD && WALKS.has(selection.name.value));
}

function readsBook({ selections }: SelectionSetNode): boolean {
  return selections.some((selection) => selection.kind !== Kind.FIELD || !NAMES.has(selection.name.value));
}

/** A list field costs its rows times what is inside each; another field what is inside it. */
function fieldCost(field: FieldNode, scope: Scope, under: string): Cost {
  const name = field.name.value;
  const own = numeraireCost(field, scope.variables);
  const simulated = simulationRows(field, scope.variables, ACCOUNTS.has(under));
  const scanned = simulated > 0 ? 0 : (SCANS.get(name) ?? 0);
  if (field.selectionSet === undefined) return { ...NOTHING, rows: scanned, values: 1, ...own };
  const path = name === "items" ? `${under}.${name}` : name;
  const inner = cost(field.selectionSet, scope, false, path);
  if (ACCOUNTS.has(name) && readsBook(field.selectionSet)) inner.rows += BOOK_ROWS;
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
  if (size === undefined) return { ...inner, rows: inner.rows + simulated, shared };
  const apart = { search: EVENTS.has(name) || POINTS.has(name), history: !SHARES_HISTORY.has(name) };
  const search = POINTS.has(name) ? Math.min(inner.search, POINT_SEARCH_ROWS) : inner.search;
  const each = inner.rows + (apart.search ? search : 0) + (apart.history ? inner.history : 0);
  const least = QUERIES.get(name) ?? 0;
  return {
    rows: Math.max(size * Math.max(1, each), least) + simulated,
    ...{ values: size * inner.values, shared },
    search: apart.search ? 0 : inner.search,
    history: apart.history ? 0 : inner.history,
  };
}

function sizeOf(field: FieldNode, { variables }: Scope, under: string): number | undefined {
  if (field.name.value === "history" && PLAYS.has(under)) return MOST_POINTS;
  return pageSize(field, variables, ACCOUNTS.has(under) ? 200 : 500);
}
