import type { ChainClient } from "./client.ts";
import { liquidityWeights, type OperationName, operations, type Weights } from "./historyOperations.ts";
import {
  type Action,
  createWorld,
  type HistoryPool,
  refreshStates,
  type World,
  type WorldOptions,
} from "./historyWorld.ts";
import { seededRandomness } from "./randomness.ts";
import { sendInOneBlock } from "./sendInOneBlock.ts";

export interface RandomHistoryOptions extends WorldOptions {
  seed: number;
  /** How many operations; each is one to four transactions. */
  operations: number;
  /** Default: mostly liquidity that comes and goes. A function: by the number of operations so far. */
  weights?: Weights | ((count: number) => Weights);
  /** Most operations that share a block. Default 4. */
  perBlock?: number;
  /** Called after every block that the history mined, for tests that compare after each one. */
  afterBlock?: (world: World, block: MinedBlock) => Promise<void> | void;
}

export interface MinedBlock {
  number: number;
  /** Whose operations it holds; `world.states` has each after it. */
  pools: readonly HistoryPool[];
  names: readonly OperationName[];
}

export interface RandomHistory extends Pick<World, "deployment" | "pools" | "nfts" | "direct" | "staker"> {
  /** Operations of each kind that were mined whole. */
  done: Partial<Record<OperationName, number>>;
  /** Operations with a reverted transaction: two in a block got in each other's way, or there was nothing to collect. */
  reverted: Partial<Record<OperationName, number>>;
  lastBlock: bigint;
}

type Planned = { name: OperationName; pool: HistoryPool; action: Action };

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
  { weights = liquidityWeights, perBlock = 4, afterBlock, ...options }: RandomHistoryOptions,
): Promise<RandomHistory> {
  const random = seededRandomness(options.seed);
  const world = await createWorld(client, random, options);
  const namesAt = (count: number) => spread(typeof weights === "function" ? weights(count) : weights);
  const [done, reverted] = [noneYet(namesAt(0)), noneYet(namesAt(0))];
  let number = Number(await client.getBlockNumber());
  for (let count = 0; count < options.operations; ) {
    const block = await planBlock(world, namesAt(count), Math.min(perBlock, options.operations - count));
    count += block.length;
    const calls = block.flatMap(({ action }) => action.calls);
    const receipts = await sendInOneBlock(client, calls, { allowRevert: true });
    number++;
    for (const { name, action } of block) {
      const own = receipts.splice(0, action.calls.length);
      const counts = own.every(({ status }) => status === "success") ? done : reverted;
      counts[name] = (counts[name] ?? 0) + 1;
      action.remember?.(own);
    }
    const pools = [...new Set(block.map(({ pool }) => pool))];
    await refreshStates(world, pools);
    await afterBlock?.(world, { number, pools, names: block.map(({ name }) => name) });
  }
  const { deployment, pools, nfts, direct, staker } = world;
  return { deployment, pools, nfts, direct, staker, done, reverted, lastBlock: BigInt(number) };
}

async function planBlock(world: World, names: OperationName[], most: number): Promise<Planned[]> {
  const block: Planned[] = [];
  const size = world.random.whole(1, most);
  while (block.length < size) {
    const name = world.random.pick(names);
    const pool = world.random.pick(world.pools);
    if (name === undefined || pool === undefined) throw new NothingToDoError();
    const action = await operations[name](world, pool);
    if (action === undefined || (action.alone && block.length > 0)) continue;
    block.push({ name, pool, action });
  }
  return block;
}

/** Each name as often as its weight says. */
function spread(weights: Weights): OperationName[] {
  return (Object.keys(weights) as OperationName[]).flatMap((name) =>
    Array<OperationName>(weights[name] ?? 0).fill(name),
  );
}

function noneYet(names: readonly OperationName[]): Partial<Record<OperationName, number>> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

export class NothingToDoError extends Error {
  override name = "NothingToDoError";

  constructor() {
    super("A random history needs at least one pool and one operation with a weight over 0.");
  }
}
