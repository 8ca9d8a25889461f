import { describe, expect, test } from "vitest";
import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import { lossVersusRebalancing } from "../../src/math/lossVersusRebalancing.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice } from "../../src/math/tickMath.ts";
import { growthInside } from "../../src/state/growthInside.ts";
import { type LvrPool, settleLvr, TickNotBetweenError } from "../../src/state/settleLvr.ts";
import { clearedTick, type InitializedTick, updateTick } from "../../src/state/tick.ts";
import { ticksBetween } from "./poolOfPositions.ts";

type Lp = { tickLower: number; tickUpper: number; openedX128: bigint; directX128: bigint; samples: number };
type World = { pool: LvrPool; ticks: Map<number, InitializedTick>; lps: Lp[] };

const ONE = 2n ** 96n;
const FRESH: LvrPool = {
  sqrtPriceX96: ONE,
  tick: 0,
  lvrSqrtPriceX96: ONE,
  lvrTick: 0,
  lvrGrowthGlobalX128: 0n,
};

describe("one sample", () => {
  const up = { ...FRESH, sqrtPriceX96: 2n * ONE, tick: 13863 };

  test("raises the growth by what the move costs all prices, and becomes the last sample", () => {
    expect(settleLvr(up, [])).toEqual({
      lvrGrowthGlobalX128: 2n ** 128n,
      lvrSqrtPriceX96: 2n * ONE,
      lvrTick: 13863,
      flipped: [],
    });
  });

  test("gives a tick it passes the growth below it, so that the ranges at both sides split the whole", () => {
    const [lower, upper] = [getSqrtPriceAtTick(6000), getSqrtPriceAtTick(9000)];
    const ticks = [6000, 9000].map((tick) => ({ ...clearedTick, tick }));
    const { flipped, ...settled } = settleLvr(up, ticks);
    const [below, above] = flipped;
    if (below === undefined || above === undefined) throw new Error("nothing was flipped");
    const range = { tickLower: 6000, tickUpper: 9000 };
    const { lvrInsideX128 } = growthInside(below, above, range, { ...global(settled), tick: 13863 });
    const direct = lossVersusRebalancing(lower, upper, ONE, 2n * ONE);
    expect([0n, 1n]).toContain(lvrInsideX128 - direct);
    // Split at the ticks, the path would cost less: that is not how it is sampled.
    expect(direct > lossVersusRebalancing(lower, upper, lower, upper)).toBe(true);
  });

  test("takes a tick to the other side without a move, where a swap of dust crosses it", () => {
    const onTick = { ...FRESH, tick: -1, lvrGrowthGlobalX128: 100n };
    const { flipped } = settleLvr(onTick, [{ ...clearedTick, tick: 0, lvrOutsideX128: 30n }]);
    expect(flipped).toEqual([{ ...clearedTick, tick: 0, lvrOutsideX128: 70n }]);
  });

  test("refuses ticks that the move does not pass", () => {
    expect(() => settleLvr(up, [{ ...clearedTick, tick: 0 }])).toThrow(TickNotBetweenError);
    expect(() => settleLvr(up, [{ ...clearedTick, tick: 13864 }])).toThrow(TickNotBetweenError);
  });
});

test("1,000 random positions: growth inside is the sum over their samples, and at most one unit of 2^-128 more for each", () => {
  const random = seededRandomness(3);
  let checked = 0;
  let crossings = 0;
  while (checked < 1000) {
    const world: World = { pool: { ...FRESH }, ticks: new Map(), lps: [] };
    for (let step = 0; step < 60; step++) {
      const { flipped } = sample(world, random);
      crossings += flipped;
      if (random.chance(0.4)) open(world, random);
      if (random.chance(0.2)) close(world, random);
    }
    for (const lp of world.lps) {
      if (lp.samples === 0) continue;
      const surplus = lvrInside(world, lp) - lp.openedX128 - lp.directX128;
      expect(surplus >= 0n && surplus <= BigInt(lp.samples)).toBe(true);
      checked++;
    }
  }
  expect(crossings).toBeGreaterThan(5_000);
});

/** The price of the next block's end, sometimes exactly on a tick, and then on either side of it. */
function sample(world: World, random: Randomness): { flipped: number } {
  const tick = random.pick([...world.ticks.keys()]) ?? 0;
  const onTick = random.chance(0.3);
  const near = world.pool.lvrTick + random.whole(-3_000, 3_000);
  const sqrtPriceX96 = onTick
    ? getSqrtPriceAtTick(tick)
    : getSqrtPriceAtTick(near) + BigInt(random.whole(0, 1_000_000));
  const now = { sqrtPriceX96, tick: getTickAtSqrtPrice(sqrtPriceX96) };
  const { lvrSqrtPriceX96: from, lvrTick } = world.pool;
  // Only a swap down can end with the tick below its price's.
  if (onTick && sqrtPriceX96 <= from && now.tick <= lvrTick && random.chance(0.5)) now.tick -= 1;
  const crossed = ticksBetween(world.ticks, lvrTick, now.tick);
  const { flipped, ...settled } = settleLvr({ ...world.pool, ...now }, crossed);
  for (const state of flipped) world.ticks.set(state.tick, state);
  world.pool = { ...now, ...settled };
  for (const lp of world.lps) {
    const [lower, upper] = [getSqrtPriceAtTick(lp.tickLower), getSqrtPriceAtTick(lp.tickUpper)];
    lp.directX128 += lossVersusRebalancing(lower, upper, from, sqrtPriceX96);
    lp.samples++;
  }
  return { flipped: flipped.length };
}

function open(world: World, random: Randomness): void {
  const { tick } = world.pool;
  const a = Math.floor((tick + random.whole(-4_000, 4_000)) / 10) * 10;
  const b = Math.floor((tick + random.whole(-4_000, 4_000)) / 10) * 10;
  if (a === b) return;
  const lp = {
    tickLower: Math.min(a, b),
    tickUpper: Math.max(a, b),
    openedX128: 0n,
    directX128: 0n,
    samples: 0,
  };
  change(world, lp, 1n);
  world.lps.push({ ...lp, openedX128: lvrInside(world, lp) });
}

function close(world: World, random: Randomness): void {
  if (world.lps.length === 0) return;
  const [lp] = world.lps.splice(random.whole(0, world.lps.length - 1), 1);
  if (lp !== undefined) change(world, lp, -1n);
}

function change({ pool, ticks }: World, { tickLower, tickUpper }: Lp, liquidityDelta: bigint): void {
  for (const [tick, upper] of [
    [tickLower, false],
    [tickUpper, true],
  ] as const) {
    const before = ticks.get(tick) ?? clearedTick;
    const { state } = updateTick(
      before,
      { tick, upper, liquidityDelta },
      { ...global(pool), tick: pool.tick },
    );
    if (state.liquidityGross === 0n) ticks.delete(tick);
    else ticks.set(tick, { ...state, tick });
  }
}

function lvrInside({ pool, ticks }: World, { tickLower, tickUpper }: Lp): bigint {
  const [lower, upper] = [ticks.get(tickLower), ticks.get(tickUpper)];
  if (lower === undefined || upper === undefined) throw new Error("a position without its ticks");
  return growthInside(lower, upper, { tickLower, tickUpper }, { ...global(pool), tick: pool.tick })
    .lvrInsideX128;
}

function global({ lvrGrowthGlobalX128, lvrTick }: Pick<LvrPool, "lvrGrowthGlobalX128" | "lvrTick">) {
  return { feeGrowthGlobal0X128: 0n, feeGrowthGlobal1X128: 0n, seconds: 0, lvrGrowthGlobalX128, lvrTick };
}
