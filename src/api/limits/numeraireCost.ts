import { type FieldNode, Kind } from "graphql";

/** Rows that a figure in the quote token stands for; what is next to one another and shares it counts once. */
export type NumeraireCost = {
  /** A search of quote prices at a point: one for everything in a root field, one for each event of a list. */
  search: number;
  /** A position's flows, each with a search at its own block. */
  history: number;
};

const SEARCH_ROWS = 500;
const HISTORY_ROWS = 1_000;

export const IN_TOKENS: NumeraireCost = { search: 0, history: 0 };

/** By the field's argument `in`. Example: `value(in: QUOTE)` is a search. */
export function numeraireCost(field: FieldNode, variables: Readonly<Record<string, unknown>>): NumeraireCost {
  const given = field.arguments?.find(({ name }) => name.value === "in")?.value;
  if (given === undefined) return IN_TOKENS;
  const numeraire =
    given.kind === Kind.VARIABLE
      ? variables[given.name.value]
      : given.kind === Kind.ENUM
        ? given.value
        : undefined;
  const then = numeraire === "QUOTE_THEN";
  return {
    search: then || numeraire === "QUOTE" ? SEARCH_ROWS : 0,
    history: then ? HISTORY_ROWS : 0,
  };
}

/** Of two fields next to one another. */
export function shareNumeraireCost(a: NumeraireCost, b: NumeraireCost): NumeraireCost {
  return { search: Math.max(a.search, b.search), history: Math.max(a.history, b.history) };
}
