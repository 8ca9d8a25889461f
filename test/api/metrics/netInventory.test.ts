import { describe, expect, it } from "vitest";
import { netInventory, netInventoryRatio } from "../../../src/api/metrics/netInventory.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";

const RANGE = { tickLower: -202080, tickUpper: -197280, liquidity: 10n ** 16n, roundUp: false };
const sqrtPriceX96 = getSqrtPriceAtTick(-198311);
const R = {
  ...getAmountsForLiquidity({ ...RANGE, tick: -198311, sqrtPriceX96 }),
  hold0: 31442952788347355012n,
  hold1: 37855704095n,
  sqrtPriceX96,
};

describe("R at tick -198311 after entry at -200311 (metrics.md 2.2)", () => {
  it("is net short 21.277774327 token0 and net long 47031.867064 token1", () => {
    expect(netInventory(R)).toEqual({ amount0: -21277774327089510500n, amount1: 47031867064n });
  });

  it("has ratio -0.453301", () => {
    expect(netInventoryRatio(R)?.toFixed(6)).toBe("-0.453301");
  });
});

describe("netInventory", () => {
  it("is positive in the token that order flow sold to the LP", () => {
    const at = { amount0: 3n, amount1: 7n, hold0: 5n, hold1: 5n, sqrtPriceX96: 2n ** 96n };
    expect(netInventory(at)).toEqual({ amount0: -2n, amount1: 2n });
    expect(netInventoryRatio(at)).toBe(-0.2);
  });

  it("has no ratio without a basket", () => {
    const closed = { amount0: 0n, amount1: 0n, hold0: 0n, hold1: 0n, sqrtPriceX96: 2n ** 96n };
    expect(netInventory(closed)).toEqual({ amount0: 0n, amount1: 0n });
    expect(netInventoryRatio(closed)).toBeNull();
  });
});
