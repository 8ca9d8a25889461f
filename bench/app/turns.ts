import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { type AppName, type Measured, runOnce } from "./runOnce.ts";

export type DatabaseKind = "pglite" | "postgres";
export type CacheState = "cold" | "warm";

export type Results = Record<AppName, Record<CacheState, Measured[]>>;

export interface Plan {
  kind: DatabaseKind;
  /** How often on an empty database, where everything is fetched. */
  cold: number;
  /** How often after each of those, where what was fetched is there and the tables are filled anew. */
  warm: number;
}

interface Place {
  app: AppName;
  home: string;
  postgres: TestPostgres | undefined;
}

/** Runs both apps by turns on one kind of database, each on one of its own. */
export async function takeTurns(
  { kind, cold, warm }: Plan,
  chain: { markets: unknown; head: number },
  say: (line: string) => void,
): Promise<Results> {
  const results: Results = { bare: { cold: [], warm: [] }, whole: { cold: [], warm: [] } };
  for (let turn = 0; turn < cold; turn++) {
    const places: Place[] = [];
    try {
      for (const app of ["bare", "whole"] as const) places.push(await openPlace(app, kind));
      for (let again = 0; again <= warm; again++) {
        const cache = again === 0 ? "cold" : "warm";
        // Whoever goes first one time goes second the next.
        for (const { app, home, postgres } of again % 2 === 0 ? places : places.toReversed()) {
          const schema = `bench_${cache}_${again}`;
          const measured = await runOnce({ app, ...chain, home, postgres: postgres?.url, schema });
          results[app][cache].push(measured);
          say(`${kind}, ${app} ${cache}: ${summary(measured)}`);
        }
      }
    } finally {
      for (const { home, postgres } of places) {
        await postgres?.stop();
        await rm(home, { recursive: true, force: true });
      }
    }
  }
  return results;
}

async function openPlace(app: AppName, kind: DatabaseKind): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), "ballast-bench-"));
  return { app, home, postgres: kind === "postgres" ? await startPostgres() : undefined };
}

function summary({ wall, backfill, indexing, cpu, memory }: Measured): string {
  const seconds = { wall, backfill, indexing, cpu };
  const parts = Object.entries(seconds).map(([name, value]) => `${name} ${value.toFixed(1)} s`);
  return `${parts.join(", ")}, ${memory.toFixed(0)} MiB`;
}
