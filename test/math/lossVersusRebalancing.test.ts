import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { lossVersusRebalancing } from "../../src/math/lossVersusRebalancing.ts";
import { getSqrtPriceAtTick, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../src/math/tickMath.ts";
import { valueX192 } from "../../src/math/valueMath.ts";

const ONE = 2n ** 96n;
const sqrtPriceX96 = fc.bigInt({ min: MIN_SQRT_PRICE, max: MAX_SQRT_PRICE });

describe("a move of the price", () => {
  test("costs (s1 - s0)^2 / s0 within the range, up as down", () => {
    expect(lossVersusRebalancing(1n, 8n * ONE, ONE, 2n * ONE)).toBe(2n ** 128n);
    expect(lossVersusRebalancing(1n, 8n * ONE, 2n * ONE, ONE)).toBe(2n ** 127n);
  });

  test("costs nothing where it does not happen or not touch the range", () => {
    expect(lossVersusRebalancing(ONE, 2n * ONE, 3n * ONE, 3n * ONE)).toBe(0n);
    expect(lossVersusRebalancing(ONE, 2n * ONE, 3n * ONE, 2n * ONE)).toBe(0n);
    expect(lossVersusRebalancing(ONE, 2n * ONE, ONE / 2n, ONE)).toBe(0n);
  });

  test("through the whole range costs by where it comes to rest: (v - u)(s1^2 - uv) / uv", () => {
    expect(lossVersusRebalancing(ONE, 2n * ONE, ONE / 2n, 4n * ONE)).toBe(7n * 2n ** 128n);
    // Down to 1/2: (1 - 2)(1/4 - 2) / 2 = 7/8.
    expect(lossVersusRebalancing(ONE, 2n * ONE, 4n * ONE, ONE / 2n)).toBe((7n * 2n ** 128n) / 8n);
  });

  test("adds up over two adjacent ranges, but for one unit of 2^-128, and is never negative", () => {
    fc.assert(
      fc.property(fc.array(sqrtPriceX96, { minLength: 5, maxLength: 5 }), (prices) => {
        const [from = 1n, to = 1n, ...bounds] = prices;
        const [a = 1n, b = 1n, c = 1n] = bounds.sort((x, y) => (x < y ? -1 : 1));
        const whole = lossVersusRebalancing(a, c, from, to);
        const parts = [lossVersusRebalancing(a, b, from, to), lossVersusRebalancing(b, c, from, to)] as const;
        expect(parts.every((part) => part >= 0n)).toBe(true);
        expect([0n, 1n]).toContain(whole - parts[0] - parts[1]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** metrics.md 7.1: a position of liquidity 10^16 in [-202080, -197280) through six ticks; token1 has 6 decimals. */
describe("the worked example", () => {
  const TICKS = [-200311, -199900, -200100, -199500, -198900, -199400];
  const LIQUIDITY = 10n ** 16n;
  const RANGE = { tickLower: -202080, tickUpper: -197280 };
  const [lower, upper] = [getSqrtPriceAtTick(RANGE.tickLower), getSqrtPriceAtTick(RANGE.tickUpper)];
  const prices = TICKS.map(getSqrtPriceAtTick);
  const moves = prices.slice(1).map((to, n) => ({ from: prices[n] ?? 0n, to }));
  const lvrX128 = moves.map(({ from, to }) => lossVersusRebalancing(lower, upper, from, to) * LIQUIDITY);

  test("by whole raw units of what is held, as the example is printed: the identity holds exactly", () => {
    const { items, lvr, il, hedge } = byDefinition(LIQUIDITY);
    expect(items.map(inToken1)).toEqual([
      "192.769883",
      "45.191957",
      "419.141616",
      "431.905730",
      "292.522788",
    ]);
    expect([inToken1(lvr), inToken1(il)]).toEqual(["1381.531975", "-971.200535"]);
    expect(il).toBe(hedge - lvr);
  });

  test("by growth, which rounds no amounts: the same to one raw unit an item", () => {
    const items = ["192.769883", "45.191956", "419.141616", "431.905731", "292.522788"];
    expect(lvrX128.map((item) => inToken1(item << 64n))).toEqual(items);
    // The identity between growth and amounts that are 2^64 times as fine: to all digits.
    const fine = byDefinition(LIQUIDITY << 64n);
    const lvr = lvrX128.reduce((sum, item) => sum + item) << 64n;
    expect(inToken1(lvr)).toBe("1381.531974");
    expect(inToken1(fine.lvr >> 64n)).toBe("1381.531974");
    expect(inToken1((fine.hedge >> 64n) - lvr)).toBe("-971.200534");
    expect(inToken1(fine.il >> 64n)).toBe("-971.200534");
  });

  /** In token1 times 2^192: what moves cost a portfolio that holds the position's token0 and trades at each price. */
  function byDefinition(liquidity: bigint) {
    const held = TICKS.map((tick, n) => {
      const state = { tick, sqrtPriceX96: prices[n] ?? 0n, ...RANGE, liquidity, roundUp: false };
      return { ...getAmountsForLiquidity(state), price: state.sqrtPriceX96 };
    });
    const [first, last] = [held[0], held.at(-1)];
    if (first === undefined || last === undefined) throw new Error("an empty path");
    const steps = held.slice(1).map((to, n) => ({ from: held[n] ?? first, to }));
    const rise = (amount0: bigint, { from, to }: (typeof steps)[number]) =>
      valueX192(amount0, 0n, to.price) - valueX192(amount0, 0n, from.price);
    const value = ({ amount0, amount1, price }: typeof first) => valueX192(amount0, amount1, price);
    const items = steps.map((step) => rise(step.from.amount0, step) - value(step.to) + value(step.from));
    return {
      items,
      lvr: items.reduce((sum, item) => sum + item),
      il: valueX192(last.amount0 - first.amount0, last.amount1 - first.amount1, last.price),
      hedge: steps.reduce((sum, step) => sum + rise(step.from.amount0 - first.amount0, step), 0n),
    };
  }

  /** Rounded to raw units of token1. */
  function inToken1(x192: bigint): string {
    const raw = (x192 + 2n ** 191n) >> 192n;
    const digits = String(raw < 0n ? -raw : raw).padStart(7, "0");
    return `${raw < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }
});
