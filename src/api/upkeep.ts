import { getTableConfig } from "drizzle-orm/pg-core";
import { block } from "../../ponder.schema.ts";
import type { Logger } from "./publicError.ts";
import type { Turns } from "./turns.ts";

const LOOK_MS = 5_000;
const EVERY_MS = 30 * 60_000;

export type Upkeep = {
  /** Runs one statement, outside of any transaction. */
  query<T>(statement: string): Promise<{ rows: T[] }>;
  /** Whether history has been indexed. */
  isReady(): Promise<boolean>;
  turns: Turns;
  logger: Logger;
};

/**
 * Vacuums and analyses every table once history has been indexed, and every half hour after. PGlite has no autovacuum:
 * without it the database knows nothing of its tables, reads lists along the wrong index, and never uses the space of
 * dead rows again. Each table is a turn, between which blocks and readers go on. Returns what ends it.
 */
export function keepUp({ query, isReady, turns, logger }: Upkeep): () => void {
  let timer: NodeJS.Timeout;
  const look = async () => {
    let next = LOOK_MS;
    try {
      if (await turns.run(isReady)) {
        next = EVERY_MS;
        const { rows } = await turns.run(() => query<{ name: string }>(tableNames()));
        for (const { name } of rows) await turns.run(() => query(`vacuum (analyze) ${name}`));
      }
    } catch (error) {
      logger.error({
        msg: "Could not vacuum the database: lists may be slow until it works",
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
    timer = setTimeout(look, next).unref();
  };
  timer = setTimeout(look, LOOK_MS).unref();
  return () => clearTimeout(timer);
}

/** Ponder's own tables of the schema too: those that undo reorganisations change with every block. */
function tableNames(): string {
  const schema = getTableConfig(block).schema ?? "public";
  return `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = '${schema}'`;
}
