import { expect, test } from "vitest";
import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice } from "../../src/math/tickMath.ts";
import { pairLvr } from "../../src/state/pairPool.ts";
import { lvrAfterSwap, lvrOfMove } from "../../src/state/poolLvr.ts";

const Q96 = 2n ** 96n;
const Q128 = 2n ** 128n;

/** Liquidity 3 everywhere. */
const FROM_1_TO_4 = { fromX96: Q96, fromTick: 0, toX96: 2n * Q96, toTick: 13863, liquidity: 3n };

test("a move over one liquidity costs it what a portfolio that rebalances would not have lost", () => {
  // (2 - 1)^2 / 1 for each unit.
  expect(lvrOfMove(FROM_1_TO_4, [])).toBe(3n * Q128);
  expect(lvrOfMove({ ...FROM_1_TO_4, fromX96: 2n * Q96, fromTick: 13863, toX96: Q96, toTick: 0 }, [])).toBe(
    // (1 - 2)^2 / 2.
    (3n * Q128) / 2n,
  );
  expect(pairLvr({ basisX64: 3n * 2n ** 64n }, Q96, 2n * Q96)).toBe(3n * Q128);
});

test("each segment has the liquidity that was there, and the whole move", () => {
  // 3 of liquidity where it ends, 10 more below tick 6000, whose part of the move costs them alone.
  const sum = lvrOfMove(FROM_1_TO_4, [{ tick: 6000, liquidityNet: -10n }]);
  // Square roots of price: 1 to s = 1.0001^3000 with 13, s to 2 with 3; a part costs (v - u)(4 - u v) / (u v).
  const s = 1.0001 ** 3000;
  const part = (u: number, v: number) => ((v - u) * (4 - u * v)) / (u * v);
  expect(Number(sum) / 2 ** 128).toBeCloseTo(13 * part(1, s) + 3 * part(s, 2), 9);
});

type Lp = { tickLower: number; tickUpper: number; liquidity: bigint };
type Price = { sqrtPriceX96: bigint; tick: number };

test("100 random pools: the sums of what each LP lost, at block ends and after every swap", () => {
  const random = seededRandomness(7);
  for (let world = 0; world < 100; world++) {
    const lps = Array.from({ length: random.whole(1, 6) }, () => randomLp(random));
    const liquidityAt = (tick: number) =>
      lps.reduce((sum, lp) => (lp.tickLower <= tick && tick < lp.tickUpper ? sum + lp.liquidity : sum), 0n);
    const ticks = lps.flatMap(({ tickLower, tickUpper, liquidity }) => [
      { tick: tickLower, liquidityNet: liquidity },
      { tick: tickUpper, liquidityNet: -liquidity },
    ]);
    const direct = (from: Price, to: Price) =>
      lps.reduce((sum, lp) => sum + Number(lp.liquidity) * rebalancingLoss(lp, from, to), 0);
    let price: Price = { sqrtPriceX96: Q96, tick: 0 };
    let totals = { lvrX128: 0n, lvrPerSwapX128: 0n };
    const expected = { blocks: 0, swaps: 0 };
    for (let block = 0; block < 8; block++) {
      const sample = price;
      for (let swap = 0; swap < random.whole(1, 4); swap++) {
        const next = randomPrice(price, random);
        const sampled = { lvrSqrtPriceX96: sample.sqrtPriceX96, lvrTick: sample.tick };
        const to = { ...next, liquidity: liquidityAt(next.tick) };
        totals = lvrAfterSwap(
          { ...totals, ...price, ...sampled, liquidity: liquidityAt(price.tick) },
          to,
          ticks,
        );
        expected.swaps += direct(price, next);
        price = next;
      }
      expected.blocks += direct(sample, price);
    }
    const scale = Math.max(expected.swaps, 1);
    expect(Math.abs(Number(totals.lvrX128) / 2 ** 128 - expected.blocks) / scale).toBeLessThan(1e-9);
    expect(Math.abs(Number(totals.lvrPerSwapX128) / 2 ** 128 - expected.swaps) / scale).toBeLessThan(1e-9);
  }
});

test("a sandwich within a block costs swap by swap and not by the block; over two blocks it costs both ways", () => {
  const start = { sqrtPriceX96: Q96, tick: 0, liquidity: 5n };
  const peak = { sqrtPriceX96: 2n * Q96, tick: 13863, liquidity: 5n };
  const none = { lvrX128: 0n, lvrPerSwapX128: 0n };
  const sampled = { lvrSqrtPriceX96: Q96, lvrTick: 0 };
  const up = lvrAfterSwap({ ...start, ...sampled, ...none }, peak, []);
  expect(up).toEqual({ lvrX128: 5n * Q128, lvrPerSwapX128: 5n * Q128 });
  const down = lvrAfterSwap({ ...peak, ...sampled, ...up }, start, []);
  expect(down).toEqual({ lvrX128: 0n, lvrPerSwapX128: (15n * Q128) / 2n });
  const later = { lvrSqrtPriceX96: 2n * Q96, lvrTick: 13863 };
  expect(lvrAfterSwap({ ...peak, ...later, ...up }, start, [])).toEqual({
    lvrX128: (15n * Q128) / 2n,
    lvrPerSwapX128: (15n * Q128) / 2n,
  });
});

function randomLp(random: Randomness): Lp {
  const tickLower = random.whole(-5_000, 4_000);
  return {
    tickLower,
    tickUpper: tickLower + random.whole(1, 5_000),
    liquidity: BigInt(random.whole(1, 1_000)),
  };
}

/** Sometimes exactly on a tick that a swap down has crossed. */
function randomPrice(before: Price, random: Randomness): Price {
  const tick = Math.max(-9_000, Math.min(9_000, before.tick + random.whole(-3_000, 3_000)));
  const sqrtPriceX96 = getSqrtPriceAtTick(tick) + BigInt(random.chance(0.3) ? 0 : random.whole(0, 1_000_000));
  const found = getTickAtSqrtPrice(sqrtPriceX96);
  const crossed = sqrtPriceX96 === getSqrtPriceAtTick(found) && sqrtPriceX96 < before.sqrtPriceX96;
  return { sqrtPriceX96, tick: crossed ? found - 1 : found };
}

/** By what is held before and after, in doubles (metrics.md 7.1): x0 (P1 - P0) - (V1 - V0), a unit of liquidity. */
function rebalancingLoss({ tickLower, tickUpper }: Lp, from: Price, to: Price): number {
  const [u, v] = [1.0001 ** (tickLower / 2), 1.0001 ** (tickUpper / 2)];
  const [s0, s1] = [from.sqrtPriceX96, to.sqrtPriceX96].map((price) => Number(price) / 2 ** 96);
  const clamp = (s: number) => Math.min(v, Math.max(u, s));
  const x = (s: number) => 1 / clamp(s) - 1 / v;
  const value = (s: number) => x(s) * s * s + clamp(s) - u;
  if (s0 === undefined || s1 === undefined) throw new Error("two prices");
  return x(s0) * (s1 * s1 - s0 * s0) - (value(s1) - value(s0));
}
