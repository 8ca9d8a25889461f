import { AsyncLocalStorage } from "node:async_hooks";
import { Turns } from "./turns.ts";

type Transaction = (...args: never[]) => Promise<unknown>;

/** Ponder's query builder for our tables: every block, batch, reorg and finalization goes through it. */
export type BlockWriter = { transaction: Transaction };

type Turn = { over: boolean };

const TURNS = Symbol.for("ballast.blockWriteTurns");

/**
 * Makes each write of a block one turn, and returns the turns, for readers to take theirs.
 *
 * On PGlite Ponder's `transaction` opens none: it calls back with the database itself, tables are flushed
 * one after another on the only connection, reorgs undo them likewise, and a reader in between would see a
 * pool a block ahead of its positions. So reader and writer exclude each other here. A block is several
 * writes: each goes before the readers that wait, or indexing would fall behind by their number every time,
 * and one of the readers goes before the next.
 * Within a turn Ponder calls `transaction` again; such a call belongs to the turn that it is made in.
 */
export function takeTurnsWithBlockWrites(writer: BlockWriter & { [TURNS]?: Turns }): Turns {
  // The API file is executed again on a hot reload, in the same process.
  const existing = writer[TURNS];
  if (existing !== undefined) return existing;
  const turns = new Turns(1);
  const current = new AsyncLocalStorage<Turn>();
  const write = writer.transaction;
  writer.transaction = (...args) => {
    if (current.getStore()?.over === false) return write(...args);
    const turn: Turn = { over: false };
    return turns.runUrgent(() =>
      current.run(turn, async () => {
        try {
          return await write(...args);
        } finally {
          turn.over = true;
        }
      }),
    );
  };
  writer[TURNS] = turns;
  return turns;
}
