import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/**
 * The house's import table. A room's own files are always allowed. `ponder.config` stands for the loaded
 * markets: the composition roots (registration of events, the API's start) take them and pass them downward.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "src/math": [],
  "src/state": ["src/math"],
  "src/protocols": ["src/math", "src/state", "abis", "viem"],
  "src/indexing": [
    "src/math",
    "src/state",
    "src/protocols",
    "abis",
    "viem",
    "ponder:registry",
    "ponder:schema",
    "prom-client",
  ],
  "src/indexing/register": ["src/indexing", "src/protocols", "ponder:registry", "ponder.config.ts"],
  "src/api": [
    "src/math",
    "src/state",
    "hono",
    "graphql",
    "graphql-yoga",
    "@escape.tech",
    "drizzle-orm",
    "ponder:api",
    "ponder.schema.ts",
    "node:",
  ],
  "src/api/metrics": ["src/math", "src/state"],
  "src/api/index.ts": ["ponder.config.ts"],
  abis: [],
  config: ["abis", "viem", "zod", "ponder", "node:"],
  cli: ["config", "abis", "viem", "pg", "node:"],
  "ponder.config.ts": ["config"],
  "ponder.schema.ts": ["ponder"],
};

test("every import is one that the house allows", () => {
  const broken = productFiles().flatMap((file) =>
    importsOf(file)
      .filter((imported) => !mayImport(file, imported))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(broken).toEqual([]);
});

test("nothing outside src/api imports from it", () => {
  const outside = productFiles().filter((file) => !file.startsWith("src/api/"));
  const intruders = outside.filter((file) =>
    importsOf(file).some((imported) => imported.startsWith("src/api")),
  );
  expect(intruders).toEqual([]);
});

test("no room is named for what it does not say", () => {
  const vague = /(^|\/)(utils|lib|helpers|services|types|common)(\/|\.ts$)/u;
  expect(productFiles().filter((file) => vague.test(file))).toEqual([]);
});

test("no source file is over 200 lines, tables and schema aside", () => {
  const long = productFiles().filter((file) => readFileSync(file, "utf8").split("\n").length > 201);
  expect(long.filter((file) => file !== "ponder.schema.ts" && file !== "src/api/schema.ts")).toEqual([]);
});

function productFiles(): string[] {
  const rooms = ["src", "abis", "config", "cli"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  );
  return [...rooms, "ponder.config.ts", "ponder.schema.ts"].filter((file) => /\.(ts|mjs)$/u.test(file));
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const found = source.matchAll(
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\("([^"]+)"\)|^import\s+"([^"]+)"/gmu,
  );
  return [...found].map(([, from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? "";
    return specifier.startsWith(".") ? relative(".", join(dirname(file), specifier)) : specifier;
  });
}

function mayImport(file: string, imported: string): boolean {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => file === room || file.startsWith(`${room}/`));
  // The narrowest room decides, except that a named file adds to its room.
  const narrowest = rooms.filter((room) => !room.endsWith(".ts")).sort((a, b) => b.length - a.length)[0];
  const named = rooms.filter((room) => room.endsWith(".ts"));
  const allowed = [narrowest, ...named].filter((room) => room !== undefined);
  return allowed.some((room) =>
    [room, ...(MAY_IMPORT[room] ?? [])].some((prefix) => matches(imported, prefix)),
  );
}

function matches(imported: string, prefix: string): boolean {
  if (prefix.endsWith(":")) return imported.startsWith(prefix);
  return imported === prefix || imported.startsWith(`${prefix}/`);
}
