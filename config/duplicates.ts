import type { Fault } from "./faults.ts";
import { MALFORMED } from "./lenientMarkets.ts";

/**
 * A fault for each value that stands a second time.
 *
 * @example duplicates([{ path: "a", value: 1 }, { path: "b", value: 1 }]) // [{ path: "b", message: "1 stands in a already: remove one" }]
 */
export function duplicates(entries: { path: string; value: string | number | undefined }[]): Fault[] {
  const firstPaths = new Map<string | number, string>();
  return entries.flatMap(({ path, value }) => {
    if (value === undefined || value === MALFORMED) return [];
    const first = firstPaths.get(value);
    firstPaths.set(value, first ?? path);
    return first === undefined ? [] : [{ path, message: `${value} stands in ${first} already: remove one` }];
  });
}
