import type { MarketsChain } from "../config/markets.ts";
import type { Launch } from "./preflight.ts";
import { chainDifference, seeChain } from "./seenChain.ts";

const LOCAL_INTERVAL_MILLISECONDS = 2_000;
const PUBLIC_INTERVAL_MILLISECONDS = 60_000;

/**
 * Keeps the memory of the chains fresh while the indexer runs, so that the next start compares the last blocks seen
 * and not the first. A chain that turns into another one is not remembered any more: the next start finds that out.
 * A failure is no reason to stop: an older memory is only less sharp.
 *
 * @param say takes one line for the terminal
 * @returns stops it
 */
export function followChains(
  { markets, seen, memory }: Pick<Launch, "markets" | "seen" | "memory">,
  say: (line: string) => void,
  interval = { local: LOCAL_INTERVAL_MILLISECONDS, public: PUBLIC_INTERVAL_MILLISECONDS },
): () => void {
  const follow = async (chain: MarketsChain) => {
    const before = seen.get(chain.id);
    if (before === undefined) return;
    // Seen first and compared then: whatever was seen before a change is known to be of the same chain.
    const now = await seeChain(chain, before.local);
    const difference = await chainDifference(chain, before);
    if (difference !== undefined) {
      seen.delete(chain.id);
      say(
        `Chain "${chain.name}" (id ${chain.id}): ${difference}. What was indexed of it is not on the chain any more: start Ballast anew.`,
      );
      return;
    }
    if (now === undefined) return;
    seen.set(chain.id, now);
    await memory.remember(chain.id, now);
  };
  const timers = markets.chains.map((chain) =>
    repeat(() => follow(chain), seen.get(chain.id)?.local ? interval.local : interval.public),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

// A round that takes longer than the interval is not started twice.
function repeat(round: () => Promise<void>, interval: number): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    await round().catch(() => {});
    isBusy = false;
  }, interval);
}
