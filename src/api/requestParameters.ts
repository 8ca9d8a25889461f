import type { Plugin } from "graphql-yoga";
import { ApiError } from "./errors.ts";

/**
 * Answers BAD_REQUEST where `variables` or `extensions` of a URL or a form are no JSON: yoga parses them
 * unguarded. Example: `/graphql?query={status{lag}}&variables={x`.
 */
export function requestParameters(): Plugin {
  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (requestParser === undefined) return;
      const guarded = async (request: Request) => {
        try {
          return await requestParser(request);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw new ApiError("BAD_REQUEST", "variables and extensions must each be a JSON object.");
        }
      };
      // Yoga's type promises one operation or promises several, where a promise of either is meant.
      setRequestParser((request) => guarded(request) as ReturnType<typeof requestParser>);
    },
  };
}
