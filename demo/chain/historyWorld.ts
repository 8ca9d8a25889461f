import type { Address, TransactionReceipt } from "viem";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { ownArtifact } from "./artifacts.ts";
import type { ChainClient } from "./client.ts";
import {
  createPool,
  type Deployment,
  deployContract,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "./deploy.ts";
import type { Range } from "./poolCalls.ts";
import type { Randomness } from "./randomness.ts";
import { type PoolState, readPoolState } from "./readPoolState.ts";
import type { Call } from "./sendInOneBlock.ts";

/** More of a token than any pool takes in; each account has as much of each. */
export const WEALTH = 2n ** 160n;

export interface HistoryPoolOptions {
  fee: number;
  tickSpacing: number;
  decimals0: number;
  decimals1: number;
  /** Left out: a random one, 1/1000 to 1000 whole token1 for a whole token0. */
  centreTick?: number;
  /** Bounds of the liquidity of a position. Left out: around that of a full range of 1,000 whole token1. */
  liquidity?: readonly [bigint, bigint];
  /** Narrow ranges alone, far from each other: most of the way between them is without liquidity. */
  gappy?: boolean;
  /** Flashes may pay so much that fee growth overflows. */
  overpaid?: boolean;
}

export interface HistoryPool extends PoolKey, HistoryPoolOptions {
  /** The tick that it starts at; prices keep returning to it. */
  centreTick: number;
}

export interface HistoryNft extends Range {
  tokenId: bigint;
  /** The manager no longer knows it. */
  burned: boolean;
  /** NftStaker has it. */
  staked?: boolean;
}

/** A core position whose owner is an account, PoolCaller, or the position manager (which no NFT stands for). */
export interface HistoryDirectPosition extends Range {
  owner: Address;
}

/** What the random history has made so far, and what it makes more with. */
export interface World {
  client: ChainClient;
  random: Randomness;
  deployment: Deployment;
  pools: HistoryPool[];
  nfts: HistoryNft[];
  direct: HistoryDirectPosition[];
  /** NftStaker.sol, where the history has one. */
  staker: Address | undefined;
  /** Each pool as the chain has it after the newest block. */
  states: Map<Address, PoolState>;
}

/** One operation: its transactions, and what to remember once they are mined. */
export interface Action {
  calls: Call[];
  /** Must be first in its block, because it was worked out from the state before. */
  alone?: boolean;
  remember?: (receipts: TransactionReceipt[]) => void;
}

/** Works out an operation on a pool; undefined where there is nothing to do it with. */
export type Operation = (world: World, pool: HistoryPool) => Promise<Action | undefined>;

export interface WorldOptions {
  pools: HistoryPoolOptions[];
  /** All pools have one token1, with the first one's decimals; else each has two tokens of its own. */
  sharedToken1?: boolean;
  /** There is a staking contract to send NFTs to. */
  staking?: boolean;
  /** Of a fork whose contracts are called as Uniswap's. Left out: Uniswap's own. */
  fork?: {
    deploy: (client: ChainClient) => Promise<Deployment>;
    createPool: typeof createPool;
  };
}

/** Deploys the contracts, the pools' tokens, and the pools, each at a random price. */
export async function createWorld(
  client: ChainClient,
  random: Randomness,
  { pools: options, sharedToken1 = false, staking = false, fork }: WorldOptions,
): Promise<World> {
  const deployment = await (fork?.deploy ?? deployUniswapV3)(client);
  const { deployer } = deployment;
  const staker = staking ? await deployContract(client, deployer, ownArtifact("NftStaker"), []) : undefined;
  const pools: HistoryPool[] = [];
  for (const [index, option] of options.entries()) {
    const { fee, tickSpacing } = option;
    const known = sharedToken1 ? pools[0]?.token1 : undefined;
    const { token0, token1 } = await deployPair(client, deployer, { ...option, index, token1: known });
    await fund(client, deployment, [token0, token1], deployment.accounts, WEALTH);
    const wholePriceTick = random.whole(-69_000, 69_000);
    const centreTick =
      option.centreTick ??
      wholePriceTick + Math.round(((option.decimals1 - option.decimals0) * Math.log(10)) / Math.log(1.0001));
    const sqrtPriceX96 = getSqrtPriceAtTick(centreTick) + BigInt(random.whole(0, 100));
    const create = fork?.createPool ?? createPool;
    const key = await create(client, deployment, { token0, token1, fee, tickSpacing, sqrtPriceX96 });
    pools.push({ ...option, ...key, centreTick });
  }
  const world: World = { client, random, deployment, pools, nfts: [], direct: [], staker, states: new Map() };
  await refreshStates(world, pools);
  return world;
}

/** Which token is token0 depends on the addresses, so one is deployed again until the order fits. */
async function deployPair(
  client: ChainClient,
  deployer: Address,
  {
    index,
    decimals0,
    decimals1,
    token1: known,
  }: HistoryPoolOptions & { index: number; token1: Address | undefined },
): Promise<{ token0: Address; token1: Address }> {
  const deploy = (side: string, decimals: number) =>
    deployToken(client, deployer, { name: `Token ${side}`, symbol: `T${index}${side}`, decimals });
  let token0 = await deploy("A", decimals0);
  let token1 = known ?? (await deploy("B", decimals1));
  while (sortTokens(token0, token1)[0] !== token0) {
    if (known === undefined) token1 = await deploy("B", decimals1);
    else token0 = await deploy("A", decimals0);
  }
  return { token0, token1 };
}

/** Reads these pools again, after a block that may have changed them. */
export async function refreshStates({ client, states }: World, pools: Iterable<HistoryPool>): Promise<void> {
  await Promise.all([...pools].map(async ({ pool }) => states.set(pool, await readPoolState(client, pool))));
}

/** A pool after the newest block. */
export function stateOf({ states }: World, { pool }: HistoryPool): PoolState {
  const state = states.get(pool);
  if (state === undefined) throw new UnreadPoolError(pool);
  return state;
}

export class UnreadPoolError extends Error {
  override name = "UnreadPoolError";

  constructor(pool: Address) {
    super(`The state of pool ${pool} was never read: is it one of this history?`);
  }
}
