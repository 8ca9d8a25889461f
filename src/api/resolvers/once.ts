import type { ApiContext } from "../context.ts";

/**
 * What several fields of one item need, worked out for the first that asks. An item belongs to one operation, and so to
 * one context. Example: the five fields of a position's fees bring its growth up once.
 */
export function once<T>(read: (context: ApiContext) => Promise<T>): (context: ApiContext) => Promise<T> {
  let answer: Promise<T> | undefined;
  return (context) => {
    answer ??= read(context);
    return answer;
  };
}
