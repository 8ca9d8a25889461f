import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/**
 * Makes one empty PGlite database a run, of which every app of `startApp` gets a copy: making one takes two seconds of
 * the processor. It waits for no disk at a commit, as a local database otherwise does a thousand times in a start: what a
 * killed process has written, the system still has. Apps of the demo's tests make their own, as users' do.
 *
 * @returns what removes it
 */
export async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "ballast-empty-"));
  const database = new PGlite(directory);
  await database.waitReady;
  await database.close();
  await appendFile(join(directory, "postgresql.conf"), "wal_sync_method = fdatasync\n");
  process.env.BALLAST_TEST_DATABASE = directory;
  return () => rm(directory, { recursive: true, force: true });
}
