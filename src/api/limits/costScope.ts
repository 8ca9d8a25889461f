import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { NumeraireCost } from "./numeraireCost.ts";
import { variableDefaults } from "./variableDefaults.ts";

type Variables = Readonly<Record<string, unknown>>;

/**
 * `values` are the scalars of the answer, `shared` the rows that no page size multiplies, `windows` those that figures of one
 * exposure are asked over.
 */
export type Cost = {
  rows: number;
  values: number;
  shared: number;
  windows: ReadonlySet<string>;
} & NumeraireCost;

/** What is tried out on an operation: fields left out, or without their numeraire, a list of another size. */
export type Change = {
  without?: readonly FieldNode[];
  inTokens?: readonly FieldNode[];
  list?: { field: FieldNode; size: number };
};

/** What an operation's costs depend on. */
export type Scope = {
  document: DocumentNode;
  variables: Variables;
  /** How many chains are indexed. */
  chains: number;
  /** Counted once and remembered: spread in one another they would take exponential time. */
  fragments: Map<string, Cost>;
  change: Change;
};

export function costScope(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
  chains: number,
): Scope {
  const variables = { ...variableDefaults(operation), ...given };
  return { document, variables, chains, fragments: new Map(), change: {} };
}

/** What is selected, but for what is tried to be left out. */
export function selectionsOf({ selections }: SelectionSetNode, { change }: Scope): readonly SelectionNode[] {
  const { without } = change;
  return without === undefined
    ? selections
    : selections.filter((selection) => selection.kind !== Kind.FIELD || !without.includes(selection));
}
