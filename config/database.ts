import { join } from "node:path";

/** Ponder's database entry. */
export type Database = { kind: "postgres"; connectionString: string } | { kind: "pglite"; directory: string };

/**
 * Where rows are kept: Postgres if DATABASE_URL is set, or else PGlite under BALLAST_DATA_DIR (default `.ballast`).
 *
 * @example database({}) // { kind: "pglite", directory: ".ballast/pglite" }
 */
export function database(env: NodeJS.ProcessEnv): Database {
  const connectionString = env.DATABASE_URL;
  return connectionString
    ? { kind: "postgres", connectionString }
    : { kind: "pglite", directory: join(dataDirectory(env), "pglite") };
}

/** Where the embedded database and what we remember of each chain are kept. */
export function dataDirectory(env: NodeJS.ProcessEnv): string {
  return env.BALLAST_DATA_DIR || ".ballast";
}
