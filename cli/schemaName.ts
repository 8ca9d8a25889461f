import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Markets } from "../config/markets.ts";

/**
 * The database schema that holds our rows: DATABASE_SCHEMA, or `ballast_` and 10 hex digits that change with
 * everything that rows depend on, so that rows of other code or other markets are never resumed. Query-time code
 * (src/api) and RPC URLs do not count.
 *
 * @param root the project's directory
 * @example schemaName("/srv/ballast", markets, {}) // "ballast_0f3a9c11d2"
 */
export function schemaName(root: string, markets: Markets, env: NodeJS.ProcessEnv): string {
  if (env.DATABASE_SCHEMA) return env.DATABASE_SCHEMA;
  const hash = createHash("sha256");
  const files = [
    "package-lock.json",
    "ponder.schema.ts",
    ...["abis", "config", "src"].flatMap((directory) => filesUnder(root, directory)),
  ];
  for (const file of files.filter((file) => !file.startsWith("src/api/")).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return `ballast_${hash.update(digestible(markets)).digest("hex").slice(0, 10)}`;
}

function filesUnder(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length).replaceAll("\\", "/"));
}

function digestible(markets: Markets): string {
  return JSON.stringify(
    markets.chains.map(({ rpc: _, ...chain }) => chain),
    sorted,
  );
}

// Sets and maps as sorted lists, those within maps too: the order in which a file names pools is no difference.
function sorted(_: string, value: unknown): unknown {
  if (!(value instanceof Set || value instanceof Map)) return value;
  return [...value].map((entry) => JSON.stringify(entry, sorted)).sort();
}
