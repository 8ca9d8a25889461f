import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EmptyRangeError,
  getAmountsForLiquidity,
  PriceOffTickError,
} from "../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";

// Position R of metrics.md 0.5.
const R = { tickLower: -202080, tickUpper: -197280, liquidity: 10n ** 16n };
const AT_ENTRY = { ...R, tick: -200311, sqrtPriceX96: 3543226830587239509588885n };

describe("getAmountsForLiquidity", () => {
  it("rounds down what burning R pays (metrics.md 1.1)", () => {
    expect(getAmountsForLiquidity({ ...AT_ENTRY, roundUp: false })).toEqual({
      amount0: 31442952788347355011n,
      amount1: 37855704094n,
    });
  });

  it("rounds up what minting R takes (metrics.md 1.1)", () => {
    expect(getAmountsForLiquidity({ ...AT_ENTRY, roundUp: true })).toEqual({
      amount0: 31442952788347355012n,
      amount1: 37855704095n,
    });
  });

  it.each([-202081, -887272])("is all token0 below the range, at tick %i (metrics.md 1.1)", (tick) => {
    const at = { ...R, tick, sqrtPriceX96: getSqrtPriceAtTick(tick), roundUp: false };
    expect(getAmountsForLiquidity(at)).toEqual({ amount0: 52120737543872097557n, amount1: 0n });
  });

  it.each([-197280, 887271])(
    "is all token1 at and above the upper tick, at tick %i (metrics.md 1.1)",
    (tick) => {
      const at = { ...R, tick, sqrtPriceX96: getSqrtPriceAtTick(tick), roundUp: false };
      expect(getAmountsForLiquidity(at)).toEqual({ amount0: 0n, amount1: 111032957696n });
    },
  );

  it("is nothing without liquidity (metrics.md 1.1)", () => {
    const empty = { ...AT_ENTRY, liquidity: 0n };
    for (const roundUp of [false, true]) {
      expect(getAmountsForLiquidity({ ...empty, roundUp })).toEqual({ amount0: 0n, amount1: 0n });
    }
  });

  it("follows the tick after a swap down that ends exactly on an edge of the range", () => {
    const onLower = { ...R, tick: -202081, sqrtPriceX96: getSqrtPriceAtTick(-202080), roundUp: false };
    expect(getAmountsForLiquidity(onLower)).toEqual({ amount0: 52120737543872097557n, amount1: 0n });
    const onUpper = { ...R, tick: -197281, sqrtPriceX96: getSqrtPriceAtTick(-197280), roundUp: false };
    expect(getAmountsForLiquidity(onUpper)).toEqual({ amount0: 0n, amount1: 111032957696n });
  });

  it("branches on the tick where price and tick disagree about the side", () => {
    const below = { ...AT_ENTRY, tick: -202081, roundUp: false };
    expect(getAmountsForLiquidity(below)).toEqual({ amount0: 52120737543872097557n, amount1: 0n });
    const above = { ...AT_ENTRY, tick: -197280, roundUp: false };
    expect(getAmountsForLiquidity(above)).toEqual({ amount0: 0n, amount1: 111032957696n });
  });

  it("refuses a range of no width and a price outside the range that the tick is in", () => {
    const { tickLower } = R;
    expect(() => getAmountsForLiquidity({ ...AT_ENTRY, tickUpper: tickLower, roundUp: false })).toThrow(
      EmptyRangeError,
    );
    const high = { ...AT_ENTRY, sqrtPriceX96: getSqrtPriceAtTick(-197279), roundUp: false };
    expect(() => getAmountsForLiquidity(high)).toThrow(PriceOffTickError);
    const low = { ...AT_ENTRY, sqrtPriceX96: getSqrtPriceAtTick(-202081), roundUp: false };
    expect(() => getAmountsForLiquidity(low)).toThrow(PriceOffTickError);
  });

  it("pays less than it takes, by at most one unit of each token", () => {
    const tick = fc.integer({ min: -887272, max: 887271 });
    const bits = fc.integer({ min: 1, max: 128 });
    fc.assert(
      fc.property(tick, tick, tick, bits, (a, b, at, liquidityBits) => {
        fc.pre(a !== b);
        const range = { tickLower: Math.min(a, b), tickUpper: Math.max(a, b) };
        const liquidity = 2n ** BigInt(liquidityBits) - 1n;
        const position = { ...range, liquidity, tick: at, sqrtPriceX96: getSqrtPriceAtTick(at) };
        const down = getAmountsForLiquidity({ ...position, roundUp: false });
        const up = getAmountsForLiquidity({ ...position, roundUp: true });
        expect(down.amount0 <= up.amount0 && up.amount0 <= down.amount0 + 1n).toBe(true);
        expect(down.amount1 <= up.amount1 && up.amount1 <= down.amount1 + 1n).toBe(true);
      }),
    );
  });
});
