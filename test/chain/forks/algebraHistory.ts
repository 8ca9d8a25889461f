import type { Address } from "viem";
import { burnAlgebra } from "../../../demo/chain/algebraCalls.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import * as aims from "../../../demo/chain/historyAims.ts";
import * as direct from "../../../demo/chain/historyDirect.ts";
import * as nfts from "../../../demo/chain/historyNfts.ts";
import * as trades from "../../../demo/chain/historyTrades.ts";
import type { Operation } from "../../../demo/chain/historyWorld.ts";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import * as algebra from "./algebraOperations.ts";
import {
  type AlgebraPool,
  type AlgebraPoolOptions,
  type AlgebraState,
  type AlgebraWorld,
  createAlgebraWorld,
  readAlgebraState,
} from "./algebraWorld.ts";

const uniswaps =
  (operation: Operation): algebra.AlgebraOperation =>
  (world, pool) =>
    operation(algebra.asWorld(world), pool);

/** By how often each comes up. */
const operations = {
  trade: [34, uniswaps(trades.trade)],
  tradeToTick: [8, uniswaps(trades.tradeToTick)],
  tradeFar: [3, uniswaps(trades.tradeFar)],
  tradeToBoundary: [12, uniswaps(aims.tradeToBoundary)],
  tradeOntoBoundary: [14, uniswaps(aims.tradeOntoBoundary)],
  tradeToPrice: [6, uniswaps(aims.tradeToPrice)],
  tradeDust: [10, uniswaps(aims.tradeDust)],
  sweep: [2, uniswaps(aims.sweep)],
  tradeInAdvance: [8, algebra.tradeInAdvance],
  borrow: [4, uniswaps(trades.borrow)],
  openNft: [4, algebra.openNft],
  increaseNft: [3, uniswaps(nfts.increase)],
  decreaseNft: [4, uniswaps(nfts.decrease)],
  collectNft: [4, uniswaps(nfts.collect)],
  transferNft: [1, uniswaps(nfts.transfer)],
  closeNft: [2, uniswaps(nfts.closeNft)],
  openDirect: [4, uniswaps(direct.openDirect)],
  increaseDirect: [2, uniswaps(direct.increaseDirect)],
  openAndCloseDirect: [2, uniswaps(direct.openAndCloseDirect)],
  decreaseDirect: [4, algebra.decreaseDirect],
  poke: [3, algebra.poke],
  donate: [5, algebra.donate],
  openAfterGift: [4, algebra.openAfterGift],
  tradeTwiceAfterGift: [4, algebra.tradeTwiceAfterGift],
  changeFee: [4, algebra.changeFee],
  changePluginFees: [12, algebra.changePluginFees],
  changeConfig: [2, algebra.changeConfig],
  changeCommunityFee: [2, algebra.changeCommunityFee],
  changeTickSpacing: [1, algebra.changeTickSpacing],
  balance: [2, algebra.balance],
} satisfies Record<string, readonly [number, algebra.AlgebraOperation]>;

export type AlgebraName = keyof typeof operations;
export const algebraNames = Object.keys(operations) as AlgebraName[];
const opening: AlgebraName[] = ["openNft", "openNft", "openDirect", "openDirect", "trade"];
const usual = algebraNames.flatMap((name) => Array<AlgebraName>(operations[name][0]).fill(name));

export type AlgebraHistory = {
  world: AlgebraWorld;
  states: { pool: Address; block: number; state: AlgebraState }[];
  done: Partial<Record<AlgebraName, number>>;
  reverted: Partial<Record<AlgebraName, number>>;
};

/** Random operations on Algebra's published contracts, one to three a block; pools are read after each block. */
export async function recordAlgebraHistory(
  client: ChainClient,
  options: { seed: number; operations: number; pools: readonly AlgebraPoolOptions[] },
): Promise<AlgebraHistory> {
  const random = seededRandomness(options.seed);
  const world = await createAlgebraWorld(client, random, options.pools);
  const history: AlgebraHistory = { world, states: [], done: {}, reverted: {} };
  const first = 7 * world.pools.length;
  for (let count = 0; count < options.operations; ) {
    const block = await planBlock(world, count < first ? opening : usual);
    count += block.length;
    const calls = block.flatMap(({ action }) => action.calls);
    const receipts = await sendInOneBlock(client, calls, { allowRevert: true });
    for (const { name, action } of block) {
      const own = receipts.splice(0, action.calls.length);
      const counts = own.every(({ status }) => status === "success") ? history.done : history.reverted;
      counts[name] = (counts[name] ?? 0) + 1;
      action.remember?.(own);
    }
    await remember(history, [...new Set(block.map(({ pool }) => pool))]);
  }
  await findExcess(history);
  return history;
}

/** Reads the pools of the newest block. */
async function remember({ world, states }: AlgebraHistory, pools: readonly AlgebraPool[]): Promise<void> {
  const block = Number(await world.client.getBlockNumber());
  for (const pool of pools) {
    const state = await readAlgebraState(world, pool);
    world.states.set(pool.pool, state);
    states.push({ pool: pool.pool, block, state });
  }
}

/** Pokes of nobody's positions: nothing is left to be found when positions are paid. */
async function findExcess(history: AlgebraHistory): Promise<void> {
  const { client, deployment, pools } = history.world;
  const range = { tickLower: -1_000, tickUpper: 1_000, liquidity: 0n };
  const calls = pools.map(({ pool }) => burnAlgebra({ from: deployment.deployer, pool, ...range }));
  await sendInOneBlock(client, calls);
  await remember(history, pools);
}

async function planBlock(world: AlgebraWorld, names: readonly AlgebraName[]) {
  const { random } = world;
  const planned = [];
  const size = random.pick([1, 1, 1, 1, 2, 3]) ?? 1;
  while (planned.length < size) {
    const [name, pool] = [random.pick(names), random.pick(world.pools)];
    if (name === undefined || pool === undefined) throw new Error("a history needs a pool");
    const [, operation] = operations[name];
    const action = await operation(world, pool);
    // What was worked out from the state before must be first in its block.
    const alone = action?.alone === true || name === "tradeInAdvance";
    if (action === undefined || (alone && planned.length > 0)) continue;
    planned.push({ name, pool, action });
  }
  return planned;
}
