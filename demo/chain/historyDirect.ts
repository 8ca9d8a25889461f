/** Operations on positions held in the pool itself, for the random history. */
import { type Address, encodePacked, keccak256 } from "viem";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { poolAbi } from "./abis.ts";
import { randomRange } from "./historyRanges.ts";
import { randomLiquidity, strides, usualSize, withinPrices } from "./historySizes.ts";
import {
  type HistoryDirectPosition,
  type HistoryPool,
  type Operation,
  stateOf,
  type World,
} from "./historyWorld.ts";
import { burnDirect, collectDirect, mintDirect, multicall, swap } from "./poolCalls.ts";

/** Opens one for an account, for PoolCaller, or for the position manager, where no NFT stands for it. */
export const openDirect: Operation = async (world, pool) => {
  const { random, deployment } = world;
  const { caller, positionManager } = deployment;
  const state = stateOf(world, pool);
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const owner = random.pick([from, from, from, caller, caller, positionManager]) ?? from;
  const position = { pool: pool.pool, owner, ...randomRange(world, pool, state.tick) };
  const call = mintDirect({
    caller,
    from,
    ...position,
    liquidity: randomLiquidity(random, pool, state),
  });
  return {
    calls: [call],
    remember: ([receipt]) => receipt?.status === "success" && remember(world, position),
  };
};

/** Adds to one, whoever owns it. */
export const increaseDirect: Operation = async (world, pool) => {
  const { random, deployment } = world;
  const position = random.pick(positionsOf(world, pool));
  if (position === undefined) return undefined;
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const liquidity = randomLiquidity(random, pool, stateOf(world, pool));
  return { calls: [mintDirect({ caller: deployment.caller, from, ...position, liquidity })] };
};

/** Takes out a part or all of one, sometimes collecting in the same block. */
export const decreaseDirect: Operation = async (world, pool) => {
  const { random } = world;
  const position = random.pick(burnable(world, pool));
  if (position === undefined) return undefined;
  const all = await readLiquidity(world, position);
  if (all === 0n) return undefined;
  const liquidity = random.chance(0.4) ? all : random.size(1n, all);
  const at = { ...position, ...sender(world, position) };
  return { calls: [burnDirect({ ...at, liquidity }), ...(random.chance(0.5) ? [collectDirect(at)] : [])] };
};

/** Burns nothing, which settles fees, and sometimes collects them. */
export const poke: Operation = async (world, pool) => {
  const position = world.random.pick(burnable(world, pool));
  if (position === undefined || (await readLiquidity(world, position)) === 0n) return undefined;
  const at = { ...position, ...sender(world, position) };
  return {
    calls: [burnDirect({ ...at, liquidity: 0n }), ...(world.random.chance(0.5) ? [collectDirect(at)] : [])],
  };
};

/** Opens one, trades and closes it in one block, in four transactions or in a single one. */
export const openAndCloseDirect: Operation = async (world, pool) => {
  const { random, deployment } = world;
  const { caller } = deployment;
  const state = stateOf(world, pool);
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const position = { pool: pool.pool, owner: caller, ...randomRange(world, pool, state.tick) };
  const liquidity = randomLiquidity(random, pool, state);
  const zeroForOne = random.chance(0.5);
  const limit = getSqrtPriceAtTick(withinPrices(state.tick + strides(pool, zeroForOne ? -2000 : 2000)));
  const { amount0, amount1 } = usualSize(pool, state);
  const calls = [
    mintDirect({ caller, from, ...position, liquidity }),
    swap({
      caller,
      from,
      pool: pool.pool,
      zeroForOne,
      amount: random.size(1n, zeroForOne ? amount0 : amount1),
      limit,
    }),
    burnDirect({ caller, from, ...position, liquidity }),
    collectDirect({ caller, from, ...position }),
  ];
  return {
    calls: random.chance(0.5) ? calls : [multicall({ caller, from, calls })],
    remember: ([receipt]) => receipt?.status === "success" && remember(world, position),
  };
};

function remember({ direct }: World, position: HistoryDirectPosition): void {
  const known = direct.some(
    ({ pool, owner, tickLower, tickUpper }) =>
      pool === position.pool &&
      owner === position.owner &&
      tickLower === position.tickLower &&
      tickUpper === position.tickUpper,
  );
  if (!known) direct.push(position);
}

function positionsOf({ direct }: World, { pool }: HistoryPool): HistoryDirectPosition[] {
  return direct.filter((position) => position.pool === pool);
}

/** The position manager has no function to burn what no NFT stands for. */
function burnable(world: World, pool: HistoryPool): HistoryDirectPosition[] {
  return positionsOf(world, pool).filter(({ owner }) => owner !== world.deployment.positionManager);
}

function sender(
  { random, deployment }: World,
  { owner }: HistoryDirectPosition,
): { from: Address; caller?: Address } {
  if (owner !== deployment.caller) return { from: owner };
  return { from: random.pick(deployment.accounts) ?? deployment.deployer, caller: owner };
}

/** Liquidity of a core position at the newest block. */
async function readLiquidity({ client }: World, position: HistoryDirectPosition): Promise<bigint> {
  const args = [positionKey(position)] as const;
  const [liquidity] = await client.readContract({
    address: position.pool,
    abi: poolAbi,
    functionName: "positions",
    args,
  });
  return liquidity;
}

/** The pool's key of a core position, as PositionKey.compute of v3-periphery. */
export function positionKey({ owner, tickLower, tickUpper }: HistoryDirectPosition): `0x${string}` {
  return keccak256(encodePacked(["address", "int24", "int24"], [owner, tickLower, tickUpper]));
}
