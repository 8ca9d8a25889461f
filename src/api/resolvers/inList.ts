import type { GraphQLResolveInfo } from "graphql";

/** Whether a field is of an item of a list, at any depth: what is dear is not worked out for each of many. */
export function inList({ path }: Pick<GraphQLResolveInfo, "path">): boolean {
  for (let at: GraphQLResolveInfo["path"] | undefined = path; at !== undefined; at = at.prev) {
    if (typeof at.key === "number") return true;
  }
  return false;
}
