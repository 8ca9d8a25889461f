import { type Address, type Hex, parseEventLogs, toHex } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import type { ReplayLog } from "../../test/replay/replayChain.ts";
import { type Market, openMarket } from "./market.ts";
import { mineBlock } from "./mineBlock.ts";
import { recordedCalls } from "./recordedCalls.ts";
import type { Recording } from "./recording.ts";
import { startPrunedAnvil } from "./startPrunedAnvil.ts";
import { nextBlock } from "./trade.ts";

const BLOCKS_BETWEEN_READS = 50;

/** Blocks without a log after the last one: all that was recorded is final, and read as history. */
const QUIET_BLOCKS = 100;

/**
 * Trades on a fresh Anvil until there are so many swaps, and returns every log of factory, pools and manager. The
 * same seed gives the same recording.
 *
 * @param say takes a line of progress
 */
export async function record(seed: number, swaps: number, say: (line: string) => void): Promise<Recording> {
  const anvil = await startPrunedAnvil(1_700_000_000);
  try {
    const client = chainClient(anvil.url);
    const random = seededRandomness(seed);
    const market = await openMarket(client, random);
    const { factory, positionManager } = market.deployment;
    const addresses = [factory, positionManager, ...market.pools.map(({ pool }) => pool)];
    const ticks = new Map<string, number>();
    const logs: ReplayLog[] = [];
    let [next, done] = [0, 0];
    while (done < swaps) {
      const fresh = await logsSince(client, addresses, next);
      logs.push(...fresh.logs);
      next = fresh.lastBlock + 1;
      done += noteTicks(fresh.logs, ticks);
      say(`${done} of ${swaps} swaps, block ${fresh.lastBlock}`);
      for (let i = 0; i < BLOCKS_BETWEEN_READS; i++)
        await mineBlock(client, nextBlock(market, ticks, random));
    }
    const calls = await recordedCalls(client, market);
    return {
      seed,
      swaps,
      head: next - 1 + QUIET_BLOCKS,
      factory,
      positionManager,
      ...facts(market, logs),
      logs,
      calls,
    };
  } finally {
    await anvil.stop();
  }
}

type RpcLog = {
  address: Address;
  topics: Hex[];
  data: Hex;
  blockNumber: Hex;
  blockTimestamp: Hex;
  transactionHash: Hex;
  transactionIndex: Hex;
  logIndex: Hex;
};

async function logsSince(client: ChainClient, addresses: Address[], fromBlock: number) {
  const lastBlock = Number(await client.getBlockNumber());
  const params = [{ address: addresses, fromBlock: toHex(fromBlock), toBlock: toHex(lastBlock) }];
  const found = (await client.request({ method: "eth_getLogs", params } as never)) as RpcLog[];
  const logs = found.map(
    (log): ReplayLog => ({
      blockNumber: Number(log.blockNumber),
      timestamp: Number(log.blockTimestamp),
      transactionHash: log.transactionHash,
      transactionIndex: Number(log.transactionIndex),
      logIndex: Number(log.logIndex),
      address: log.address,
      topics: log.topics,
      data: log.data,
    }),
  );
  return { lastBlock, logs };
}

/** Keeps the tick of each pool's last swap; returns how many swaps there were. */
function noteTicks(logs: readonly ReplayLog[], ticks: Map<string, number>): number {
  const swaps = swapsIn(logs);
  for (const { address, args } of swaps) ticks.set(address.toLowerCase(), args.tick);
  return swaps.length;
}

function swapsIn(logs: readonly ReplayLog[]) {
  return parseEventLogs({ abi: uniswapV3PoolAbi, eventName: "Swap", logs: logs as never });
}

/** What the recording contains. A crossing is counted by the bounds of the positions, which never change. */
function facts({ pools, positions }: Market, logs: readonly ReplayLog[]) {
  const bounds = new Map(
    pools.map(({ pool }) => {
      const ranges = positions.filter((position) => position.pool === pool);
      return [
        pool.toLowerCase(),
        new Set(ranges.flatMap(({ tickLower, tickUpper }) => [tickLower, tickUpper])),
      ];
    }),
  );
  const ticks = new Map<string, number>();
  const crossings: number[] = [];
  for (const { address, args } of swapsIn(logs)) {
    const before = ticks.get(address) ?? 0;
    const [low, high] = [Math.min(before, args.tick), Math.max(before, args.tick)];
    const crossed = [...(bounds.get(address.toLowerCase()) ?? [])].filter(
      (bound) => low < bound && bound <= high,
    );
    crossings.push(crossed.length);
    ticks.set(address, args.tick);
  }
  const events: Record<string, number> = {};
  for (const { eventName } of parseEventLogs({ abi: uniswapV3PoolAbi, logs: logs as never })) {
    events[eventName] = (events[eventName] ?? 0) + 1;
  }
  return {
    events,
    blocksWithLogs: new Set(logs.map(({ blockNumber }) => blockNumber)).size,
    swapsThatCross: crossings.filter((count) => count > 0).length,
    crossings: crossings.reduce((sum, count) => sum + count, 0),
    pools: pools.length,
    positions: positions.length,
  };
}
