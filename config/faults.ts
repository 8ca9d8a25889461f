import type { z } from "zod";
import { closestWord } from "./closestWord.ts";
import { knownKeys } from "./marketsFile.ts";

/** One thing that is wrong in the markets file: where, and what to write there. */
export type Fault = { path: string; message: string };

/**
 * Zod's issues as faults: paths as a person would write them, one fault an unknown key.
 *
 * @example faultsOf([{ code: "unrecognized_keys", path: ["chains", 0], keys: ["nmae"], message: "" }])
 * // [{ path: "chains[0].nmae", message: 'is not known: did you mean "name"?' }]
 */
export function faultsOf(issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: pathOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      message: unknownKey(key, issue.path.length),
    }));
  });
}

function unknownKey(key: string, depth: number): string {
  const known = depth === 0 ? knownKeys.file : depth === 2 ? knownKeys.chain : knownKeys.market;
  const closest = closestWord(key, known);
  return closest === undefined
    ? `is not known: remove it, or write one of ${known.join(", ")}`
    : `is not known: did you mean "${closest}"?`;
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text === "" ? "the file" : text.replace(/^\./, "");
}
