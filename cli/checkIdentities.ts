import type { MarketsChain } from "../config/markets.ts";
import type { ChainMemory } from "./chainMemory.ts";
import { chainDifference, isLocalChain, type SeenChain, seeChain } from "./seenChain.ts";
import { StartRefused } from "./startRefused.ts";

/**
 * Compares each chain with what its rows in the database were read from: Ponder itself would mix two chains of one
 * chain id in silence. If local chains started anew, the database is emptied, and a line says so; whatever else
 * differs throws {@link StartRefused}. Then remembers the chains as they are now.
 *
 * @param say takes one line for the terminal
 * @returns what was remembered of each chain id
 */
export async function checkIdentities(
  chains: readonly MarketsChain[],
  memory: ChainMemory,
  say: (line: string) => void,
): Promise<Map<number, SeenChain>> {
  const seen = await seeChains(chains);
  const recalled = await memory.recall();
  const changed = await changedChains(chains, recalled);
  if (changed.length > 0) {
    const ids = changed.map(({ chain }) => chain.id);
    const known = [...seen.values(), ...[...recalled.values()].flat()];
    const lines = changed.map(
      ({ chain, difference }) => `Chain "${chain.name}" (id ${chain.id}): ${difference}.`,
    );
    if (!memory.canForget || known.some(({ local }) => !local)) {
      throw new StartRefused(
        `${lines.join("\n")}\nThe database holds another chain's rows. Point rpc back at the chain that was indexed, or start anew: ${memory.howToForget(ids)}.`,
      );
    }
    await memory.forget(ids);
    say(
      `${lines.join(" ")} The local chain was started anew, and so is its index: the database was emptied.`,
    );
  }
  for (const [chainId, chain] of seen) await memory.remember(chainId, chain);
  return seen;
}

async function seeChains(chains: readonly MarketsChain[]): Promise<Map<number, SeenChain>> {
  const seen = new Map<number, SeenChain>();
  for (const chain of chains) {
    const now = await seeChain(chain, await isLocalChain(chain));
    if (now !== undefined) seen.set(chain.id, now);
  }
  return seen;
}

async function changedChains(
  chains: readonly MarketsChain[],
  recalled: ReadonlyMap<number, readonly SeenChain[]>,
): Promise<{ chain: MarketsChain; difference: string }[]> {
  const changed = [];
  for (const chain of chains) {
    for (const seen of recalled.get(chain.id) ?? []) {
      const difference = await chainDifference(chain, seen);
      if (difference === undefined) continue;
      changed.push({ chain, difference });
      break;
    }
  }
  return changed;
}
