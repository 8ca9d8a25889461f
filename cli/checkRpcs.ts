import type { MarketsChain } from "../config/markets.ts";
import { rpcVariable } from "../config/rpcUrls.ts";
import { callRpc, RpcFault } from "./callRpc.ts";
import { maskUrl } from "./maskUrl.ts";
import { StartRefused } from "./startRefused.ts";

/**
 * Asks every RPC URL of every chain for its chain id, and throws {@link StartRefused} with one line for each that
 * does not answer or answers for another chain.
 *
 * @param timeout for each URL, in milliseconds
 */
export async function checkRpcs(chains: readonly MarketsChain[], timeout?: number): Promise<void> {
  const faults = await Promise.all(
    chains.flatMap((chain, c) => chain.rpc.map((url) => rpcFault(chain, c, url, timeout))),
  );
  const lines = faults.filter((fault) => fault !== undefined);
  if (lines.length > 0) throw new StartRefused(lines.join("\n"));
}

async function rpcFault(
  chain: MarketsChain,
  index: number,
  url: string,
  timeout?: number,
): Promise<string | undefined> {
  const subject = `Chain "${chain.name}" (id ${chain.id}): ${maskUrl(url)}`;
  const place = `chains[${index}].rpc of the markets file (or ${rpcVariable(chain.id)})`;
  try {
    const answer = await callRpc(url, "eth_chainId", [], timeout);
    const id = typeof answer === "string" && /^0x[0-9a-f]+$/i.test(answer) ? Number(answer) : undefined;
    if (id === chain.id) return undefined;
    if (id === undefined) return `${subject} does not answer in JSON-RPC: correct ${place}.`;
    return `${subject} serves chain id ${id}: correct ${place}, or chains[${index}].id.`;
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    return `${subject} ${error.message}: start the node, or correct ${place}.`;
  }
}
