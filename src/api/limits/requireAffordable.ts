import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { ApiError } from "../errors.ts";
import { operationCost } from "./cost.ts";
import { costAdvice } from "./costAdvice.ts";
import { type Change, costScope } from "./costScope.ts";
import { dearestPart, type Measure } from "./dearestPart.ts";

const MAX_ROWS = 10_000;
/** A page of 1,000 with a hundred fields; they are resolved on the event loop that indexes too. */
const MAX_VALUES = 100_000;

/**
 * Refuses an operation that could return more than 10,000 rows or 100,000 values: page sizes multiply inside
 * one another and add up side by side, and each row has the fields that are selected of it. Example: two
 * lists of 5,000 ids pass; a list of 101 with lists of 100 does not, nor 5,000 rows with 21 fields each. `chains`: how
 * many are indexed.
 */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  chains: number,
): void {
  const scope = costScope(document, operation, given, chains);
  const { rows, values } = operationCost(operation, scope);
  if (rows > MAX_ROWS) throw tooComplex("rows", rows, MAX_ROWS);
  if (values > MAX_VALUES) throw tooComplex("values", values, MAX_VALUES);

  function tooComplex(measure: Measure, counted: number, most: number): ApiError {
    const part = dearestPart(operation, scope, measure);
    const counts = (change: Change) => operationCost(operation, scope, change)[measure];
    const advice = part && costAdvice(part, { measure, most, counts });
    const what = measure === "rows" ? "rows" : "values, rows times fields";
    return new ApiError(
      "TOO_COMPLEX",
      `The operation asks for up to ${counted} ${what}, more than ${most}. ${advice ?? ""}`.trimEnd(),
    );
  }
}
