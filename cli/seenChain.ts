import type { MarketsChain } from "../config/markets.ts";
import { callRpc, RpcFault } from "./callRpc.ts";

/** By what a chain is known again: its genesis block, and the last block of it that we saw. */
export type SeenChain = { local: boolean; genesis: string; number: number; hash: string };

const LOCAL_CHAIN_IDS = [1337, 31337];

// Deeper than any reorg of a public chain that an indexer must survive.
const SAFE_DEPTH = 64;

/**
 * Whether the chain is a developer's own, that may start anew at any time: by its id (1337, 31337), or because Anvil,
 * Hardhat or Ganache serves it. A loopback URL is no sign: a node of a public chain may run on this machine.
 */
export async function isLocalChain(chain: MarketsChain): Promise<boolean> {
  if (LOCAL_CHAIN_IDS.includes(chain.id)) return true;
  const version = await ask(chain, "web3_clientVersion", []);
  return typeof version === "string" && /^(anvil|hardhat|ganache)/i.test(version);
}

/** The chain's genesis and its head; on a public chain a block 64 below the head, that no reorg takes away. */
export async function seeChain(chain: MarketsChain, local: boolean): Promise<SeenChain | undefined> {
  const head = Number(await ask(chain, "eth_blockNumber", []));
  const number = local ? head : Math.max(head - SAFE_DEPTH, 0);
  const [genesis, hash] = [await blockHash(chain, 0), await blockHash(chain, number)];
  return genesis && hash ? { local, genesis, number, hash } : undefined;
}

/** In what the chain differs from what was seen of it before, in words; undefined if in nothing that can be told. */
export async function chainDifference(chain: MarketsChain, seen: SeenChain): Promise<string | undefined> {
  const genesis = await blockHash(chain, 0);
  if (genesis && genesis !== seen.genesis) return changed("genesis block", genesis, seen.genesis);
  const hash = await blockHash(chain, seen.number);
  if (hash === null) return `it has no block ${seen.number}, which was seen before`;
  return hash && hash !== seen.hash ? changed(`block ${seen.number}`, hash, seen.hash) : undefined;
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
