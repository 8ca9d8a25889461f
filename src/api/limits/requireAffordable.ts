import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { ApiError } from "../errors.ts";
import { operationCost } from "./cost.ts";

const MAX_ROWS = 10_000;
/** A page of 1,000 with a hundred fields; they are resolved on the event loop that indexes too. */
const MAX_VALUES = 100_000;

/**
 * Refuses an operation that could return more than 10,000 rows or 100,000 values: page sizes multiply inside
 * one another and add up side by side, and each row has the fields that are selected of it. Example: two
 * lists of 5,000 ids pass; a list of 101 with lists of 100 does not, nor 5,000 rows with 21 fields each.
 */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): void {
  const { rows, values } = operationCost(document, operation, given);
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
