import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Abi, decodeEventLog, type Hex, toEventSelector } from "viem";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { anvilMarkets } from "../app.ts";
import { memoryDatabase, type Tables } from "./memoryDatabase.ts";
import { handlers } from "./ponderRegistry.ts";
import { silentTokens } from "./silentTokens.ts";

/** A log as a chain has it. Addresses in any case. */
export type ChainLog = {
  address: string;
  topics: readonly Hex[];
  data: Hex;
  blockNumber: number;
  logIndex: number;
  transactionHash: Hex;
  timestamp: number;
};

/** A contract's name in Ponder's config, with its ABI. */
export type Contract = { contract: string; abi: Abi };

type Deployed = { factory: string; positionManager: string };

const HASH: Hex = `0x${"00".repeat(32)}`;

/**
 * Loads the real handlers once, outside Ponder, for one Uniswap v3 factory and its manager: the returned function
 * indexes logs from an empty database, in memory. Tokens tell nothing of themselves.
 */
export function loadHandlers(
  deployed: Deployed,
): Promise<(events: readonly DecodedLog[]) => Promise<Tables>> {
  return loadMarkets(anvilMarkets("http://127.0.0.1:1", deployed));
}

let loaded: string | undefined;

/**
 * Lets the process hear of what is outside. Handlers on memory end in microtasks, one history after the other, and vitest
 * calls a run failed whose worker has not heard it for a minute.
 */
export function breathe(): Promise<void> {
  return setImmediate();
}

/** While a markets file with this text is the one that Ponder's config reads. */
export async function withMarkets(text: string, load: () => Promise<unknown>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "ballast-memory-"));
  const config = join(directory, "ballast.config.json");
  writeFileSync(config, text);
  process.env.BALLAST_CONFIG = config;
  try {
    await load();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The same for any markets file, one in a process: Ponder's config is read when handlers are loaded. */
export async function loadMarkets(
  markets: unknown,
): Promise<(events: readonly DecodedLog[]) => Promise<Tables>> {
  const text = JSON.stringify(markets);
  if (loaded !== undefined && loaded !== text) throw new Error("handlers are loaded for other markets here");
  loaded = text;
  await withMarkets(text, () => import("../../src/indexing/index.ts"));
  return async (events) => {
    await breathe();
    const { store, tables } = memoryDatabase();
    for (const { name, event } of events) {
      const context = { db: store, client: silentTokens, chain: { id: 31337, name: "anvil" } };
      await handlers.get(name)?.({ event, context });
    }
    return tables;
  };
}

/** A log as Ponder hands it to a handler, under the name that the handler is registered by. */
export type DecodedLog = { name: string; address: string; event: object };

/** Leaves out what no ABI of ours has. `contracts`: Uniswap v3's two, all others being its pools; or by address, in lower case. */
export function decodeLogs(
  logs: readonly ChainLog[],
  contracts: Deployed | ReadonlyMap<string, Contract>,
): DecodedLog[] {
  return logs.flatMap((log) => {
    const found =
      "factory" in contracts ? contractOf(log, contracts) : contracts.get(log.address.toLowerCase());
    if (found === undefined) throw new Error(`${log.address} is no contract of these`);
    const { contract, abi } = found;
    const topics = [...log.topics] as [Hex, ...Hex[]];
    if (!abi.some((item) => item.type === "event" && toEventSelector(item) === topics[0])) return [];
    const { eventName, args } = decodeEventLog({ abi, topics, data: log.data });
    return [
      { name: `${contract}:${eventName}`, address: log.address.toLowerCase(), event: eventOf(log, args) },
    ];
  });
}

function eventOf(log: ChainLog, args: unknown): object {
  return {
    args,
    log: { address: log.address, logIndex: log.logIndex },
    block: {
      number: BigInt(log.blockNumber),
      hash: HASH,
      parentHash: HASH,
      timestamp: BigInt(log.timestamp),
    },
    transaction: { hash: log.transactionHash },
  };
}

function contractOf({ address }: ChainLog, { factory, positionManager }: Deployed): Contract {
  if (address.toLowerCase() === factory.toLowerCase()) {
    return { contract: "UniswapV3Factory", abi: uniswapV3FactoryAbi };
  }
  if (address.toLowerCase() === positionManager.toLowerCase()) {
    return { contract: "UniswapV3PositionManager", abi: nonfungiblePositionManagerAbi };
  }
  return { contract: "UniswapV3Pool", abi: uniswapV3PoolAbi };
}
