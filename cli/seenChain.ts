import type { MarketsChain } from "../config/markets.ts";
import { callRpc, RpcFault } from "./callRpc.ts";

/** By what a chain is known again: its genesis block, and one so deep that only another chain has another. */
export type SeenChain = { local: boolean; genesis: string; number: number; hash: string };

const LOCAL_CHAIN_IDS = [1337, 31337];

// On a local chain Ponder takes blocks 30 below the head for final, and undoes younger ones by itself.
const LOCAL_DEPTH = 30;

// On a public chain: deeper than any reorg that an indexer must survive.
const PUBLIC_DEPTH = 64;

/**
 * Whether the chain is a developer's own, that may start anew at any time: by its id (1337, 31337), or because Anvil,
 * Hardhat or Ganache serves it. A loopback URL is no sign: a node of a public chain may run on this machine.
 */
export async function isLocalChain(chain: MarketsChain): Promise<boolean> {
  if (LOCAL_CHAIN_IDS.includes(chain.id)) return true;
  const version = await ask(chain, "web3_clientVersion", []);
  return typeof version === "string" && /^(anvil|hardhat|ganache)/i.test(version);
}

/** The chain's genesis, and the block that far below its head; undefined if the node does not give them. */
export async function seeChain(chain: MarketsChain, local: boolean): Promise<SeenChain | undefined> {
  const number = await deepBlockNumber(chain, local);
  const genesis = await blockHash(chain, 0);
  const hash = await blockHash(chain, number);
  return genesis && hash ? { local, genesis, number, hash } : undefined;
}

/** In what the chain differs from what was seen of it before, in words; undefined if in nothing that can be told. */
export async function chainDifference(chain: MarketsChain, seen: SeenChain): Promise<string | undefined> {
  const genesis = await blockHash(chain, 0);
  if (genesis && genesis !== seen.genesis) return changed("genesis block", genesis, seen.genesis);
  const hash = await blockHash(chain, seen.number);
  if (hash && hash !== seen.hash) return changed(`block ${seen.number}`, hash, seen.hash);
  // Put back by more than Ponder can undo; a public node that is a little behind is none the worse.
  const isShort = hash === null || (seen.local && (await deepBlockNumber(chain, true)) < seen.number);
  return isShort
    ? `its head is below block ${seen.number + depth(seen.local)}, which it had reached`
    : undefined;
}

async function deepBlockNumber(chain: MarketsChain, local: boolean): Promise<number> {
  const head = await ask(chain, "eth_blockNumber", []);
  return Math.max(Number(head) - depth(local), 0);
}

function depth(local: boolean): number {
  return local ? LOCAL_DEPTH : PUBLIC_DEPTH;
}

function changed(what: string, now: string, before: string): string {
  return `its ${what} is ${now.slice(0, 10)}..., and was ${before.slice(0, 10)}...`;
}

// null if the chain has no such block, undefined if the node does not say.
async function blockHash(chain: MarketsChain, number: number): Promise<string | null | undefined> {
  const block = await ask(chain, "eth_getBlockByNumber", [`0x${number.toString(16)}`, false]);
  if (block === null) return null;
  return typeof block === "object" && "hash" in block && typeof block.hash === "string"
    ? block.hash
    : undefined;
}

async function ask(chain: MarketsChain, method: string, params: readonly unknown[]): Promise<unknown> {
  const [url] = chain.rpc;
  if (url === undefined) return undefined;
  try {
    return await callRpc(url, method, params);
  } catch (error) {
    if (error instanceof RpcFault) return undefined;
    throw error;
  }
}
