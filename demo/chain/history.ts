import type { ChainClient } from "./client.ts";
import * as direct from "./historyDirect.ts";
import * as nfts from "./historyNfts.ts";
import * as trades from "./historyTrades.ts";
import {
  type Action,
  createWorld,
  type HistoryPoolOptions,
  type Operation,
  type World,
} from "./historyWorld.ts";
import { seededRandomness } from "./randomness.ts";
import { sendInOneBlock } from "./sendInOneBlock.ts";

/** How often each operation comes up, relative to the others. */
const operations = {
  openNft: { weight: 14, run: nfts.openNft },
  openAndCloseNft: { weight: 3, run: nfts.openAndCloseNft },
  increaseNft: { weight: 7, run: nfts.increase },
  decreaseNft: { weight: 9, run: nfts.decrease },
  collectNft: { weight: 5, run: nfts.collect },
  transferNft: { weight: 4, run: nfts.transfer },
  closeNft: { weight: 3, run: nfts.closeNft },
  openDirect: { weight: 6, run: direct.openDirect },
  increaseDirect: { weight: 3, run: direct.increaseDirect },
  decreaseDirect: { weight: 5, run: direct.decreaseDirect },
  poke: { weight: 2, run: direct.poke },
  openAndCloseDirect: { weight: 3, run: direct.openAndCloseDirect },
  trade: { weight: 20, run: trades.trade },
  tradeToTick: { weight: 6, run: trades.tradeToTick },
  tradeFar: { weight: 3, run: trades.tradeFar },
  borrow: { weight: 3, run: trades.borrow },
  changeProtocolFee: { weight: 2, run: trades.changeProtocolFee },
  payProtocol: { weight: 2, run: trades.payProtocol },
} satisfies Record<string, { weight: number; run: Operation }>;

export type OperationName = keyof typeof operations;

export interface RandomHistoryOptions {
  seed: number;
  /** How many operations; each is one to four transactions, and up to four share a block. */
  operations: number;
  pools: HistoryPoolOptions[];
  /** Called after every block that the history mined, for tests that compare after each one. */
  afterBlock?: (world: World) => Promise<void>;
}

export interface RandomHistory extends Pick<World, "deployment" | "pools" | "nfts" | "direct"> {
  /** Operations of each kind that were mined whole. */
  done: Record<OperationName, number>;
  /** Operations with a reverted transaction: two in a block got in each other's way, or there was nothing to collect. */
  reverted: Record<OperationName, number>;
  lastBlock: bigint;
}

/**
 * Deploys Uniswap v3 and pools on an Anvil of its own, and does random operations of every kind on them. The same
 * options on an Anvil started with the same `timestamp` give the same blocks, hash by hash.
 *
 * @example
 * const pools = [{ fee: 3000, tickSpacing: 60, decimals0: 18, decimals1: 6 }];
 * const { nfts, direct } = await runRandomHistory(client, { seed: 1, operations: 300, pools });
 */
export async function runRandomHistory(
  client: ChainClient,
  options: RandomHistoryOptions,
): Promise<RandomHistory> {
  const random = seededRandomness(options.seed);
  const world = await createWorld(client, random, options.pools);
  const [done, reverted] = [noneYet(), noneYet()];
  for (let count = 0; count < options.operations; ) {
    const block = await nextBlock(world, options.operations - count);
    count += block.length;
    const receipts = await sendInOneBlock(
      client,
      block.flatMap(({ action }) => action.calls),
      { allowRevert: true },
    );
    for (const { name, action } of block) {
      const own = receipts.splice(0, action.calls.length);
      (own.every(({ status }) => status === "success") ? done : reverted)[name]++;
      action.remember?.(own);
    }
    await options.afterBlock?.(world);
  }
  const { deployment, pools, nfts, direct } = world;
  return { deployment, pools, nfts, direct, done, reverted, lastBlock: await client.getBlockNumber() };
}

async function nextBlock(world: World, most: number): Promise<{ name: OperationName; action: Action }[]> {
  const block: { name: OperationName; action: Action }[] = [];
  const size = Math.min(world.random.whole(1, 4), most);
  while (block.length < size) {
    const name = randomName(world);
    const pool = world.random.pick(world.pools);
    const action = pool && (await operations[name].run(world, pool));
    if (action === undefined || (action.alone && block.length > 0)) continue;
    block.push({ name, action });
  }
  return block;
}

function randomName({ random }: World): OperationName {
  const names = Object.keys(operations) as OperationName[];
  return (
    random.pick(names.flatMap((name) => Array<OperationName>(operations[name].weight).fill(name))) ?? "trade"
  );
}

function noneYet(): Record<OperationName, number> {
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<OperationName, number>;
}
