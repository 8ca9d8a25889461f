import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { contradictions } from "./contradictions.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { jsonFault } from "./jsonFault.ts";
import { type Markets, marketsOf } from "./markets.ts";
import { marketsFile } from "./marketsFile.ts";

/**
 * Reads the markets file that BALLAST_CONFIG names (default `ballast.config.json`) and fills in its defaults.
 * Throws {@link MarketsFileError} with every fault of the file, not only the first.
 *
 * @example readMarkets({ BALLAST_CONFIG: "markets/base.json" }, "/srv/ballast").chains[0]?.name // "base"
 */
export function readMarkets(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Markets {
  const name = env.BALLAST_CONFIG || "ballast.config.json";
  return parseMarkets(readText(name, cwd), name, env);
}

/** As {@link readMarkets}, from the file's text. */
export function parseMarkets(text: string, name: string, env: NodeJS.ProcessEnv): Markets {
  const json = text.replace(/^\uFEFF/, "");
  const syntax = jsonFault(json);
  if (syntax !== undefined) throw new MarketsFileError(name, [syntax]);
  const value: unknown = JSON.parse(json);
  const parsed = marketsFile.safeParse(value);
  const faults = [...faultsOf(parsed.error?.issues ?? []), ...contradictions(value, env)].sort(byPath);
  if (!parsed.success || faults.length > 0) throw new MarketsFileError(name, faults);
  return marketsOf(parsed.data, env);
}

// Numbers in a path count as numbers: pools[2] before pools[10].
function byPath(a: Fault, b: Fault): number {
  return a.path.localeCompare(b.path, "en", { numeric: true });
}

function readText(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message =
      code === "ENOENT"
        ? "does not exist: copy ballast.config.example.json to it and write your chains and pools there, or set BALLAST_CONFIG to another file"
        : `cannot be read (${code}): BALLAST_CONFIG must name a readable JSON file`;
    throw new MarketsFileError(name, [{ path: name, message }]);
  }
}

/** The markets file cannot be used: `faults` holds each place and what to write there. */
export class MarketsFileError extends Error {
  override name = "MarketsFileError";
  readonly faults: readonly Fault[];
  constructor(file: string, faults: readonly Fault[]) {
    const lines = faults.map(({ path, message }) => `  ${path} ${message}`);
    super([`The markets file ${file} cannot be used:`, ...lines].join("\n"));
    this.faults = faults;
  }
}
