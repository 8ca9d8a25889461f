import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChainMemory } from "./chainMemory.ts";
import { lockDirectory } from "./lockDirectory.ts";
import type { SeenChain } from "./seenChain.ts";

/**
 * The memory of the embedded database: `chains.json` next to its directory. To forget a chain is to delete the
 * whole database, which holds nothing but what chains can tell again. The directory is ours until `close`.
 *
 * @param dataDirectory BALLAST_DATA_DIR, absolute
 */
export async function fileMemory(dataDirectory: string): Promise<ChainMemory> {
  const unlock = await lockDirectory(dataDirectory);
  const database = join(dataDirectory, "pglite");
  const file = join(dataDirectory, "chains.json");
  const read = () => (existsSync(file) ? parse(readFileSync(file, "utf8")) : {});
  return {
    canForget: true,
    async recall() {
      // Whoever deleted the database wants nothing remembered.
      if (!existsSync(database)) rmSync(file, { force: true });
      return new Map(Object.entries(read()).map(([id, seen]) => [Number(id), [seen]]));
    },
    async remember(chainId, seen) {
      const text = JSON.stringify({ ...read(), [chainId]: seen }, null, 2);
      writeFileSync(`${file}.new`, `${text}\n`);
      renameSync(`${file}.new`, file);
    },
    async forget() {
      rmSync(database, { recursive: true, force: true });
      rmSync(file, { force: true });
    },
    howToForget: () => `delete the directory ${database}`,
    close: unlock,
  };
}

// A file that was cut off or edited is as good as none.
function parse(text: string): Record<string, SeenChain> {
  try {
    const value: unknown = JSON.parse(text);
    return Object.fromEntries(Object.entries(value ?? {}).filter((entry) => isSeenChain(entry[1])));
  } catch {
    return {};
  }
}

function isSeenChain(value: unknown): value is SeenChain {
  if (typeof value !== "object" || value === null) return false;
  const { local, genesis, number, hash }: Partial<Record<string, unknown>> = { ...value };
  return (
    typeof local === "boolean" &&
    typeof genesis === "string" &&
    typeof number === "number" &&
    typeof hash === "string"
  );
}
