import type { ApiChain, ApiContext } from "../context.ts";
import { findBlockHash, findProgress, isReady, type Progress } from "../queries/progress.ts";
import { countQuarantines, listQuarantines } from "../queries/quarantines.ts";
import { findToken, type Token } from "../queries/tokens.ts";

export type ChainStatus = {
  chain: ApiChain;
  progress: Progress | undefined;
  ready: boolean;
};

export async function status(_: unknown, __: unknown, { chains, ask }: ApiContext): Promise<ChainStatus[]> {
  const progress = await ask(findProgress);
  const ready = await ask(isReady);
  return chains.map((chain) => ({ chain, progress: progress.get(chain.id), ready }));
}

export const chainStatusResolvers = {
  chainId: ({ chain }: ChainStatus) => chain.id,
  name: ({ chain }: ChainStatus) => chain.name,
  quoteToken: ({ chain }: ChainStatus, _: unknown, { ask }: ApiContext): Promise<Token | null> | null => {
    const { id, quoteToken } = chain;
    return quoteToken === null ? null : ask((snapshot) => findToken(snapshot, id, quoteToken));
  },
  indexed: ({ progress }: ChainStatus) => progress?.indexed ?? null,
  indexedHash: ({ chain, progress }: ChainStatus, _: unknown, { ask }: ApiContext) =>
    progress === undefined
      ? null
      : ask((snapshot) => findBlockHash(snapshot, chain.id, progress.indexed.number)),
  finalized: ({ progress }: ChainStatus) => progress?.finalized ?? null,
  quarantinedPools: ({ chain }: ChainStatus, _: unknown, { ask }: ApiContext) =>
    ask((snapshot) => countQuarantines(snapshot, chain.id)),
  quarantines: ({ chain }: ChainStatus, _: unknown, { ask }: ApiContext) =>
    ask((snapshot) => listQuarantines(snapshot, chain.id)),
  head: ({ chain }: ChainStatus, _: unknown, { heads }: ApiContext) => heads.get(chain.id) ?? null,
  lag: ({ chain, progress }: ChainStatus, _: unknown, { heads }: ApiContext) => {
    const head = heads.get(chain.id);
    // The head was asked for first, so that blocks may have been indexed since.
    return head == null || progress === undefined ? null : Math.max(0, head.number - progress.indexed.number);
  },
};
