import type { MarketsChain } from "./markets.ts";

/** Ponder's entry for one chain. */
export type PonderChain = { id: number; rpc: string[]; pollingInterval?: number };

// Ponder's limiter starts at 20 requests a second for each entry: 64 entries let a local node run at its own speed.
const LOOPBACK_COPIES = 64;

// The fastest polling that Ponder accepts, in milliseconds.
const LOOPBACK_POLLING_INTERVAL = 100;

/**
 * Ponder's `chains`, by name. URLs of this machine are listed many times and polled quickly.
 *
 * @example ponderChains([mainnet]) // { mainnet: { id: 1, rpc: ["https://eth.example"] } }
 */
export function ponderChains(chains: readonly MarketsChain[]): Record<string, PonderChain> {
  return Object.fromEntries(chains.map((chain) => [chain.name, ponderChain(chain)]));
}

function ponderChain({ id, rpc }: MarketsChain): PonderChain {
  const urls = rpc.flatMap((url) => (isLoopback(url) ? Array<string>(LOOPBACK_COPIES).fill(url) : [url]));
  return rpc.every(isLoopback)
    ? { id, rpc: urls, pollingInterval: LOOPBACK_POLLING_INTERVAL }
    : { id, rpc: urls };
}

/** Whether a URL names this machine. */
export function isLoopback(url: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}
