import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxTokensPlugin } from "@escape.tech/graphql-armor-max-tokens";
import type { Plugin } from "graphql-yoga";
import { ApiError } from "../errors.ts";
import { maxErrors } from "./maxErrors.ts";
import { maxIntrospectionDepth } from "./maxIntrospectionDepth.ts";
import { maxRootFields } from "./maxRootFields.ts";

const MAX_TOKENS = 1_000;
/** The standard introspection query is deeper and exempt: clients are generated from it. */
const MAX_DEPTH = 10;
const MAX_ALIASES = 15;

/** What an operation may look like, whatever it asks for, and how many errors it may be answered with. */
export function limits(): Plugin[] {
  return [
    maxTokensPlugin({ n: MAX_TOKENS, onReject: [refuse(`more than ${MAX_TOKENS} tokens`)] }),
    maxErrors(),
    {
      onValidate({ addValidationRule }) {
        addValidationRule(
          maxDepthRule({
            n: MAX_DEPTH,
            flattenFragments: true,
            onReject: [refuse(`more than ${MAX_DEPTH} levels`)],
          }),
        );
        addValidationRule(
          maxAliasesRule({ n: MAX_ALIASES, onReject: [refuse(`more than ${MAX_ALIASES} aliases`)] }),
        );
        addValidationRule(maxRootFields);
        addValidationRule(maxIntrospectionDepth);
      },
    },
  ];
}

function refuse(what: string): () => never {
  return () => {
    throw new ApiError("TOO_COMPLEX", `The operation has ${what}: send it in smaller parts.`);
  };
}
