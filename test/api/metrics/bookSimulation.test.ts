import { describe, expect, test } from "vitest";
import { simulatedLosses } from "../../../src/api/metrics/bookSimulation.ts";
import { rootLevels } from "../../../src/api/metrics/priceLevels.ts";
import { moveBy, movedPrincipal } from "../../../src/api/metrics/priceMove.ts";
import { routeLevels } from "../../../src/api/metrics/routeLevels.ts";
import { valueCurve } from "../../../src/api/metrics/valueCurve.ts";

const of = (...levels: number[]) => Float64Array.from(levels);

describe("losses of a book", () => {
  test("amounts lose what their token does, from each mark to the one so many later", () => {
    const amounts = [{ levels: of(4, 3, 6), worth: 10 }];
    expect(simulatedLosses({ pools: [], amounts }, 3, 1)).toEqual([2.5, -10]);
    expect(simulatedLosses({ pools: [], amounts }, 3, 2)).toEqual([-5]);
    expect(simulatedLosses({ pools: [], amounts }, 3, 3)).toEqual([]);
  });

  test("what has no price does not move", () => {
    expect(simulatedLosses({ pools: [], amounts: [{ levels: null, worth: 10 }] }, 2, 1)).toEqual([0]);
  });

  test("liquidity holds at the moved price what it would, each token at its own", () => {
    // Over all prices, worth 4 in each: at a root of a half twice the token0, at half its price, and half the token1.
    const pool = { root: of(2, 1), token0: of(2, 1), token1: null };
    const everywhere = { ...pool, ranges: [{ bounds: null, worth0: 4, worth1: 4 }] };
    expect(simulatedLosses({ pools: [everywhere], amounts: [] }, 2, 1)).toEqual([
      8 - (4 * 2 * 0.5 + 4 * 0.5),
    ]);
    // From 0.8 to 1.25 of the root: 4 (1 - 0.8) of token0 and of token1; below 0.8 all token0, 4 (1.25 - 0.8), at half.
    const range = { bounds: { lower: -0.2, upper: 0.25 }, worth0: 4, worth1: 4 };
    const [loss] = simulatedLosses({ pools: [{ ...pool, ranges: [range] }], amounts: [] }, 2, 1);
    expect(loss).toBeCloseTo(1.6 - 4 * 0.45 * 0.5, 12);
    // Above it all token1, 4 (1.25 - 0.8), while token0 doubles.
    const up = { ...pool, root: of(1, 2), token0: of(1, 2), ranges: [range] };
    expect(simulatedLosses({ pools: [up], amounts: [] }, 2, 1)[0]).toBeCloseTo(1.6 - 4 * 0.45, 12);
  });
});

test.each([
  ["one tick", -200312, -200311],
  ["R", -202080, -197280],
  ["all ticks", -887220, 887220],
])("%s: to nine digits what exact amounts at the moved price lose", (_, tickLower, tickUpper) => {
  const [sqrtPriceX96, liquidity] = [3543131922700441390155302n, 10n ** 20n];
  const row = { tickLower, tickUpper, liquidity, basisX64: null };
  const pool = { sqrtPriceX96, tick: -200312, balance0: 0n, balance1: 0n };
  const [unit0, unit1] = [2_000 / 1e18, 1 / 1e6];
  const curve = valueCurve({ bounds: row, liquidity }, sqrtPriceX96);
  const range = {
    bounds: curve.bounds,
    worth0: (Number(liquidity) * 2 ** 96 * unit0) / Number(sqrtPriceX96),
    worth1: curve.scale * unit1,
  };
  const held = movedPrincipal({ row, pool }, moveBy(0));
  const now = Number(held.amount0) * unit0 + Number(held.amount1) * unit1;
  for (const shock of [-0.9, -0.1, -0.00003, 0.00003, 0.1, 9]) {
    const root = of(1, Math.sqrt(1 + shock));
    const [loss = Number.NaN] = simulatedLosses(
      { pools: [{ root, token0: of(1, 1 + shock), token1: null, ranges: [range] }], amounts: [] },
      2,
      1,
    );
    const then = movedPrincipal({ row, pool }, moveBy(shock));
    const worth = Number(then.amount0) * unit0 * (1 + shock) + Number(then.amount1) * unit1;
    expect(Math.abs(loss - (now - worth)) / now).toBeLessThan(1e-9);
  }
});

describe("levels of a pool's root", () => {
  const samples = [
    { time: 300, sqrtPriceX96: 4n },
    { time: 600, sqrtPriceX96: 2n },
  ];

  test("are over the last, and stand still before the first", () => {
    expect(rootLevels(samples, 650, 4, null)).toEqual(of(2, 2, 2, 1));
    expect(rootLevels(samples, 650, 1, null)).toEqual(of(1));
  });

  test("move before the first as another price did", () => {
    expect(rootLevels(samples, 650, 4, of(3, 6, 12, 5))).toEqual(of(0.5, 1, 2, 1));
    expect(rootLevels([], 650, 2, of(3, 6))).toEqual(of(3, 6));
    expect(rootLevels([], 650, 2, null)).toBeNull();
  });
});

test("a token's price is the product along its way, each pool from the token that it has come to", () => {
  const [cat, dog, usd] = ["0xca", "0xd0", "0x05"] as const;
  const route = [
    { token0: dog, token1: cat, root: of(1, 2) },
    { token0: dog, token1: usd, root: of(1, 3) },
  ];
  // A cat is a quarter of a dog, and a dog nine.
  expect(routeLevels(cat, route, 2)).toEqual(of(1, 2.25));
  expect(routeLevels(usd, [], 2)).toEqual(of(1, 1));
});
