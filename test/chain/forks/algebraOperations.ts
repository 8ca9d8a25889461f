/** What Algebra does otherwise than Uniswap, for its random history. */
import { type Address, encodeFunctionData, parseEventLogs, type TransactionReceipt } from "viem";
import { positionManagerAbi, tokenAbi } from "../../../demo/chain/abis.ts";
import { algebraPoolAbi } from "../../../demo/chain/algebraAbis.ts";
import {
  balancePool,
  burnAlgebra,
  mintAlgebraNft,
  setPluginBurnFee,
  setPluginSwapFees,
  swapInAdvance,
} from "../../../demo/chain/algebraCalls.ts";
import { pluginFlags, setAlgebraPool } from "../../../demo/chain/algebraContracts.ts";
import { algebraPositionKey } from "../../../demo/chain/algebraRig.ts";
import { openAndCloseDirect } from "../../../demo/chain/historyDirect.ts";
import { randomRange } from "../../../demo/chain/historyRanges.ts";
import { plenty, randomAmounts, strides, usualSize, withinPrices } from "../../../demo/chain/historySizes.ts";
import { direction } from "../../../demo/chain/historyTrades.ts";
import type { Action, HistoryDirectPosition, World } from "../../../demo/chain/historyWorld.ts";
import { burnDirect, collectDirect, multicall, swap } from "../../../demo/chain/poolCalls.ts";
import type { Call } from "../../../demo/chain/sendInOneBlock.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import { ALL_FLAGS, type AlgebraPool, type AlgebraState, type AlgebraWorld } from "./algebraWorld.ts";

export type AlgebraOperation = (world: AlgebraWorld, pool: AlgebraPool) => Promise<Action | undefined>;

/** For Uniswap's operations on it. */
export function asWorld(world: AlgebraWorld): World {
  return world;
}

export const openNft: AlgebraOperation = async (world, pool) => {
  const { random, deployment } = world;
  const state = stateOf(world, pool);
  const range = randomRange(asWorld(world), pool, state.tick);
  const from = anyone(world);
  const { token0, token1 } = pool;
  const call = mintAlgebraNft({
    ...{ manager: deployment.positionManager, from, token0, token1, ...range },
    ...randomAmounts(random, pool, state, range),
    recipient: random.chance(0.2) ? anyone(world) : from,
    ...(pool.custom ? { deployer: deployment.customDeployer } : {}),
  });
  return {
    calls: [call],
    remember: ([receipt]) => {
      const logs = receipt?.logs ?? [];
      const [minted] = parseEventLogs({ abi: positionManagerAbi, eventName: "Transfer", logs });
      const tokenId = minted?.args.tokenId;
      if (tokenId !== undefined) world.nfts.push({ tokenId, pool: pool.pool, ...range, burned: false });
    },
  };
};

/** Takes out a part or all, sometimes collecting in the same block. */
export const decreaseDirect: AlgebraOperation = async (world, pool) => {
  const { random } = world;
  const position = random.pick(burnable(world, pool));
  const all = position === undefined ? 0n : await readLiquidity(world, position);
  if (position === undefined || all === 0n) return undefined;
  const liquidity = random.chance(0.4) ? all : random.size(1n, all);
  const calls = [burn(world, position, liquidity), ...(random.chance(0.5) ? [collect(world, position)] : [])];
  return { calls };
};

/** Settles fees, which nothing tells, and mostly collects them. */
export const poke: AlgebraOperation = async (world, pool) => {
  const position = world.random.pick(burnable(world, pool));
  if (position === undefined || (await readLiquidity(world, position)) === 0n) return undefined;
  const id = idOf(position);
  return {
    calls: [burn(world, position, 0n), ...(world.random.chance(0.7) ? [collect(world, position)] : [])],
    remember: () => world.pokes.set(id, (world.pokes.get(id) ?? 0) + 1),
  };
};

/** Exact input, paid first. Not on top of tokens that lie there: rows take those for found after the swap. */
export const tradeInAdvance: AlgebraOperation = async (world, pool) => {
  const { random, deployment } = world;
  const state = stateOf(world, pool);
  if (state.liquidity === 0n || (await hasExcess(world, pool))) return undefined;
  const zeroForOne = direction(asWorld(world), pool, state.tick);
  const { amount0, amount1 } = usualSize(pool, state);
  const amount = random.size(1n, 20n * (zeroForOne ? amount0 : amount1));
  const away = strides(pool, random.whole(100, 3000));
  const limit = getSqrtPriceAtTick(withinPrices(state.tick + (zeroForOne ? -away : away)));
  const order = {
    caller: deployment.caller,
    from: anyone(world),
    pool: pool.pool,
    zeroForOne,
    amount,
    limit,
  };
  return { calls: [swapInAdvance(order)] };
};

/** Sends tokens to the pool without a word. */
export const donate: AlgebraOperation = async (world, pool) => ({ calls: gift(world, pool) });

/** A gift that a mint finds, and a swap in the same transaction does not. */
export const openAfterGift: AlgebraOperation = async (world, pool) => {
  const action = await openAndCloseDirect(asWorld(world), pool);
  if (action === undefined) return undefined;
  const gifts = gift(world, pool);
  const remember = (receipts: TransactionReceipt[]) => action.remember?.(receipts.slice(gifts.length));
  return { calls: [...gifts, ...action.calls], remember };
};

/** A gift that the first of two swaps of a transaction finds: far one way, and farther back. */
export const tradeTwiceAfterGift: AlgebraOperation = async (world, pool) => {
  const { random, deployment } = world;
  const { caller } = deployment;
  const { tick } = stateOf(world, pool);
  const from = anyone(world);
  const zeroForOne = direction(asWorld(world), pool, tick);
  const swapTo = (down: boolean, steps: number) => {
    const away = strides(pool, steps);
    const limit = getSqrtPriceAtTick(withinPrices(tick + (down ? -away : away))) + 3n;
    return swap({ caller, from, pool: pool.pool, zeroForOne: down, amount: plenty, limit });
  };
  const calls = [swapTo(zeroForOne, random.whole(200, 2_000)), swapTo(!zeroForOne, random.whole(200, 3_000))];
  return { alone: true, calls: [...gift(world, pool), multicall({ caller, from, calls })] };
};

function gift(world: AlgebraWorld, pool: AlgebraPool): Call[] {
  const { random } = world;
  const { amount0, amount1 } = usualSize(pool, stateOf(world, pool));
  const give = (token: Address, most: bigint): Call => {
    const args = [pool.pool, random.chance(0.3) ? 1n : random.size(1n, most)] as const;
    const data = encodeFunctionData({ abi: tokenAbi, functionName: "transfer", args });
    return { from: anyone(world), to: token, data };
  };
  const [one, other] = [give(pool.token0, amount0), give(pool.token1, amount1)];
  return random.pick([[one], [other], [one, other]]) ?? [one];
}

export const changeCommunityFee: AlgebraOperation = async ({ random, deployment }, { pool }) => {
  const value = random.pick([0, 1, 100, 333, 999, 1000]) ?? 0;
  const from = deployment.deployer;
  return { calls: [setAlgebraPool({ from, pool, functionName: "setCommunityFee", value })] };
};

export const changeTickSpacing: AlgebraOperation = async ({ random, deployment }, pool) => {
  const value = random.pick([1, 10, 60, 100, 500]) ?? 60;
  const call = { from: deployment.deployer, pool: pool.pool, functionName: "setTickSpacing" as const, value };
  return {
    calls: [setAlgebraPool(call)],
    remember: ([receipt]) => {
      if (receipt?.status === "success") pool.tickSpacing = value;
    },
  };
};

/** By the administrator, who may where no plugin sets fees. */
export const changeFee: AlgebraOperation = async ({ random, deployment }, { pool, plugin = 0 }) => {
  if ((plugin & pluginFlags.dynamicFee) !== 0) return undefined;
  const value = random.pick([0, 1, 100, 500, 3_000, 10_000, 50_000, 65_535]) ?? 0;
  return { calls: [setAlgebraPool({ from: deployment.deployer, pool, functionName: "setFee", value })] };
};

/** When the plugin is asked, and whether it may set fees. */
export const changeConfig: AlgebraOperation = async ({ random, deployment }, pool) => {
  if (pool.pluginAt === null) return undefined;
  const { dynamicFee, beforePosition } = pluginFlags;
  const value = random.pick([ALL_FLAGS, ALL_FLAGS, ALL_FLAGS, dynamicFee, beforePosition, 0]) ?? 0;
  const call = {
    from: deployment.deployer,
    pool: pool.pool,
    functionName: "setPluginConfig" as const,
    value,
  };
  return {
    calls: [setAlgebraPool(call)],
    remember: ([receipt]) => {
      if (receipt?.status === "success") pool.plugin = value;
    },
  };
};

export const changePluginFees: AlgebraOperation = async ({ random, deployment }, { pluginAt }) => {
  if (pluginAt === null) return undefined;
  const of = { from: deployment.deployer, plugin: pluginAt };
  const pips = () => (random.chance(0.4) ? 0 : (random.pick([1, 100, 777, 20_000, 400_000]) ?? 0));
  const calls = random.chance(0.7)
    ? [setPluginSwapFees({ ...of, overrideFee: pips(), pluginFee: pips() })]
    : [setPluginBurnFee({ ...of, fee: random.pick([0, 0, 1, 5_000, 999_999]) ?? 0 })];
  return { calls };
};

/** The plugin has the pool count what lies in it, or takes that. */
export const balance: AlgebraOperation = async ({ random, deployment }, { pool, pluginAt }) => {
  if (pluginAt === null) return undefined;
  const by = random.chance(0.5) ? "sync" : "skim";
  return { calls: [balancePool({ from: deployment.deployer, plugin: pluginAt, pool, by })] };
};

export function idOf({ pool, owner, tickLower, tickUpper }: HistoryDirectPosition): string {
  return [pool, owner, tickLower, tickUpper].join(":").toLowerCase();
}

export function burn(world: AlgebraWorld, position: HistoryDirectPosition, liquidity: bigint): Call {
  const { caller, deployer } = world.deployment;
  if (position.owner !== caller) return burnAlgebra({ ...position, from: position.owner, liquidity });
  return burnDirect({ ...position, from: deployer, caller, liquidity });
}

export function collect({ deployment }: AlgebraWorld, position: HistoryDirectPosition): Call {
  const { caller, deployer } = deployment;
  if (position.owner !== caller) return collectDirect({ ...position, from: position.owner });
  return collectDirect({ ...position, from: deployer, caller });
}

export async function readLiquidity(
  { client }: Pick<AlgebraWorld, "client">,
  { pool, owner, tickLower, tickUpper }: HistoryDirectPosition,
): Promise<bigint> {
  const args = [algebraPositionKey(owner, tickLower, tickUpper)] as const;
  const read = { address: pool, abi: algebraPoolAbi, functionName: "positions", args } as const;
  return (await client.readContract(read))[0];
}

async function hasExcess({ client }: AlgebraWorld, { pool, token0, token1 }: AlgebraPool): Promise<boolean> {
  const held = (address: Address) =>
    client.readContract({ address, abi: tokenAbi, functionName: "balanceOf", args: [pool] });
  const read = { address: pool, abi: algebraPoolAbi, functionName: "getReserves" } as const;
  const [reserves, held0, held1] = await Promise.all([client.readContract(read), held(token0), held(token1)]);
  return held0 > reserves[0] || held1 > reserves[1];
}

/** The manager has no function for what no NFT stands for. */
function burnable({ direct, deployment }: AlgebraWorld, { pool }: AlgebraPool): HistoryDirectPosition[] {
  return direct.filter((position) => position.pool === pool && position.owner !== deployment.positionManager);
}

function stateOf({ states }: AlgebraWorld, { pool }: AlgebraPool): AlgebraState {
  const state = states.get(pool);
  if (state === undefined) throw new Error(`${pool} is no pool of this history`);
  return state;
}

function anyone({ random, deployment }: AlgebraWorld): Address {
  return random.pick(deployment.accounts) ?? deployment.deployer;
}
