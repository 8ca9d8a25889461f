import { type FieldNode, Kind } from "graphql";

const SIMULATION_ROWS = 1_000;

/**
 * What a field counts as for the simulation of an account's book that it needs, over all its pools; 0 without one.
 * `ofAccount`: selected right below one; limits are asked of nothing else. Example: `limitBreaches(limits: {maxSkew: 0.8})` is 0.
 */
export function simulationRows(
  { name, arguments: given }: FieldNode,
  variables: Readonly<Record<string, unknown>>,
  ofAccount: boolean,
): number {
  if (name.value === "capitalAtRisk") return ofAccount ? SIMULATION_ROWS : 0;
  if (name.value !== "limitBreaches" && name.value !== "unreadLimits") return 0;
  const limits = given?.find((argument) => argument.name.value === "limits")?.value;
  const asked =
    limits?.kind === Kind.OBJECT
      ? limits.fields.some((field) => field.name.value === SHORTFALL)
      : limits?.kind === Kind.VARIABLE && hasShortfall(variables[limits.name.value]);
  return asked ? SIMULATION_ROWS : 0;
}

const SHORTFALL = "maxExpectedShortfall";

/** A variable's own default is not looked into: it counts as asked for. */
function hasShortfall(limits: unknown): boolean {
  return limits === undefined || (typeof limits === "object" && limits !== null && SHORTFALL in limits);
}
