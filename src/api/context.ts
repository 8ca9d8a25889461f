import type { Head } from "./heads.ts";
import type { Tip } from "./queries/tips.ts";
import type { Snapshot } from "./snapshot.ts";

/** What the API knows of a chain that is indexed. */
export type ApiChain = { id: number; name: string; quoteToken: `0x${string}` | null };

/** What every resolver of one operation shares. */
export type ApiContext = {
  chains: readonly ApiChain[];
  /** Asks the operation's own snapshot; questions are answered one after another. */
  ask<T>(question: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** The newest block row of each chain in that snapshot: what "now" means in every answer. */
  tips(): Promise<ReadonlyMap<number, Tip>>;
  /** Fetched before the snapshot was opened, and only for `status`; null where the chain did not answer. */
  heads: ReadonlyMap<number, Head | null>;
  /** Unix seconds. */
  now: number;
};
