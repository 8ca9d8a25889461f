import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../test/postgres.ts";
import { type AppName, type Measured, runOnce } from "./runOnce.ts";

export type DatabaseKind = "pglite" | "postgres";
export type CacheState = "cold" | "warm";

export type Results = Record<AppName, Record<CacheState, Measured[]>>;

/**
 * Runs both apps by turns on one kind of database, each time on an empty one (cold: everything is fetched), and at
 * once again on the same one under another schema (warm: what was fetched is there, the tables are filled anew).
 */
export async function takeTurns(
  kind: DatabaseKind,
  turns: number,
  chain: { markets: unknown; head: number },
  say: (line: string) => void,
): Promise<Results> {
  const results: Results = { bare: { cold: [], warm: [] }, whole: { cold: [], warm: [] } };
  for (let turn = 1; turn <= turns; turn++) {
    // Whoever goes first one time goes second the next.
    for (const app of turn % 2 === 1 ? (["bare", "whole"] as const) : (["whole", "bare"] as const)) {
      const home = await mkdtemp(join(tmpdir(), "ballast-bench-"));
      const postgres = kind === "postgres" ? await startPostgres() : undefined;
      try {
        for (const cache of ["cold", "warm"] as const) {
          const schema = `bench_${cache}`;
          const measured = await runOnce({ app, ...chain, home, postgres: postgres?.url, schema });
          results[app][cache].push(measured);
          say(`${kind}, turn ${turn}, ${app} ${cache}: ${summary(measured)}`);
        }
      } finally {
        await postgres?.stop();
        await rm(home, { recursive: true, force: true });
      }
    }
  }
  return results;
}

function summary({ wall, backfill, indexing, cpu, memory }: Measured): string {
  const seconds = { wall, backfill, indexing, cpu };
  const parts = Object.entries(seconds).map(([name, value]) => `${name} ${value.toFixed(1)} s`);
  return `${parts.join(", ")}, ${memory.toFixed(0)} MiB`;
}
