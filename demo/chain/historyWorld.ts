import type { Address, TransactionReceipt } from "viem";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { poolAbi } from "./abis.ts";
import type { ChainClient } from "./client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "./deploy.ts";
import type { Range } from "./poolCalls.ts";
import type { Randomness } from "./randomness.ts";
import type { Call } from "./sendInOneBlock.ts";

export interface HistoryPoolOptions {
  fee: number;
  tickSpacing: number;
  decimals0: number;
  decimals1: number;
}

export interface HistoryPool extends PoolKey {
  decimals0: number;
  decimals1: number;
  /** The tick that it starts at; prices keep returning to it. */
  centreTick: number;
}

export interface HistoryNft extends Range {
  tokenId: bigint;
  /** The manager no longer knows it. */
  burned: boolean;
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

/** Deploys the contracts, two tokens a pool, and the pools, each at a random price. */
export async function createWorld(
  client: ChainClient,
  random: Randomness,
  options: HistoryPoolOptions[],
): Promise<World> {
  const deployment = await deployUniswapV3(client);
  const pools: HistoryPool[] = [];
  for (const [index, { fee, tickSpacing, decimals0, decimals1 }] of options.entries()) {
    const deploy = (side: string, decimals: number) =>
      deployToken(client, deployment.deployer, {
        name: `Token ${side}`,
        symbol: `T${index}${side}`,
        decimals,
      });
    // Which token is token0 depends on the addresses, so the second is deployed again until the order fits.
    const token0 = await deploy("A", decimals0);
    let token1 = await deploy("B", decimals1);
    while (sortTokens(token0, token1)[0] !== token0) token1 = await deploy("B", decimals1);
    await fund(client, deployment, [token0, token1], deployment.accounts);
    // 1/1000 to 1000 token1 for a token0, both whole.
    const wholePriceTick = random.whole(-69_000, 69_000);
    const centreTick =
      wholePriceTick + Math.round(((decimals1 - decimals0) * Math.log(10)) / Math.log(1.0001));
    const sqrtPriceX96 = getSqrtPriceAtTick(centreTick) + BigInt(random.whole(0, 100));
    const key = await createPool(client, deployment, { token0, token1, fee, tickSpacing, sqrtPriceX96 });
    pools.push({ ...key, decimals0, decimals1, centreTick });
  }
  return { client, random, deployment, pools, nfts: [], direct: [] };
}

/** A pool's price, tick and liquidity at the newest block. */
export async function readPool(
  { client }: World,
  { pool }: HistoryPool,
): Promise<{ sqrtPriceX96: bigint; tick: number; liquidity: bigint }> {
  const read = { address: pool, abi: poolAbi } as const;
  const [[sqrtPriceX96, tick], liquidity] = await Promise.all([
    client.readContract({ ...read, functionName: "slot0" }),
    client.readContract({ ...read, functionName: "liquidity" }),
  ]);
  return { sqrtPriceX96, tick, liquidity };
}

/** Some 1,000 whole token1, raw: what the sizes of deposits and swaps are measured by. */
export function usualAmount1({ decimals1 }: HistoryPool): bigint {
  return 1000n * 10n ** BigInt(decimals1);
}

/** What an amount of token1 is worth in token0 at the price, both raw. */
export function inToken0(amount1: bigint, sqrtPriceX96: bigint): bigint {
  return (amount1 << 192n) / (sqrtPriceX96 * sqrtPriceX96);
}
