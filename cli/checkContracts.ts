import {
  concat,
  encodeDeployData,
  type Hex,
  numberToHex,
  slice,
  toFunctionSelector,
  zeroAddress,
} from "viem";
import { staticCallsAbi, staticCallsBytecode } from "../abis/staticCalls.ts";
import type { MarketsChain, ProtocolMarkets } from "../config/markets.ts";
import { callRpc, RpcFault } from "./callRpc.ts";
import { maskUrl } from "./maskUrl.ts";
import { StartRefused } from "./startRefused.ts";

const FACTORY = toFunctionSelector("factory()");
const SLOT0 = toFunctionSelector("slot0()");
const TICK_SPACING_OF_3000 = concat([
  toFunctionSelector("feeAmountTickSpacing(uint24)"),
  numberToHex(3000, { size: 32 }),
]);
/** Length of one 32-byte word in hex. */
const WORD = 66;
const REQUESTS_AT_ONCE = 20;
/** As many reads as a pool with its tokens takes, of nothing. */
const READS = Array<typeof zeroAddress>(6).fill(zeroAddress);

/**
 * Asks each chain whether the contracts that the markets file names are there and are what it says, and whether
 * their start block can be: a wrong address would be indexed in silence, as one that never logs. And asks each RPC
 * for a read of the kind that tokens are read by. Throws {@link StartRefused} with a line for each that fails.
 */
export async function checkContracts(chains: readonly MarketsChain[]): Promise<void> {
  const checks = chains.flatMap((chain) => {
    const { factories, pools, positionManagers } = uniswapV3Of(chain);
    return [
      () => startFault(chain),
      ...chain.rpc.map((url) => () => readFault(chain, url)),
      ...[...factories.keys()].map((factory) => () => factoryFault(chain, factory)),
      ...[...positionManagers].map((manager) => () => managerFault(chain, manager)),
      ...[...pools].map(
        ([pool, listed]) =>
          () =>
            poolFault(chain, pool, listed),
      ),
    ];
  });
  const lines: string[] = [];
  for (let i = 0; i < checks.length; i += REQUESTS_AT_ONCE) {
    const faults = await Promise.all(checks.slice(i, i + REQUESTS_AT_ONCE).map((check) => check()));
    lines.push(...faults.filter((fault) => fault !== undefined));
  }
  if (lines.length > 0) throw new StartRefused(lines.join("\n"));
}

function uniswapV3Of(chain: MarketsChain): ProtocolMarkets {
  const none = { factories: new Map(), pools: new Map(), positionManagers: new Set<never>() };
  return chain.markets.get("uniswap-v3") ?? { ...none, stakers: new Set<never>(), startBlock: 0 };
}

async function startFault(chain: MarketsChain): Promise<string | undefined> {
  const head = await ask(chain, "eth_blockNumber", []);
  const { startBlock } = uniswapV3Of(chain);
  if (head === undefined || startBlock <= Number(head)) return undefined;
  return `${place(chain)}: startBlock ${startBlock} is after the chain's newest block ${Number(head)}: write an earlier one.`;
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

async function factoryFault(chain: MarketsChain, factory: string): Promise<string | undefined> {
  const answer = await call(chain, factory, TICK_SPACING_OF_3000);
  if (answer === undefined || answer.length === WORD) return undefined;
  return (
    `${place(chain)}: there is no Uniswap v3 factory at ${factory}: correct \`factory\` in the markets file, ` +
    "or deploy it first."
  );
}

async function managerFault(chain: MarketsChain, manager: string): Promise<string | undefined> {
  const answer = await call(chain, manager, FACTORY);
  if (answer === undefined) return undefined;
  if (answer.length !== WORD) {
    return (
      `${place(chain)}: there is no position manager at ${manager}: correct \`positionManager\` in the markets ` +
      "file, deploy it first, or write null for none."
    );
  }
  const { factories, pools } = uniswapV3Of(chain);
  const known = new Set<string>([...factories.keys(), ...[...pools.values()].map(({ factory }) => factory)]);
  if (known.has(addressIn(answer))) return undefined;
  return (
    `${place(chain)}: position manager ${manager} belongs to factory ${addressIn(answer)}, which no market names: ` +
    "correct `positionManager` or `factory` in the markets file."
  );
}

async function poolFault(
  chain: MarketsChain,
  pool: string,
  { factory, startBlock }: { factory: string; startBlock: number },
): Promise<string | undefined> {
  const answer = await call(chain, pool, FACTORY);
  if (answer === undefined) return undefined;
  if (answer.length !== WORD) {
    return `${place(chain)}: ${pool} is no Uniswap v3 pool: take it out of \`pools\` in the markets file, or correct it.`;
  }
  if (addressIn(answer) !== factory) {
    return (
      `${place(chain)}: pool ${pool} comes from factory ${addressIn(answer)}, not from ${factory}: give its market ` +
      "the `factory` that made it, or take the pool out of `pools`."
    );
  }
  // Needs a node that keeps old state; where it does not, the indexer finds out at the pool's first event.
  const slot0 = startBlock === 0 ? "0x" : await call(chain, pool, SLOT0, numberToHex(startBlock - 1));
  if (slot0 === undefined || slot0 === "0x" || BigInt(slice(slot0, 0, 32)) === 0n) return undefined;
  return (
    `${place(chain)}: startBlock ${startBlock} is after its creation: pool ${pool} had a price in block ` +
    `${startBlock - 1} already. Write the block in which it was created, or an earlier one.`
  );
}

function call(chain: MarketsChain, to: string, data: Hex, block: Hex | "latest" = "latest") {
  return ask(chain, "eth_call", [{ to, data }, block]);
}

function addressIn(word: Hex): string {
  return slice(word, 12).toLowerCase();
}

/** Empty where the contract reverts, undefined where the node does not say: the indexer reads the same of a pool at its first event. */
async function ask(chain: MarketsChain, method: string, params: unknown[]): Promise<Hex | undefined> {
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

function place({ name, id }: MarketsChain): string {
  return `Chain "${name}" (id ${id})`;
}
