import type { MarketsChain } from "../config/markets.ts";
import type { ChainMemory } from "./chainMemory.ts";
import { rememberChains } from "./checkIdentities.ts";

const LOCAL_INTERVAL_MILLISECONDS = 2_000;
const PUBLIC_INTERVAL_MILLISECONDS = 60_000;

/**
 * Keeps the memory of the chains fresh while the indexer runs, so that the next start compares the last block seen
 * and not the first. A failure is not a reason to stop: an older memory is only less sharp.
 *
 * @returns stops it
 */
export function followChains(
  chains: readonly MarketsChain[],
  locals: ReadonlyMap<number, boolean>,
  memory: ChainMemory,
): () => void {
  const timers = [true, false].map((local) => {
    const some = chains.filter(({ id }) => (locals.get(id) ?? false) === local);
    let busy = false;
    const remember = async () => {
      if (busy) return;
      busy = true;
      await rememberChains(some, locals, memory).catch(() => {});
      busy = false;
    };
    return setInterval(remember, local ? LOCAL_INTERVAL_MILLISECONDS : PUBLIC_INTERVAL_MILLISECONDS);
  });
  return () => timers.forEach(clearInterval);
}
