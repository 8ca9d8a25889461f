import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type DocumentNode, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { requireAffordable } from "../../src/api/limits/requireAffordable.ts";
import { typeDefs } from "../../src/api/schema.ts";

const served = buildSchema(typeDefs);
const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const queries = [...readme.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, query = ""]) => query);

test("README has queries to paste", () => {
  expect(queries.length).toBeGreaterThan(3);
});

test.each(queries)("README's query %# is one of the schema, and within the API's limits", (query) => {
  const document = parse(query);
  expect(validate(served, document)).toEqual([]);
  expect(() => requireAffordable(document, onlyOperation(document), {}, 1)).not.toThrow();
});

function onlyOperation({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("the query has no operation");
  return operation;
}
