/** Swaps, flashes and protocol fees, for the random history. */
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import { tokenAbi } from "./abis.ts";
import { plenty, strides, usualSize, withinPrices } from "./historySizes.ts";
import { type HistoryPool, type Operation, stateOf, type World } from "./historyWorld.ts";
import { collectProtocol, flash, setFeeProtocol, swap } from "./poolCalls.ts";

/** Exact input or exact output, either way, of any size; where there is no liquidity, mostly to where some is. */
export const trade: Operation = async (world, pool) => {
  const { random } = world;
  const state = stateOf(world, pool);
  if (state.liquidity === 0n && random.chance(0.8)) return comeBack(world, pool);
  const zeroForOne = direction(world, pool, state.tick);
  const exactInput = random.chance(0.6);
  const { amount0, amount1 } = usualSize(pool, state);
  const inFirst = zeroForOne === exactInput;
  const size = random.size(1n, 20n * (inFirst ? amount0 : amount1));
  const distance = strides(pool, random.whole(1500, 3000));
  const limit = getSqrtPriceAtTick(withinPrices(state.tick + (zeroForOne ? -distance : distance)));
  return swapFrom(world, pool, zeroForOne, exactInput ? size : -size, limit);
};

/** To exactly the price of a tick that some position starts or ends at. */
export const tradeToTick: Operation = async (world, pool) => {
  const { tick, sqrtPriceX96 } = stateOf(world, pool);
  const bounds = [...world.nfts, ...world.direct]
    .filter((range) => range.pool === pool.pool)
    .flatMap(({ tickLower, tickUpper }) => [tickLower, tickUpper])
    .filter(
      (bound) => Math.abs(bound - tick) < strides(pool, 5000) && getSqrtPriceAtTick(bound) !== sqrtPriceX96,
    );
  const target = world.random.pick(bounds);
  if (target === undefined) return undefined;
  const limit = getSqrtPriceAtTick(target);
  return swapFrom(world, pool, limit < sqrtPriceX96, plenty, limit);
};

/** Far away, past most positions and through ticks without liquidity. */
export const tradeFar: Operation = async (world, pool) => {
  const { tick } = stateOf(world, pool);
  const zeroForOne = direction(world, pool, tick);
  const distance = strides(pool, world.random.whole(3000, 9000));
  const target = withinPrices(tick + (zeroForOne ? -distance : distance));
  return swapFrom(world, pool, zeroForOne, plenty, getSqrtPriceAtTick(target) + 7n);
};

/** Of one token or both; sometimes pays more than the fee. */
export const borrow: Operation = async (world, pool) => {
  const { random, client, deployment } = world;
  const { liquidity } = stateOf(world, pool);
  if (liquidity === 0n) return undefined;
  const read = { abi: tokenAbi, functionName: "balanceOf", args: [pool.pool] } as const;
  const [balance0, balance1] = await Promise.all([
    client.readContract({ ...read, address: pool.token0 }),
    client.readContract({ ...read, address: pool.token1 }),
  ]);
  const amount = (balance: bigint) => (balance === 0n || random.chance(0.3) ? 0n : random.size(1n, balance));
  const extra = (borrowed: bigint) =>
    (borrowed * BigInt(pool.fee) + 999_999n) / 1_000_000n +
    (random.chance(0.3) ? random.size(1n, borrowed + 1n) : 0n);
  const [amount0, amount1] = [amount(balance0), amount(balance1)];
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const amounts = { amount0, amount1, extra0: extra(amount0), extra1: extra(amount1) };
  return { calls: [flash({ caller: deployment.caller, from, pool: pool.pool, ...amounts })] };
};

export const changeProtocolFee: Operation = async ({ random, deployment }, { pool }) => {
  const shares = [0, 4, 5, 6, 7, 8, 9, 10];
  const [n0, n1] = [random.pick(shares) ?? 0, random.pick(shares) ?? 0];
  return { calls: [setFeeProtocol({ from: deployment.deployer, pool, n0, n1 })] };
};

export const payProtocol: Operation = async ({ deployment }, { pool }) => {
  return { calls: [collectProtocol({ from: deployment.deployer, pool })] };
};

/** To the middle of some position's range. */
const comeBack: Operation = async (world, pool) => {
  const { sqrtPriceX96 } = stateOf(world, pool);
  const range = world.random.pick(
    [...world.nfts, ...world.direct].filter((position) => position.pool === pool.pool),
  );
  if (range === undefined) return undefined;
  const limit = getSqrtPriceAtTick(Math.floor((range.tickLower + range.tickUpper) / 2)) + 1n;
  if (limit === sqrtPriceX96) return undefined;
  return swapFrom(world, pool, limit < sqrtPriceX96, plenty, limit);
};

/** From any account. */
export function swapFrom(
  { random, deployment }: World,
  { pool }: HistoryPool,
  zeroForOne: boolean,
  amount: bigint,
  limit: bigint,
) {
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  return { calls: [swap({ caller: deployment.caller, from, pool, zeroForOne, amount, limit })] };
}

/** True is down: random, but back to the centre when the price has gone far. */
export function direction({ random }: World, pool: HistoryPool, tick: number): boolean {
  if (Math.abs(tick - pool.centreTick) > strides(pool, 6000)) return tick > pool.centreTick;
  return random.chance(0.5);
}
