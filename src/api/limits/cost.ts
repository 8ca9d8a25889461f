import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { ApiError } from "../errors.ts";

const MAX_ROWS = 10_000;
/** The default of every `first`. */
const DEFAULT_FIRST = 20;
/** Fields that take `first`. */
const LISTS = new Set(["pools", "positions"]);

type Variables = Readonly<Record<string, unknown>>;

/**
 * Refuses an operation that could return more than 10,000 rows: page sizes multiply inside one another and
 * add up side by side. Example: two lists of 5,000 pass, a list of 101 with lists of 100 does not.
 */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const rows = cost(operation.selectionSet, document, { ...defaults(operation), ...variables }, new Map());
  if (rows > MAX_ROWS) {
    throw new ApiError(
      "TOO_COMPLEX",
      `The operation asks for up to ${rows} rows, more than ${MAX_ROWS}: ask for smaller pages.`,
    );
  }
}

function defaults(operation: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );
}

/** Fragments are counted once and remembered: spread in one another they would take exponential time. */
function cost(
  selectionSet: SelectionSetNode,
  document: DocumentNode,
  variables: Variables,
  fragments: Map<string, number>,
): number {
  let rows = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      rows += fragmentCost(selection.name.value, document, variables, fragments);
    } else {
      const inner = selection.selectionSet ? cost(selection.selectionSet, document, variables, fragments) : 0;
      rows += selection.kind === Kind.FIELD ? pageSize(selection, variables, inner) : inner;
    }
  }
  return rows;
}

function fragmentCost(
  name: string,
  document: DocumentNode,
  variables: Variables,
  fragments: Map<string, number>,
): number {
  const known = fragments.get(name);
  if (known !== undefined) return known;
  fragments.set(name, 0);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== name) continue;
    fragments.set(name, cost(definition.selectionSet, document, variables, fragments));
  }
  return fragments.get(name) ?? 0;
}

/** The rows of a list field times the rows inside each; of another field, those inside it. */
function pageSize(field: FieldNode, variables: Variables, inner: number): number {
  const first = field.arguments?.find((argument) => argument.name.value === "first")?.value;
  if (first === undefined) return LISTS.has(field.name.value) ? DEFAULT_FIRST * Math.max(1, inner) : inner;
  const given =
    first.kind === Kind.VARIABLE
      ? variables[first.name.value]
      : first.kind === Kind.INT
        ? Number(first.value)
        : 0;
  const size = typeof given === "number" && given > 0 ? given : DEFAULT_FIRST;
  return size * Math.max(1, inner);
}
