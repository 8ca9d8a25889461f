import type { SeenChain } from "./seenChain.ts";

/** Remembers, next to the rows of an index, which chains they were read from. */
export type ChainMemory = {
  /** What is remembered of each chain id; more than once if rows are kept in several places. */
  recall(): Promise<ReadonlyMap<number, readonly SeenChain[]>>;
  remember(chainId: number, seen: SeenChain): Promise<void>;
  /** Whether {@link forget} may be called: it deletes only what we made. */
  canForget: boolean;
  /** Deletes every row that was read from these chains. */
  forget(chainIds: readonly number[]): Promise<void>;
  /** What a person does to delete them, as a part of a sentence. */
  howToForget(chainIds: readonly number[]): string;
  close(): Promise<void>;
};
