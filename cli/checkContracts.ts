import { encodeDeployData, numberToHex, zeroAddress } from "viem";
import { staticCallsAbi, staticCallsBytecode } from "../abis/staticCalls.ts";
import type { MarketsChain, ProtocolMarkets } from "../config/markets.ts";
import type { ProtocolName } from "../config/protocols.ts";
import { askChain, placeOf } from "./askContract.ts";
import { callRpc, RpcFault } from "./callRpc.ts";
import { factoryFault } from "./factoryFault.ts";
import { factoriesOf, managerFault } from "./managerFault.ts";
import { maskUrl } from "./maskUrl.ts";
import { poolFault } from "./poolFault.ts";
import { StartRefused } from "./startRefused.ts";

const REQUESTS_AT_ONCE = 20;
/** As many reads as a pool with its tokens takes, of nothing. */
const READS = Array<typeof zeroAddress>(6).fill(zeroAddress);

type Check = () => Promise<string | undefined>;

/**
 * Asks each chain whether the contracts that the markets file names are there and are what it says, and whether
 * their start block can be: a wrong address would be indexed in silence, as one that never logs. And asks each RPC
 * for a read of the kind that tokens are read by. Throws {@link StartRefused} with a line for each that fails.
 */
export async function checkContracts(chains: readonly MarketsChain[]): Promise<void> {
  const checks = chains.flatMap((chain) => [
    ...chain.rpc.map((url) => () => readFault(chain, url)),
    ...[...chain.markets].flatMap(([protocol, markets]) => protocolChecks(chain, protocol, markets)),
  ]);
  const lines: string[] = [];
  for (let i = 0; i < checks.length; i += REQUESTS_AT_ONCE) {
    const faults = await Promise.all(checks.slice(i, i + REQUESTS_AT_ONCE).map((check) => check()));
    lines.push(...faults.filter((fault) => fault !== undefined));
  }
  if (lines.length > 0) throw new StartRefused(lines.join("\n"));
}

function protocolChecks(chain: MarketsChain, protocol: ProtocolName, markets: ProtocolMarkets): Check[] {
  return [
    () => startFault(chain, protocol, markets),
    ...[...factoriesOf(markets)].map((factory) => () => factoryFault(chain, protocol, factory)),
    ...[...markets.positionManagers].map((manager) => () => managerFault(chain, protocol, manager, markets)),
    ...[...markets.pools].map(
      ([pool, listed]) =>
        () =>
          poolFault(chain, protocol, pool, listed),
    ),
  ];
}

async function startFault(
  chain: MarketsChain,
  protocol: ProtocolName,
  { startBlock, factories }: ProtocolMarkets,
): Promise<string | undefined> {
  const head = await askChain(chain, "eth_blockNumber", []);
  if (head !== undefined && startBlock > Number(head)) {
    return `${placeOf(chain)}: startBlock ${startBlock} is after the chain's newest block ${Number(head)}: write an earlier one.`;
  }
  if (protocol !== "uniswap-v4" || startBlock === 0) return undefined;
  // A factory's later pools are whole whenever one starts; the PoolManager logs of older pools all the same.
  for (const manager of factories.keys()) {
    const code = await askChain(chain, "eth_getCode", [manager, numberToHex(startBlock - 1)]);
    if (code === undefined || code === "0x") continue;
    return (
      `${placeOf(chain)}: startBlock ${startBlock} is after the creation of PoolManager ${manager}, which was there in ` +
      `block ${startBlock - 1} already: write the block in which it was created, or list \`pools\`.`
    );
  }
  return undefined;
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
      `${placeOf(chain)}: ${maskUrl(url)} ${error.message}: tokens are read by an eth_call without \`to\` and with ` +
      "2,000,000 gas. Use an RPC that runs it."
    );
  }
}
