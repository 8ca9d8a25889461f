import { Kind, type OperationDefinitionNode } from "graphql";

/** What a variable is that is not given, as far as costs depend on it: of a list how long it is. */
export function variableDefaults(operation: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT
        ? Number(defaultValue.value)
        : defaultValue?.kind === Kind.ENUM
          ? defaultValue.value
          : defaultValue?.kind === Kind.LIST
            ? defaultValue.values
            : undefined,
    ]),
  );
}
