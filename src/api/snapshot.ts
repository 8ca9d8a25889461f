import { type ExtractTablesWithRelations, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import type * as tables from "../../ponder.schema.ts";
import { ApiError } from "./errors.ts";
import { PatienceError, type Turns } from "./turns.ts";

/** A database, or a transaction of it, of either engine. */
export type Database = PgDatabase<PgQueryResultHKT, typeof tables, ExtractTablesWithRelations<typeof tables>>;

/** What one operation reads from: nothing that is written meanwhile shows in it. */
export type Snapshot = Pick<Database, "select" | "selectDistinct" | "execute">;

export type Snapshots = {
  /**
   * Answers `question` from one state of the database. Throws TOO_BUSY rather than wait for long; from then on `isAwaited`
   * is false, and what else the question was to ask is no use to anybody.
   */
  read<T>(question: (snapshot: Snapshot, isAwaited: () => boolean) => Promise<T>): Promise<T>;
};

type Limits = {
  /** Operations that read or wait at a time. */
  inFlight: number;
  /** Milliseconds that an operation may wait for its turn. */
  patience: number;
  /** Milliseconds that it may take in all; then it is answered TOO_BUSY, and ends with what it is asking. */
  deadline: number;
};

const LIMITS: Limits = { inFlight: 64, patience: 5_000, deadline: 15_000 };
const STATEMENT_TIMEOUT_MS = 3_000;
const READ_ONLY: PgTransactionConfig = { isolationLevel: "repeatable read", accessMode: "read only" };

/**
 * One read-only REPEATABLE READ transaction an operation, so that a pool is never seen a block later than
 * its positions. `turns` says how many run at once; on PGlite it is the one that block writes take too, kept until the
 * operation is answered: there is one connection, so that a block that was let in between two questions, or a reorg, would
 * show in the second.
 */
export function createSnapshots(database: Database, turns: Turns, limits: Limits = LIMITS): Snapshots {
  let inFlight = 0;
  return {
    async read(question) {
      if (inFlight >= limits.inFlight) throw tooBusy();
      inFlight += 1;
      let awaited = true;
      const answer = turns
        .run(() => transact(database, (snapshot) => question(snapshot, () => awaited)), limits.patience)
        .finally(() => {
          inFlight -= 1;
        });
      try {
        return await before(limits.deadline, answer);
      } catch (error) {
        throw error instanceof PatienceError ? tooBusy() : error;
      } finally {
        awaited = false;
      }
    },
  };
}

/**
 * Ponder's `transaction` repeats a callback that throws up to nine times with growing pauses, so errors
 * leave it as values. They need no rollback: nothing was written.
 */
async function transact<T>(database: Database, question: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const outcome = await database.transaction(async (transaction) => {
    try {
      await transaction.execute(sql.raw(`set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`));
      return { answer: await question(transaction) };
    } catch (error) {
      return { error };
    }
  }, READ_ONLY);
  if ("error" in outcome) throw outcome.error;
  return outcome.answer;
}

async function before<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooBusy()), milliseconds);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

export function tooBusy(): ApiError {
  return new ApiError("TOO_BUSY", "too many operations wait, or one waited too long");
}
