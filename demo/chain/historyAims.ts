/** Swaps aimed at the places where a replay could go wrong, for the random history. */
import { decodeFunctionResult } from "viem";
import { getSqrtPriceAtTick, MAX_TICK } from "../../src/math/tickMath.ts";
import { poolCallerAbi } from "./abis.ts";
import { plenty, strides, withinPrices } from "./historySizes.ts";
import { direction, swapFrom } from "./historyTrades.ts";
import { type Action, type HistoryPool, type Operation, stateOf, type World } from "./historyWorld.ts";
import { flash } from "./poolCalls.ts";
import type { Call } from "./sendInOneBlock.ts";
import { staticCall } from "./staticCall.ts";

/** Stops at a price limit on a boundary, or one unit of the square root beside it. */
export const tradeToBoundary: Operation = async (world, pool) => {
  const target = aim(world, pool);
  if (target === undefined) return undefined;
  const limit = getSqrtPriceAtTick(target) + (world.random.pick([0n, 0n, 0n, -1n, 1n]) ?? 0n);
  return limitedTo(world, pool, limit);
};

/** Takes or gives just what the way to a boundary costs, or a few units less or more, which are dust beyond it. */
export const tradeOntoBoundary: Operation = async (world, pool) => {
  const { random, client } = world;
  const target = aim(world, pool);
  if (target === undefined) return undefined;
  const probe = limitedTo(world, pool, getSqrtPriceAtTick(target));
  const [call] = probe?.calls ?? [];
  const data = call && (await staticCall(client, call));
  if (data === undefined) return undefined;
  const [amount0, amount1] = decodeFunctionResult({ abi: poolCallerAbi, functionName: "swap", data });
  const zeroForOne = amount0 > 0n;
  const [paid, got] = zeroForOne ? [amount0, amount1] : [amount1, amount0];
  const off = random.chance(0.8) ? BigInt(random.whole(-2, 3)) : random.size(1n, 1_000_000n);
  const amount = (random.chance(0.6) ? paid : got) + off;
  if (paid === 0n || amount === 0n) return probe;
  return swapFrom(world, pool, zeroForOne, amount, far(world, pool, zeroForOne));
};

/** One to three units in or out. */
export const tradeDust: Operation = async (world, pool) => {
  const { random } = world;
  const zeroForOne = random.chance(0.5);
  const amount = random.pick([1n, 1n, 1n, -1n, -1n, 2n, -2n, 3n]) ?? 1n;
  return swapFrom(world, pool, zeroForOne, amount, far(world, pool, zeroForOne));
};

/** To any price at all, on no tick in particular, with any amount. */
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

/** Through hundreds of words of the bitmap, most of them empty, and back the next time. */
export const sweep: Operation = async (world, pool) => {
  const { random } = world;
  const { tick } = stateOf(world, pool);
  const away = Math.abs(tick - pool.centreTick) > strides(pool, 6000);
  const distance = strides(pool, random.whole(10_000, 100_000));
  const target = away
    ? pool.centreTick + random.whole(-200, 200)
    : tick + (random.chance(0.5) ? distance : -distance);
  return limitedTo(world, pool, getSqrtPriceAtTick(withinPrices(target)));
};

/** A flash of nothing that pays up to 2^127: a few of them overflow the growth of a pool with some units of liquidity. */
export const overpay: Operation = async (world, pool) => {
  const { random, deployment } = world;
  if (pool.overpaid !== true || stateOf(world, pool).liquidity === 0n) return undefined;
  const extra = () => (random.chance(0.3) ? 0n : random.size(2n ** 100n, 2n ** 127n));
  const from = random.pick(deployment.accounts) ?? deployment.deployer;
  const amounts = { amount0: 0n, amount1: 0n, extra0: extra(), extra1: extra() };
  return { calls: [flash({ caller: deployment.caller, from, pool: pool.pool, ...amounts })] };
};

function limitedTo(world: World, pool: HistoryPool, limit: bigint): (Action & { calls: Call[] }) | undefined {
  const { sqrtPriceX96 } = stateOf(world, pool);
  if (limit === sqrtPriceX96) return undefined;
  return swapFrom(world, pool, limit < sqrtPriceX96, plenty, limit);
}

/** A limit that is rarely reached, and not so far that the way through empty words takes too much gas. */
function far(world: World, pool: HistoryPool, zeroForOne: boolean): bigint {
  const distance = strides(pool, 9000);
  const { tick } = stateOf(world, pool);
  return getSqrtPriceAtTick(withinPrices(tick + (zeroForOne ? -distance : distance)));
}

/** A tick near the price: a bound of some position, an end of a word of the bitmap, or any other. */
function aim(world: World, pool: HistoryPool): number | undefined {
  const { random } = world;
  const { tick } = stateOf(world, pool);
  const { tickSpacing: spacing } = pool;
  const near = (target: number) => Math.abs(target - tick) <= strides(pool, 5000) && isPrice(target);
  const kind = random.pick(["bound", "bound", "bound", "word", "word", "multiple", "any"] as const);
  if (kind === "bound") {
    const ranges = [...world.nfts, ...world.direct].filter((range) => range.pool === pool.pool);
    const bounds = ranges.flatMap(({ tickLower, tickUpper }) => [tickLower, tickUpper]);
    // Ticks that are close come up more often.
    const sorted = bounds.filter(near).sort((a, b) => Math.abs(a - tick) - Math.abs(b - tick));
    return random.pick(random.chance(0.7) ? sorted.slice(0, 8) : sorted);
  }
  if (kind === "word") {
    const word = (Math.floor(tick / spacing) >> 8) + random.whole(-2, 2);
    const target = (word * 256 + (random.chance(0.5) ? 0 : 255)) * spacing;
    return isPrice(target) ? target : undefined;
  }
  const step = strides(pool, random.whole(-1000, 1000));
  const target = kind === "multiple" ? Math.round((tick + step) / spacing) * spacing : tick + step;
  return isPrice(target) ? target : undefined;
}

function isPrice(tick: number): boolean {
  return Math.abs(tick) < MAX_TICK;
}
