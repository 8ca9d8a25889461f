import { type Hex, slice } from "viem";
import type { MarketsChain } from "../config/markets.ts";
import { callRpc, RpcFault } from "./callRpc.ts";

/**
 * What a contract answers: empty where it reverts or is not there, undefined where the node does not say. The indexer
 * reads the same of a pool at its first event.
 *
 * @param block "latest", or a number in hex; older ones need a node that keeps old state
 * @example await askContract(chain, pool, toFunctionSelector("factory()")) // "0x000...<address>"
 */
export function askContract(
  chain: MarketsChain,
  to: string,
  data: Hex,
  block: Hex | "latest" = "latest",
): Promise<Hex | undefined> {
  return askChain(chain, "eth_call", [{ to, data }, block]);
}

/** As {@link askContract}, of any method that answers in hex. */
export async function askChain(
  chain: MarketsChain,
  method: string,
  params: readonly unknown[],
): Promise<Hex | undefined> {
  const [url] = chain.rpc;
  if (url === undefined) return undefined;
  try {
    const answer = await callRpc(url, method, params);
    return typeof answer === "string" && answer.startsWith("0x") ? (answer as Hex) : undefined;
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    return /revert/i.test(error.message) ? "0x" : undefined;
  }
}

/** Whether an answer is one 32-byte word. */
export function isWord(answer: Hex): boolean {
  return answer.length === 66;
}

/** The address in a 32-byte word, in lower case. */
export function addressIn(word: Hex): string {
  return slice(word, 12).toLowerCase();
}

/** The chain as messages name it. @example placeOf(chain) // 'Chain "mainnet" (id 1)' */
export function placeOf({ name, id }: MarketsChain): string {
  return `Chain "${name}" (id ${id})`;
}
