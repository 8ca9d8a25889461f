import { type Address, encodeFunctionData } from "viem";
import { tokenAbi } from "../../../demo/chain/abis.ts";
import { algebraFactoryAbi, algebraPoolAbi } from "../../../demo/chain/algebraAbis.ts";
import { setPluginBurnFee, setPluginSwapFees } from "../../../demo/chain/algebraCalls.ts";
import {
  type AlgebraDeployment,
  createAlgebraPool,
  deployAlgebra,
  plugIn,
  pluginFlags,
} from "../../../demo/chain/algebraContracts.ts";
import { ownArtifact } from "../../../demo/chain/artifacts.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { deployContract, deployToken, fund, sortTokens } from "../../../demo/chain/deploy.ts";
import type { HistoryPool, HistoryPoolOptions, World } from "../../../demo/chain/historyWorld.ts";
import type { Randomness } from "../../../demo/chain/randomness.ts";
import type { PoolState } from "../../../demo/chain/readPoolState.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";

/** Balances over 2^128 are none that Algebra supports. */
const WEALTH = 2n ** 124n;

export type AlgebraPoolOptions = Omit<HistoryPoolOptions, "decimals0" | "decimals1"> & {
  /** In thousandths, from the start. */
  communityFee: number;
  /** Flags of its plugin's config; left out: no plugin. */
  plugin?: number;
  custom?: boolean;
};

export type AlgebraPool = HistoryPool & AlgebraPoolOptions & { pluginAt: Address | null };

/** What rows must say after a block. `balance`: reserves and the community's fees that left them, less the plugin's. */
export type AlgebraState = PoolState & { balance0: bigint; balance1: bigint; feeProtocol0: number };

export type AlgebraWorld = Omit<World, "deployment" | "pools" | "states"> & {
  deployment: AlgebraDeployment;
  pools: AlgebraPool[];
  states: Map<Address, AlgebraState>;
  /** Pokes that no log tells, by the position's id. */
  pokes: Map<string, number>;
};

const { beforeSwap, beforePosition, dynamicFee } = pluginFlags;
export const ALL_FLAGS = beforeSwap + beforePosition + dynamicFee;

const ordinary = [10n ** 9n, 10n ** 19n] as const;
const tiny = [1n, 3000n] as const;
const huge = [2n ** 85n, 2n ** 96n] as const;

/** Spacings, sizes of liquidity and prices of all kinds; with and without plugins. `fee` is that of flashes. */
export const algebraPools: AlgebraPoolOptions[] = [
  { fee: 100, tickSpacing: 60, communityFee: 0, liquidity: ordinary, centreTick: 0 },
  { fee: 100, tickSpacing: 60, communityFee: 150, liquidity: ordinary, centreTick: 5_119, plugin: ALL_FLAGS },
  { fee: 100, tickSpacing: 1, communityFee: 1_000, liquidity: ordinary, centreTick: -20, gappy: true },
  { fee: 100, tickSpacing: 500, communityFee: 333, liquidity: tiny, centreTick: 46_000, plugin: ALL_FLAGS },
  { fee: 100, tickSpacing: 10, communityFee: 1, liquidity: huge, centreTick: -130, plugin: beforePosition },
  {
    fee: 100,
    tickSpacing: 60,
    communityFee: 200,
    liquidity: ordinary,
    centreTick: 15_360,
    custom: true,
    plugin: ALL_FLAGS,
  },
  {
    fee: 100,
    tickSpacing: 60,
    communityFee: 250,
    liquidity: [1n, 10n ** 12n],
    centreTick: 400_000,
    plugin: ALL_FLAGS,
  },
];

export async function createAlgebraWorld(
  client: ChainClient,
  random: Randomness,
  options: readonly AlgebraPoolOptions[],
): Promise<AlgebraWorld> {
  const deployment = await deployAlgebra(client);
  const world: AlgebraWorld = {
    ...{ client, random, deployment, pools: [], nfts: [], direct: [], staker: undefined },
    ...{ states: new Map(), pokes: new Map() },
  };
  for (const option of options) world.pools.push(await createPool(world, option));
  for (const pool of world.pools) world.states.set(pool.pool, await readAlgebraState(world, pool));
  return world;
}

async function createPool(
  { client, random, deployment }: AlgebraWorld,
  option: AlgebraPoolOptions,
): Promise<AlgebraPool> {
  const { deployer, accounts, factory } = deployment;
  const named = (symbol: string) => deployToken(client, deployer, { name: symbol, symbol, decimals: 18 });
  const [token0, token1] = sortTokens(await named("A"), await named("B"));
  await fund(client, deployment, [token0, token1], [deployer, ...accounts], WEALTH);
  const { communityFee, tickSpacing, custom = false, centreTick = 0 } = option;
  const set = (functionName: "setDefaultCommunityFee" | "setDefaultTickspacing", value: number) => ({
    from: deployer,
    to: factory,
    data: encodeFunctionData({ abi: algebraFactoryAbi, functionName, args: [value] }),
  });
  await sendInOneBlock(
    client,
    [set("setDefaultCommunityFee", communityFee), set("setDefaultTickspacing", tickSpacing)],
    // Each refuses the value that it has.
    { allowRevert: true },
  );
  const sqrtPriceX96 = getSqrtPriceAtTick(centreTick) + BigInt(random.whole(0, 100));
  const pool = await createAlgebraPool(client, deployment, [token0, token1], { sqrtPriceX96, custom });
  const pluginAt =
    option.plugin === undefined
      ? null
      : await deployContract(client, deployer, ownArtifact("AlgebraFeePlugin"), []);
  if (pluginAt !== null) {
    const of = { from: deployer, plugin: pluginAt };
    await sendInOneBlock(client, [
      ...plugIn({ ...of, pool, config: option.plugin ?? 0 }),
      setPluginSwapFees({ ...of, overrideFee: 1_700, pluginFee: 90 }),
      setPluginBurnFee({ ...of, fee: 30 }),
    ]);
  }
  return { ...option, pool, token0, token1, pluginAt, centreTick, decimals0: 18, decimals1: 18 };
}

/** The pool after the newest block. Its tokens are in no other pool: what the vault has of them, it has from here. */
export async function readAlgebraState(
  { client, deployment }: Pick<AlgebraWorld, "client" | "deployment">,
  { pool, token0, token1 }: Pick<AlgebraPool, "pool" | "token0" | "token1">,
): Promise<AlgebraState> {
  const read = { address: pool, abi: algebraPoolAbi } as const;
  const inVault = (address: Address) =>
    client.readContract({ address, abi: tokenAbi, functionName: "balanceOf", args: [deployment.vault] });
  const [state, liquidity, growth0, growth1, reserves, community, plugin, vault0, vault1] = await Promise.all(
    [
      client.readContract({ ...read, functionName: "globalState" }),
      client.readContract({ ...read, functionName: "liquidity" }),
      client.readContract({ ...read, functionName: "totalFeeGrowth0Token" }),
      client.readContract({ ...read, functionName: "totalFeeGrowth1Token" }),
      client.readContract({ ...read, functionName: "getReserves" }),
      client.readContract({ ...read, functionName: "getCommunityFeePending" }),
      client.readContract({ ...read, functionName: "getPluginFeePending" }),
      inVault(token0),
      inVault(token1),
    ],
  );
  const [sqrtPriceX96, tick, , , communityFee] = state;
  return {
    ...{ sqrtPriceX96, tick, liquidity, feeProtocol0: communityFee },
    feeGrowthGlobal0X128: growth0,
    feeGrowthGlobal1X128: growth1,
    protocolFees0: community[0] + vault0,
    protocolFees1: community[1] + vault1,
    balance0: reserves[0] + vault0 - plugin[0],
    balance1: reserves[1] + vault1 - plugin[1],
  };
}
