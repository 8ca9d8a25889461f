import type { ASTVisitor, ValidationContext } from "graphql";
import { ApiError } from "../errors.ts";
import { selectedFields } from "./selectedFields.ts";

const MAX_ROOT_FIELDS = 10;

/** Refuses an operation with more than ten root fields: each is a query of its own. */
export function maxRootFields(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const asked = selectedFields(context.getDocument(), operation.selectionSet).filter(
        (field) => !field.name.value.startsWith("__"),
      );
      if (asked.length > MAX_ROOT_FIELDS) {
        throw new ApiError(
          "TOO_COMPLEX",
          `The operation has ${asked.length} root fields, more than ${MAX_ROOT_FIELDS}: send them as several requests.`,
        );
      }
    },
  };
}
