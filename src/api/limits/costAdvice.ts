import type { DearList, DearPart, Measure } from "./dearestPart.ts";
import { numeraireCost } from "./numeraireCost.ts";
import { sizedBy } from "./pageSize.ts";

type Refused = {
  measure: Measure;
  counted: number;
  most: number;
  variables: Readonly<Record<string, unknown>>;
};

/**
 * What to change so that an operation counts as less, and which part of it to change.
 * Example: "The dearest part is pools.items.positions with 10100 of them, 100 in each of 101 places: lower first of
 * pools (101), or leave it out."
 */
export function costAdvice(part: DearPart, refused: Refused): string {
  const { path, counted, places } = part;
  const each = places > 1 ? `, ${Math.round(counted / places)} in each of ${places} places` : "";
  return `The dearest part is ${path} with ${counted} of them${each}: ${ways(part, refused).join(", or ")}.`;
}

function ways({ field, path, root, lists }: DearPart, refused: Refused): string[] {
  const { search, history } = numeraireCost(field, refused.variables);
  const quoted = history > 0 ? "QUOTE_THEN" : "QUOTE";
  return [
    ...lists.flatMap(smaller),
    ...(refused.measure === "rows" && search > 0 ? [`ask for it without ${quoted}`] : []),
    refused.measure === "values" && field.selectionSet ? "select fewer fields of it" : "leave it out",
    ...(root <= refused.most && root < refused.counted
      ? [`send ${path.split(".")[0]} as an operation of its own`]
      : []),
  ];
}

function smaller({ path, name, under, size }: DearList): string[] {
  switch (sizedBy(name, under)) {
    case "first":
      return [`lower first of ${path} (${size})`];
    case "bands":
      return [`lower bands of ${path} (${size})`];
    case "shocks":
      return [`give ${path} fewer shocks (${size})`];
    case "span":
      return [`give ${path} a near from and to (${size} points)`];
    case "chains":
      return [`ask for account on fewer chains than ${path} (${size})`];
    default:
      return [];
  }
}
