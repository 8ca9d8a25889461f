import { createGraphQLError, type Plugin } from "graphql-yoga";

const MAX_ERRORS = 10;

/**
 * Answers, and logs, the first ten errors of an operation and says how many there were: an argument that is
 * wrong in a list is an error of every row.
 */
export function maxErrors(): Plugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result, setResult }) {
        if (!("errors" in result) || result.errors === undefined) return;
        const more = result.errors.length - MAX_ERRORS;
        if (more <= 0) return;
        const note = createGraphQLError(`${more} more errors are left out: mend these first.`, {
          extensions: { code: "BAD_REQUEST" },
        });
        setResult({ ...result, errors: [...result.errors.slice(0, MAX_ERRORS), note] });
      },
    }),
  };
}
