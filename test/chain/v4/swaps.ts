import { decodeFunctionData, decodeFunctionResult, type Hex, numberToHex } from "viem";
import type { Call } from "../../../demo/chain/sendInOneBlock.ts";
import { v4PoolManagerAbi } from "../../../demo/chain/uniswapV4Abis.ts";
import { swapV4 } from "../../../demo/chain/uniswapV4Calls.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import { type Operation, strides, through, usableTick, withinPrices } from "./operation.ts";
import { stateOf, type V4Pool, type V4World } from "./world.ts";

/** More than any way costs at an ordinary fee, less than an amount may be. */
const PLENTY = 2n ** 126n;
const ALL_OF_IT = 1_000_000;

/** Exact input or output, either way, of any size; where there is no liquidity, mostly to where some is. */
export const trade: Operation = async (world, pool) => {
  const { random } = world;
  const { tick, liquidity, sqrtPriceX96 } = stateOf(world, pool);
  if (liquidity === 0n && random.chance(0.8)) return comeBack(world, pool);
  const zeroForOne = direction(world, pool, tick);
  const exactInput = pool.fee === ALL_OF_IT || random.chance(0.6);
  const depth = pool.liquidity[1] / 8n + 1n;
  const first = zeroForOne === exactInput;
  const usual = first ? (depth << 96n) / sqrtPriceX96 + 1n : ((depth * sqrtPriceX96) >> 96n) + 1n;
  const size = random.size(1n, usual);
  const distance = strides(pool, random.whole(1500, 3000));
  const limit = getSqrtPriceAtTick(withinPrices(tick + (zeroForOne ? -distance : distance)));
  return swapped(world, pool, zeroForOne, exactInput ? size : -size, limit);
};

/** Stops at a price limit on a boundary, or one unit of the square root beside it. */
export const tradeToBoundary: Operation = async (world, pool) => {
  const target = aim(world, pool);
  if (target === undefined) return undefined;
  return limitedTo(
    world,
    pool,
    getSqrtPriceAtTick(target) + (world.random.pick([0n, 0n, 0n, -1n, 1n]) ?? 0n),
  );
};

/** Takes or gives just what the way to a boundary costs, or a few units less or more, which are dust beyond it. */
export const tradeOntoBoundary: Operation = async (world, pool) => {
  const { random } = world;
  const target = aim(world, pool);
  if (target === undefined) return undefined;
  const [probe] = limitedTo(world, pool, getSqrtPriceAtTick(target)) ?? [];
  const amounts = probe && (await simulate(world, probe));
  if (probe === undefined || amounts === undefined) return undefined;
  const [amount0, amount1] = amounts;
  const zeroForOne = amount0 < 0n;
  const [paid, got] = zeroForOne ? [-amount0, amount1] : [-amount1, amount0];
  const off = random.chance(0.8) ? BigInt(random.whole(-2, 3)) : random.size(1n, 1_000_000n);
  const amount = (random.chance(0.6) ? paid : -got) + off;
  if (paid === 0n || amount === 0n) return [probe];
  return swapped(world, pool, zeroForOne, amount, far(world, pool, zeroForOne));
};

/** One to three units in or out. */
export const tradeDust: Operation = async (world, pool) => {
  const { random } = world;
  const zeroForOne = random.chance(0.5);
  const amount = random.pick([1n, 1n, 1n, -1n, -1n, 2n, -2n, 3n]) ?? 1n;
  return swapped(world, pool, zeroForOne, amount, far(world, pool, zeroForOne));
};

/** To any price at all, on no tick in particular. */
export const tradeToPrice: Operation = async (world, pool) => {
  const { random } = world;
  const { tick, sqrtPriceX96 } = stateOf(world, pool);
  const zeroForOne = direction(world, pool, tick);
  const most = getSqrtPriceAtTick(withinPrices(tick + strides(pool, zeroForOne ? -3000 : 3000)));
  const distance = zeroForOne ? sqrtPriceX96 - most : most - sqrtPriceX96;
  if (distance <= 1n) return undefined;
  const moved = random.size(1n, distance);
  return limitedTo(world, pool, zeroForOne ? sqrtPriceX96 - moved : sqrtPriceX96 + moved);
};

/** Far away, past most positions and through words of the bitmap without liquidity; back the next time. */
export const sweep: Operation = async (world, pool) => {
  const { random } = world;
  const { tick } = stateOf(world, pool);
  const away = Math.abs(tick - pool.centreTick) > strides(pool, 6000);
  const distance = strides(pool, random.whole(6000, 30_000)) * (random.chance(0.5) ? 1 : -1);
  const target = away ? pool.centreTick + random.whole(-200, 200) : tick + distance;
  return limitedTo(world, pool, getSqrtPriceAtTick(withinPrices(target)));
};

/** To the middle of some position's range. */
async function comeBack(world: V4World, pool: V4Pool): Promise<Call[] | undefined> {
  const open = [...world.positions.values()].filter(
    ({ poolId, liquidity }) => poolId === pool.poolId && liquidity > 0n,
  );
  const range = world.random.pick(open);
  if (range === undefined) return undefined;
  const middle = Math.floor((range.tickLower + range.tickUpper) / 2);
  return limitedTo(world, pool, getSqrtPriceAtTick(withinPrices(middle)) + 1n);
}

function limitedTo(world: V4World, pool: V4Pool, limit: bigint): Call[] | undefined {
  const { sqrtPriceX96 } = stateOf(world, pool);
  if (limit === sqrtPriceX96) return undefined;
  const exactInput = pool.fee === ALL_OF_IT || world.random.chance(0.7);
  return swapped(world, pool, limit < sqrtPriceX96, exactInput ? PLENTY : -PLENTY, limit);
}

/** A hook that fills swaps itself has no use for limits, and not so much of its own. */
function swapped(world: V4World, pool: V4Pool, zeroForOne: boolean, amount: bigint, limit: bigint): Call[] {
  const order = pool.hooks === "V4CurveHook" ? amount / 2n ** 20n || 1n : amount;
  return [swapV4({ ...through(world, pool), zeroForOne, amount: order, limit })];
}

type Frame = { to?: Hex; input: Hex; output?: Hex; error?: string; calls?: Frame[] };

/** What the swapper would receive (over 0) and pay, if the swap were sent now. */
async function simulate({ client, at }: V4World, call: Call): Promise<[bigint, bigint] | undefined> {
  const { from, to, data, value = 0n } = call;
  const transaction = { from, to, data, value: numberToHex(value), gas: numberToHex(10_000_000) };
  const params = [transaction, "latest", { tracer: "callTracer" }];
  const answer = (await client.request({ method: "debug_traceCall", params } as never)) as Frame;
  if (answer.error !== undefined) return undefined;
  const found = flat(answer).find(
    (frame) => frame.to?.toLowerCase() === at.poolManager.toLowerCase() && isSwap(frame),
  );
  if (found?.output === undefined) return undefined;
  const delta = decodeFunctionResult({ abi: v4PoolManagerAbi, functionName: "swap", data: found.output });
  return [BigInt.asIntN(128, delta >> 128n), BigInt.asIntN(128, delta)];
}

function flat(frame: Frame): Frame[] {
  return [frame, ...(frame.calls ?? []).flatMap(flat)];
}

function isSwap({ input }: Frame): boolean {
  try {
    return decodeFunctionData({ abi: v4PoolManagerAbi, data: input }).functionName === "swap";
  } catch {
    return false;
  }
}

/** A limit that is rarely reached, and not so far that the way through empty words takes too much gas. */
function far(world: V4World, pool: V4Pool, zeroForOne: boolean): bigint {
  const distance = strides(pool, 9000);
  const { tick } = stateOf(world, pool);
  return getSqrtPriceAtTick(withinPrices(tick + (zeroForOne ? -distance : distance)));
}

/** A tick near the price: a bound of some position, an end of a word of the bitmap, or any other. */
function aim(world: V4World, pool: V4Pool): number | undefined {
  const { random } = world;
  const { tick } = stateOf(world, pool);
  const kind = random.pick(["bound", "bound", "bound", "word", "any"] as const);
  if (kind === "bound") {
    const bounds = [...world.positions.values()]
      .filter(({ poolId }) => poolId === pool.poolId)
      .flatMap(({ tickLower, tickUpper }) => [tickLower, tickUpper])
      .filter((bound) => withinPrices(bound) === bound && Math.abs(bound - tick) <= strides(pool, 5000))
      .sort((a, b) => Math.abs(a - tick) - Math.abs(b - tick));
    return random.pick(random.chance(0.7) ? bounds.slice(0, 8) : bounds);
  }
  if (kind === "word") {
    const word = (Math.floor(tick / pool.tickSpacing) >> 8) + random.whole(-2, 2);
    const target = (word * 256 + (random.chance(0.5) ? 0 : 255)) * pool.tickSpacing;
    return withinPrices(target) === target ? target : undefined;
  }
  const target = tick + strides(pool, random.whole(-1000, 1000));
  return withinPrices(random.chance(0.5) ? usableTick(pool, target) : target);
}

/** True is down: random, but back to the centre when the price has gone far. */
function direction({ random }: V4World, pool: V4Pool, tick: number): boolean {
  if (Math.abs(tick - pool.centreTick) > strides(pool, 6000)) return tick > pool.centreTick;
  return random.chance(0.5);
}
