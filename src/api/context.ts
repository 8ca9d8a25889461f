import type { Head } from "./heads.ts";
import type { PoolAt } from "./queries/pools.ts";
import type { QuotedPrice, QuotePrices } from "./queries/quotePrices.ts";
import type { Tip } from "./queries/tips.ts";
import type { Snapshot } from "./snapshot.ts";

/** What the API knows of a chain that is indexed. */
export type ApiChain = {
  id: number;
  name: string;
  /** The token that values are quoted in, lower case. */
  quoteToken: `0x${string}` | null;
  /** Depth within 2 % that a pool needs before it sets a quote price, in whole quote units. */
  quoteMinDepth: number;
  /** The token that native currency is worth one of, lower case; left out and null alike: not known. */
  wrappedNative?: `0x${string}` | null;
};

/** What every resolver of one operation shares. */
export type ApiContext = {
  chains: readonly ApiChain[];
  /** Asks the operation's own snapshot; questions are answered one after another, with a break of some now and then. */
  ask<T>(question: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** The newest block row of each chain in that snapshot: what "now" means in every answer. */
  tips(): Promise<ReadonlyMap<number, Tip>>;
  /** What every token of a chain was worth in its quote token at a block: searched for when first asked for. */
  quotes(chainId: number, tip: Tip): Promise<QuotePrices>;
  /** The same of one token alone: cheaper where each of many blocks is asked for one price. */
  quoteOf(tip: Tip, token: `0x${string}`): Promise<QuotedPrice | null>;
  /** A pool as of a block, `past` where that was asked for; those asked for together are one read. */
  poolAt(tip: Tip, past: boolean, poolId: `0x${string}`): Promise<PoolAt | null>;
  /** Fetched before the snapshot was opened, and only for `status`; null where the chain did not answer. */
  heads: ReadonlyMap<number, Head | null>;
  /** Unix seconds. */
  now: number;
};
