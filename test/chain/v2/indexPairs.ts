import { join } from "node:path";
import { type Abi, decodeEventLog, type Hex, toEventSelector } from "viem";
import { uniswapV2FactoryAbi } from "../../../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../../../abis/uniswapV2Pair.ts";
import { breathe, withMarkets } from "../../inMemory/indexLogs.ts";
import { memoryDatabase, type Tables } from "../../inMemory/memoryDatabase.ts";
import { type Handler, handlers } from "../../inMemory/ponderRegistry.ts";
import { silentTokens } from "../../inMemory/silentTokens.ts";

export type PairLog = {
  address: string;
  topics: readonly Hex[];
  data: Hex;
  blockNumber: number;
  logIndex: number;
  transactionHash: Hex;
  timestamp: number;
};

export type PairIndex = { tables: Tables; feed(logs: readonly PairLog[]): Promise<void> };

const HASH: Hex = `0x${"00".repeat(32)}`;

const trees = new Map<string, ReadonlyMap<string, Handler>>();

/**
 * Loads the real handlers, outside Ponder, for a v2 factory: each index starts empty, in memory, and takes logs in
 * order. `root`: of another source tree.
 */
export async function loadPairHandlers(
  factory: string,
  {
    pools,
    client = silentTokens,
    root = process.cwd(),
  }: { pools?: readonly string[]; client?: object; root?: string } = {},
): Promise<() => PairIndex> {
  const market = { protocol: "uniswap-v2", factory, startBlock: 0, ...(pools && { pools }) };
  const chains = [{ id: 31337, name: "anvil", rpc: ["http://127.0.0.1:1"], markets: [market] }];
  await withMarkets(JSON.stringify({ chains }), () => import(join(root, "src/indexing/index.ts")));
  // A source tree registers once only.
  const registered = trees.get(root) ?? new Map(handlers);
  trees.set(root, registered);
  return () => {
    const { store, tables } = memoryDatabase();
    const context = { db: store, client, chain: { id: 31337, name: "anvil" } };
    const feed = async (logs: readonly PairLog[]) => {
      await breathe();
      for (const log of logs) await index(log, factory, { registered, context });
    };
    return { tables, feed };
  };
}

async function index(
  log: PairLog,
  factory: string,
  { registered, context }: { registered: ReadonlyMap<string, Handler>; context: object },
): Promise<void> {
  const ofFactory = log.address.toLowerCase() === factory.toLowerCase();
  const abi: Abi = ofFactory ? uniswapV2FactoryAbi : uniswapV2PairAbi;
  const topics = [...log.topics] as [Hex, ...Hex[]];
  if (!abi.some((item) => item.type === "event" && toEventSelector(item) === topics[0])) return;
  const { eventName, args } = decodeEventLog({ abi, topics, data: log.data });
  const handler = registered.get(`${ofFactory ? "UniswapV2Factory" : "UniswapV2Pair"}:${eventName}`);
  const { blockNumber, logIndex, transactionHash, timestamp } = log;
  const block = { number: BigInt(blockNumber), hash: HASH, parentHash: HASH, timestamp: BigInt(timestamp) };
  const event = {
    args,
    log: { address: log.address, logIndex },
    block,
    transaction: { hash: transactionHash },
  };
  await handler?.({ event, context });
}
