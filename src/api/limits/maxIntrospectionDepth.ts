import { type ASTNode, type ASTVisitor, Kind, type ValidationContext } from "graphql";
import { ApiError } from "../errors.ts";

/** As deep as the standard introspection query nests them, and as graphql-js itself allows from 16.9 on. */
const MAX_NESTED_LISTS = 3;
const LISTS = new Set(["fields", "interfaces", "possibleTypes", "inputFields"]);

/**
 * Refuses introspection that nests type lists: `types { fields { type { fields { ...` multiplies the whole
 * schema with itself at each step, and introspection is exempt from the depth limit.
 */
export function maxIntrospectionDepth(context: ValidationContext): ASTVisitor {
  return {
    Field: (field) => {
      if (field.name.value !== "__schema" && field.name.value !== "__type") return undefined;
      if (nestedLists(field, context, new Map()) >= MAX_NESTED_LISTS) {
        throw new ApiError(
          "TOO_COMPLEX",
          "The introspection nests too deeply: ask for names, then for each type.",
        );
      }
      return false;
    },
  };
}

/** The greatest number of type lists inside one another; each fragment is counted once. */
function nestedLists(node: ASTNode, context: ValidationContext, fragments: Map<string, number>): number {
  if (node.kind === Kind.FRAGMENT_SPREAD) {
    const name = node.name.value;
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, 0);
    const fragment = context.getFragment(name);
    const depth = fragment ? nestedLists(fragment, context, fragments) : 0;
    fragments.set(name, depth);
    return depth;
  }
  if (!("selectionSet" in node) || node.selectionSet === undefined) return 0;
  const inner = node.selectionSet.selections.map((child) => nestedLists(child, context, fragments));
  return Math.max(0, ...inner) + (node.kind === Kind.FIELD && LISTS.has(node.name.value) ? 1 : 0);
}
