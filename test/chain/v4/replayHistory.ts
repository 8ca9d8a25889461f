import { join } from "node:path";
import { type Abi, decodeEventLog, type Hex, toEventSelector } from "viem";
import { uniswapV4PoolManagerAbi } from "../../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../../abis/uniswapV4PositionManager.ts";
import { breathe, type ChainLog, withMarkets } from "../../inMemory/indexLogs.ts";
import { memoryDatabase, type Tables } from "../../inMemory/memoryDatabase.ts";
import { handlers } from "../../inMemory/ponderRegistry.ts";
import { silentTokens } from "../../inMemory/silentTokens.ts";
import type { V4History } from "./history.ts";
import type { PoolTruth } from "./slots.ts";
import { isSame, MODIFY, type V4World } from "./world.ts";

type Row = Record<string, unknown>;
export type Replayed = {
  tables: Tables;
  /** Rows that differ from the chain after some block, or answers of the manager that an event's row does not have. */
  wrong: string[];
  states: number;
  modifications: number;
};

const HASH: Hex = `0x${"00".repeat(32)}`;

/**
 * Loads the handlers for a world: two markets of one pool manager, each with a position manager of its own. The
 * markets list their pools, since a file may name a pool manager only once otherwise. `root`: of another source tree.
 */
export async function loadV4Handlers(
  { at, positionManagers, pools }: Pick<V4World, "at" | "positionManagers" | "pools">,
  root = process.cwd(),
): Promise<void> {
  const markets = positionManagers.map((positionManager, i) => ({
    protocol: "uniswap-v4",
    poolManager: at.poolManager,
    positionManager,
    pools: pools.map(({ poolId }) => poolId).filter((_, p) => p % positionManagers.length === i),
    startBlock: 0,
  }));
  const chains = [{ id: 31337, name: "anvil", rpc: ["http://127.0.0.1:1"], markets }];
  await withMarkets(
    JSON.stringify({ chains }),
    () => import(/* @vite-ignore */ join(root, "src/indexing/index.ts")),
  );
}

/**
 * Gives the logs to the handlers that were registered last, and holds the rows against the chain after each block.
 * `stopAtFirst`: no further than to the first block after which something is wrong.
 */
export async function replayHistory(history: V4History, stopAtFirst = false): Promise<Replayed> {
  await breathe();
  const { store, tables } = memoryDatabase();
  const context = { db: store, client: silentTokens, chain: { id: 31337, name: "anvil" } };
  const replayed: Replayed = { tables, wrong: [], states: 0, modifications: 0 };
  for (const [block, logs] of byBlock(history.logs)) {
    for (const log of logs) {
      const decoded = decode(log, history.world);
      if (decoded !== undefined) await handlers.get(decoded.name)?.({ event: decoded.event, context });
    }
    for (const truth of history.truths.get(block) ?? []) {
      replayed.states++;
      const wrong = [...wrongPool(tables, truth), ...wrongFee(tables, truth, history.world)];
      replayed.wrong.push(...wrong.map((what) => `block ${block}: ${what}`));
    }
    replayed.wrong.push(...wrongModifications(replayed, history, block, logs));
    if (stopAtFirst && replayed.wrong.length > 0) break;
  }
  const quarantines = [...(tables.get("quarantine")?.values() ?? [])];
  replayed.wrong.push(
    ...quarantines.map(({ blockNumber, reason }) => `block ${blockNumber}: quarantined, ${reason}`),
  );
  return replayed;
}

function byBlock(logs: readonly ChainLog[]): Map<number, ChainLog[]> {
  const blocks = new Map<number, ChainLog[]>();
  for (const log of logs) blocks.set(log.blockNumber, [...(blocks.get(log.blockNumber) ?? []), log]);
  return blocks;
}

const fields = [
  ...["sqrtPriceX96", "tick", "liquidity", "feeGrowthGlobal0X128", "feeGrowthGlobal1X128"],
  ...["feeProtocol0", "feeProtocol1"],
] as (keyof PoolTruth)[];

function wrongPool(tables: Tables, truth: PoolTruth): string[] {
  const row = tables.get("pool")?.get(`31337 ${truth.poolId}`);
  return fields
    .filter((field) => row?.[field] !== truth[field])
    .map((field) => `${field} of ${truth.poolId} is ${row?.[field]}, on the chain ${truth[field]}`);
}

/** A hook that sets fees says so to nobody: those are known from the next swap on, and are left out here. */
function wrongFee(tables: Tables, { poolId, lpFee }: PoolTruth, { pools }: V4World): string[] {
  if (pools.find((pool) => pool.poolId === poolId)?.hooks === "V4FeeHook") return [];
  const fee = tables.get("pool")?.get(`31337 ${poolId}`)?.fee;
  return fee === lpFee || fee === null ? [] : [`fee of ${poolId} is ${fee}, on the chain ${lpFee}`];
}

/** The manager's answers stand in the order of its logs. */
function wrongModifications(
  replayed: Replayed,
  { modifications, world }: V4History,
  block: number,
  logs: readonly ChainLog[],
): string[] {
  const answers = modifications.get(block) ?? [];
  const changes = logs.filter(
    ({ address, topics }) => isSame(address as Hex, world.at.poolManager) && topics[0] === MODIFY,
  );
  if (answers.length !== changes.length)
    return [`block ${block}: ${changes.length} changes, ${answers.length} answers`];
  return changes.flatMap(({ logIndex }, i) => {
    const answer = answers[i];
    if (answer === undefined) return [];
    replayed.modifications++;
    const { liquidityDelta, fees, principal } = answer;
    const out = (amount: bigint) => (amount < 0n ? -amount : 0n);
    const size = (amount: bigint) => (amount < 0n ? -amount : amount);
    const expected: Row = {
      liquidityDelta,
      amount0: size(principal.amount0),
      amount1: size(principal.amount1),
      paidOut0: fees.amount0 + out(principal.amount0),
      paidOut1: fees.amount1 + out(principal.amount1),
    };
    const row = replayed.tables.get("liquidity_event")?.get(`31337 ${block} ${logIndex}`);
    return Object.entries(expected)
      .filter(([field, value]) => row?.[field] !== value)
      .map(([field, value]) => `block ${block}, log ${logIndex}: ${field} is ${row?.[field]}, was ${value}`);
  });
}

function decode(
  log: ChainLog,
  { at, positionManagers }: V4World,
): { name: string; event: object } | undefined {
  const isManager = isSame(log.address as Hex, at.poolManager);
  const isNft = positionManagers.some((manager) => isSame(manager, log.address as Hex));
  const abi: Abi = isManager ? uniswapV4PoolManagerAbi : isNft ? uniswapV4PositionManagerAbi : [];
  const topics = [...log.topics] as [Hex, ...Hex[]];
  if (!abi.some((item) => item.type === "event" && toEventSelector(item) === topics[0])) return undefined;
  const { eventName, args } = decodeEventLog({ abi, topics, data: log.data });
  const { address, logIndex, blockNumber, timestamp, transactionHash } = log;
  return {
    name: `${isManager ? "UniswapV4PoolManager" : "UniswapV4PositionManager"}:${eventName}`,
    event: {
      args,
      log: { address, logIndex },
      block: { number: BigInt(blockNumber), hash: HASH, parentHash: HASH, timestamp: BigInt(timestamp) },
      transaction: { hash: transactionHash },
    },
  };
}
