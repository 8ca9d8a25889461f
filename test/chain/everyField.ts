import {
  buildClientSchema,
  type GraphQLField,
  GraphQLList,
  type GraphQLOutputType,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  type IntrospectionQuery,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import type { App } from "../app.ts";

/** For arguments that have to be given. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  targetShare: "0.3",
  zeroForOne: "true",
  amountIn: "1000000000",
};

/**
 * A selection of every field that the app serves of a type, objects inside it included, but for lists and the names of
 * `leftOut`. So a field that is added is in it without a change here. @example await everyField(app, "BlockRef") // "{ number timestamp }"
 */
export async function everyField(
  app: Pick<App, "query">,
  typeName: string,
  leftOut: readonly string[] = [],
): Promise<string> {
  const schema = buildClientSchema(await app.query<IntrospectionQuery>(getIntrospectionQuery()));
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`the schema has no object type ${typeName}`);
  return selection(type, [typeName], leftOut) ?? "";
}

function selection(
  type: GraphQLOutputType,
  path: readonly string[],
  leftOut: readonly string[],
): string | undefined {
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (getNullableType(field.type) instanceof GraphQLList || path.includes(inner.name)) return [];
    if (leftOut.includes(field.name)) return [];
    if (inner.name.endsWith("Page")) return [];
    return [`${field.name}${requiredArguments(field)} ${selection(inner, [...path, inner.name], leftOut)}`];
  });
  return `{ ${fields.join(" ")} }`;
}

function requiredArguments({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map(({ name }) => `${name}: ${ARGUMENTS[name]}`);
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}
