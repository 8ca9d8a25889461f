import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import { getSqrtPriceAtTick, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../src/math/tickMath.ts";
import type { SwappablePool } from "../../src/state/replaySwap.ts";
import type { InitializedTick } from "../../src/state/tick.ts";
import type { Order, SwappedPool } from "./contractSwap.ts";
import { mint, type PoolWithTicks, poolOfPositions } from "./poolOfPositions.ts";
import type { RandomMarket } from "./randomMarkets.ts";

export type RandomSwap = {
  before: SwappablePool;
  ticksBefore: ReadonlyMap<number, InitializedTick>;
  ticksAfter: ReadonlyMap<number, InitializedTick>;
  swapped: SwappedPool;
  timestamp: number;
};

const SPACINGS = [1, 2, 7, 10, 60, 200, 4001, 16_383];
const DUST = [-2n, -1n, 0n, 1n, 2n, 3n, 1000n, 1_000_000n];

/** A random pool of a protocol and `count` swaps of it, aimed at what makes a replay go wrong: ticks, edges of words and dust. */
export function* randomSwaps(market: RandomMarket, seed: number, count: number): Generator<RandomSwap> {
  const random = seededRandomness(seed);
  const world = randomPool(random);
  const poolFee = market.randomPoolFee(random);
  const open: { tickLower: number; tickUpper: number; liquidity: bigint }[] = [];
  let timestamp = 1_700_000_000;
  for (let swaps = 0, tries = 0; swaps < count && tries < 20 * count; tries++) {
    timestamp += random.whole(0, 30);
    if (swaps === 0 || random.chance(0.15)) changeLiquidity(world, open, random, timestamp);
    if (random.chance(0.05)) {
      Object.assign(world.pool, market.randomFeeProtocol(random));
    }
    const before = world.pool;
    const ticksBefore = new Map(world.ticks);
    const order = randomOrder(market, world, poolFee, random);
    const swapped = market.swapOnContract(before, world.ticks, order, timestamp);
    if (swapped === undefined) continue;
    world.pool = { ...swapped.pool };
    swaps++;
    yield { before: { ...before }, ticksBefore, ticksAfter: new Map(world.ticks), swapped, timestamp };
  }
}

function randomPool(random: Randomness): PoolWithTicks {
  const tick = random.chance(0.1) ? random.whole(-887_000, 887_000) : random.whole(-30_000, 30_000);
  const tickSpacing = random.pick(SPACINGS) ?? 1;
  const atTick = getSqrtPriceAtTick(random.chance(0.3) ? Math.trunc(tick / tickSpacing) * tickSpacing : tick);
  const sqrtPriceX96 = random.chance(0.5) ? atTick : atTick + 12_345n;
  const world = poolOfPositions({ tickSpacing, sqrtPriceX96 }, []);
  // Growth goes round at 2^256, as it does in a pool of little liquidity; protocol fees at 2^128.
  world.pool.feeGrowthGlobal0X128 = 2n ** 256n - random.size(1n, 2n ** 200n);
  world.pool.feeGrowthGlobal1X128 = 2n ** 256n - random.size(1n, 2n ** 200n);
  world.pool.protocolFees0 = 2n ** 128n - random.size(1n, 2n ** 100n);
  return world;
}

function changeLiquidity(
  world: PoolWithTicks,
  open: { tickLower: number; tickUpper: number; liquidity: bigint }[],
  random: Randomness,
  timestamp: number,
): void {
  if (open.length > 2 && random.chance(0.5)) {
    const [gone] = open.splice(random.whole(0, open.length - 1), 1);
    if (gone !== undefined) mint(world, { ...gone, liquidity: -gone.liquidity }, timestamp);
    return;
  }
  const { tick, tickSpacing } = world.pool;
  const highest = Math.floor(887_272 / tickSpacing);
  const bound = (distance: number) =>
    Math.max(-highest, Math.min(highest, Math.floor(tick / tickSpacing) + distance)) * tickSpacing;
  const reach = random.pick([2, 20, 300, 2000]) ?? 2;
  const a = bound(random.whole(-reach, reach));
  const b = bound(random.whole(-reach, reach));
  if (a === b) return;
  const liquidity = random.chance(0.1) ? 1n : random.size(1n, random.chance(0.5) ? 2n ** 20n : 2n ** 100n);
  const position = { tickLower: Math.min(a, b), tickUpper: Math.max(a, b), liquidity };
  mint(world, position, timestamp);
  open.push(position);
}

function randomOrder(market: RandomMarket, world: PoolWithTicks, poolFee: number, random: Randomness): Order {
  const zeroForOne = random.chance(0.5);
  const sqrtPriceLimitX96 = randomLimit(world, random, zeroForOne);
  const fees = market.randomSwapFee(random, world.pool, zeroForOne, poolFee);
  const order = { ...fees, zeroForOne, sqrtPriceLimitX96, amountSpecified: random.size(1n, 2n ** 110n) };
  if (random.chance(0.15))
    return { ...order, amountSpecified: random.pick([0n, 1n, 2n, 3n, -1n, -2n, -3n]) ?? 1n };
  if (random.chance(0.25))
    return { ...order, amountSpecified: order.amountSpecified * (random.chance(0.5) ? 1n : -1n) };
  // Else as much as takes the price just to its limit, or nearly; the limit itself may then be far away.
  const all = { ...order, amountSpecified: 2n ** 120n };
  const exact = market.swapOnContract(world.pool, new Map(world.ticks), all, 0);
  if (exact === undefined) return order;
  const { amount0, amount1 } = exact.log;
  const [input, output] = zeroForOne ? [amount0, amount1] : [amount1, amount0];
  const dust = random.pick(DUST) ?? 0n;
  const amountSpecified = random.chance(0.5) ? input + dust : output - dust;
  const far = zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n;
  const near = world.pool.liquidity > 2n ** 60n && random.chance(0.1) ? far : sqrtPriceLimitX96;
  return {
    ...order,
    sqrtPriceLimitX96: random.chance(0.5) ? beyond(near, zeroForOne) : near,
    amountSpecified,
  };
}

/** On an initialised tick, the edge of a word, any tick, or a unit or two beside one. */
function randomLimit({ pool, ticks }: PoolWithTicks, random: Randomness, zeroForOne: boolean): bigint {
  const word = 256 * pool.tickSpacing;
  const sign = zeroForOne ? -1 : 1;
  const edge = Math.floor(pool.tick / word) * word;
  const some = [
    random.pick([...ticks.keys()]) ?? 0,
    edge + (zeroForOne ? 0 : word - pool.tickSpacing),
    edge + sign * word * random.whole(0, 3),
    pool.tick + sign * random.whole(0, 3 * pool.tickSpacing),
    pool.tick + sign * random.whole(0, 20_000),
  ];
  const tick = Math.max(-887_271, Math.min(887_271, random.pick(some) ?? 0));
  return getSqrtPriceAtTick(tick) + (random.pick([0n, 0n, 0n, 1n, -1n, 2n, 123_456n]) ?? 0n);
}

function beyond(limitX96: bigint, zeroForOne: boolean): bigint {
  const far = zeroForOne ? (limitX96 * 99n) / 100n : (limitX96 * 101n) / 100n;
  if (far <= MIN_SQRT_PRICE) return MIN_SQRT_PRICE + 1n;
  return far >= MAX_SQRT_PRICE ? MAX_SQRT_PRICE - 1n : far;
}
