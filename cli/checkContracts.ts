import { encodeDeployData, slice, toFunctionSelector, zeroAddress } from "viem";
import { staticCallsAbi, staticCallsBytecode } from "../abis/staticCalls.ts";
import type { MarketsChain } from "../config/markets.ts";
import { callRpc, RpcFault } from "./callRpc.ts";
import { maskUrl } from "./maskUrl.ts";
import { StartRefused } from "./startRefused.ts";

const FACTORY = toFunctionSelector("factory()");
const REQUESTS_AT_ONCE = 20;
/** As many reads as a pool with its tokens takes, of nothing. */
const READS = Array<typeof zeroAddress>(6).fill(zeroAddress);

/**
 * Asks each chain whether the contracts that the markets file names are there, and whether the listed pools come
 * from their factory: a wrong address would be indexed in silence, as one that never logs. And asks each RPC for a
 * read of the kind that tokens are read by. Throws {@link StartRefused} with a line for each that fails.
 */
export async function checkContracts(chains: readonly MarketsChain[]): Promise<void> {
  const checks = chains.flatMap((chain) => [
    ...chain.rpc.map((url) => () => readFault(chain, url)),
    ...[...chain.uniswapV3.factories.keys()].map((address) => () => codeFault(chain, "factory", address)),
    ...[...chain.uniswapV3.positionManagers].map(
      (address) => () => codeFault(chain, "positionManager", address),
    ),
    ...[...chain.uniswapV3.pools].map(
      ([pool, { factory }]) =>
        () =>
          poolFault(chain, pool, factory),
    ),
  ]);
  const lines: string[] = [];
  for (let i = 0; i < checks.length; i += REQUESTS_AT_ONCE) {
    const faults = await Promise.all(checks.slice(i, i + REQUESTS_AT_ONCE).map((check) => check()));
    lines.push(...faults.filter((fault) => fault !== undefined));
  }
  if (lines.length > 0) throw new StartRefused(lines.join("\n"));
}

async function readFault(chain: MarketsChain, url: string): Promise<string | undefined> {
  const args = [READS, READS.map(() => "0x" as const), 150_000n, 1_024n, 0n] as const;
  const data = encodeDeployData({ abi: staticCallsAbi, bytecode: staticCallsBytecode, args });
  try {
    await callRpc(url, "eth_call", [{ data }, "latest"]);
    return undefined;
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    return (
      `${place(chain)}: ${maskUrl(url)} ${error.message}: tokens are read by an eth_call without \`to\` and with ` +
      "2,000,000 gas. Use an RPC that runs it."
    );
  }
}

async function codeFault(chain: MarketsChain, key: string, address: string): Promise<string | undefined> {
  const code = await ask(chain, "eth_getCode", [address, "latest"]);
  if (code !== "0x") return undefined;
  return `${place(chain)}: there is no contract at ${address}: correct \`${key}\` in the markets file, or deploy it first.`;
}

async function poolFault(chain: MarketsChain, pool: string, factory: string): Promise<string | undefined> {
  const answer = await ask(chain, "eth_call", [{ to: pool, data: FACTORY }, "latest"]);
  if (answer === undefined) return undefined;
  if (answer.length !== 66) {
    return `${place(chain)}: ${pool} is no Uniswap v3 pool: take it out of \`pools\` in the markets file, or correct it.`;
  }
  const found = slice(answer, 12).toLowerCase();
  if (found === factory) return undefined;
  return (
    `${place(chain)}: pool ${pool} comes from factory ${found}, not from ${factory}: give its market the \`factory\` ` +
    "that made it, or take the pool out of `pools`."
  );
}

/** Empty where the contract reverts, undefined where the node does not say: the indexer reads the same of a pool at its first event. */
async function ask(
  chain: MarketsChain,
  method: string,
  params: unknown[],
): Promise<`0x${string}` | undefined> {
  const [url] = chain.rpc;
  if (url === undefined) return undefined;
  try {
    const answer = await callRpc(url, method, params);
    return typeof answer === "string" && answer.startsWith("0x") ? (answer as `0x${string}`) : undefined;
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    return /revert/i.test(error.message) ? "0x" : undefined;
  }
}

function place({ name, id }: MarketsChain): string {
  return `Chain "${name}" (id ${id})`;
}
