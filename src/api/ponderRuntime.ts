import type { PgliteClient } from "drizzle-orm/pglite";
import type { BlockWriter } from "./blockWrites.ts";
import type { Logger } from "./publicError.ts";

/** What Ponder keeps for its own virtual modules and has no public name for (0.17.7). */
type PonderGlobals = {
  PONDER_COMMON: { logger: Logger; options: { command: string } };
  PONDER_DATABASE: {
    driver:
      | { dialect: "pglite"; instance: PgliteClient }
      | { dialect: "postgres"; readonly: { options: { max: number } } };
    userQB: BlockWriter;
  };
};

export function ponderRuntime(): PonderGlobals {
  // Ponder sets them before it executes the API file, and declares them in no type of its package.
  return globalThis as unknown as PonderGlobals;
}
