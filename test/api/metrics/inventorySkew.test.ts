import { describe, expect, it } from "vitest";
import { inventorySkew, inventorySkewE18, share0, skewRisk } from "../../../src/api/metrics/inventorySkew.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";

/** Position R of metrics.md 0.5 with the pool at a tick's own price. */
function rAt(tick: number, range = { tickLower: -202080, tickUpper: -197280 }) {
  const at = {
    ...range,
    tick,
    sqrtPriceX96: getSqrtPriceAtTick(tick),
    liquidity: 10n ** 16n,
    roundUp: false,
  };
  return { ...getAmountsForLiquidity(at), sqrtPriceX96: at.sqrtPriceX96 };
}

const NOTHING = { amount0: 0n, amount1: 0n, sqrtPriceX96: 2n ** 96n };

describe("R at its entry (metrics.md 2.1)", () => {
  it("has token0's share 0.624234433137", () => {
    expect(share0(rAt(-200311))?.toFixed(12)).toBe("0.624234433137");
  });

  it("has skew 248468866274055952e-18", () => {
    expect(inventorySkewE18(rAt(-200311))).toBe(248468866274055952n);
    expect(inventorySkew(rAt(-200311))).toBe(0.24846886627405596);
  });
});

describe("R at tick -198311, price 2442.83 (metrics.md 2.1)", () => {
  it("has token0's share 0.226321061965", () => {
    expect(share0(rAt(-198311))?.toFixed(12)).toBe("0.226321061965");
  });

  it("has skew -0.547357876070, truncated towards zero", () => {
    expect(inventorySkew(rAt(-198311))?.toFixed(12)).toBe("-0.547357876070");
    expect(inventorySkewE18(rAt(-198311))).toBe(-547357876070495302n);
  });
});

describe("inventory skew", () => {
  it("is +1 below the range and -1 above it, exactly (metrics.md 2.1)", () => {
    for (const tick of [-202081, -203000, -887272]) {
      expect([inventorySkew(rAt(tick)), inventorySkewE18(rAt(tick)), share0(rAt(tick))]).toEqual([
        1,
        10n ** 18n,
        1,
      ]);
    }
    for (const tick of [-197280, -197000, 887271]) {
      expect([inventorySkew(rAt(tick)), inventorySkewE18(rAt(tick)), share0(rAt(tick))]).toEqual([
        -1,
        -(10n ** 18n),
        0,
      ]);
    }
  });

  it("is 0 at the range's geometric centre, up to rounding (metrics.md 2.1)", () => {
    // 5944654e-18: the last digits of amounts of 11 figures.
    expect(inventorySkewE18(rAt(-199680))).toBe(5944654n);
    expect(share0(rAt(-199680))?.toFixed(10)).toBe("0.5000000000");
  });

  it("is 0 over the full range at any price, up to rounding (metrics.md 2.1)", () => {
    const full = { tickLower: -887220, tickUpper: 887220 };
    for (const tick of [-200311, -100000, 0, 100000, 200311]) {
      expect(Math.abs(inventorySkew(rAt(tick, full)) ?? Number.NaN)).toBeLessThan(1e-10);
    }
  });

  it("is formed on summed amounts over positions of one pool (metrics.md 2.3)", () => {
    const r = rAt(-200311);
    const skew = inventorySkew({ ...r, amount1: r.amount1 + 20000000000n });
    expect(skew?.toFixed(6)).toBe("0.041671");
  });

  it("falls as the price rises", () => {
    const ticks = [-202080, -201000, -200311, -199680, -198311, -197281];
    const skews = ticks.map((tick) => inventorySkewE18(rAt(tick)) ?? 0n);
    expect(skews).toEqual([...skews].sort((a, b) => (a < b ? 1 : -1)));
    expect(new Set(skews).size).toBe(6);
  });

  it("is null with nothing held", () => {
    expect([share0(NOTHING), inventorySkew(NOTHING), inventorySkewE18(NOTHING)]).toEqual([null, null, null]);
  });
});

describe("skewRisk", () => {
  it("turns the sign where token1 is the risk", () => {
    expect(skewRisk(0.25, 0)).toBe(0.25);
    expect(skewRisk(0.25, 1)).toBe(-0.25);
    expect(skewRisk(-1, 1)).toBe(1);
    expect(skewRisk(0, 1)).toBe(0);
    expect(skewRisk(null, 1)).toBeNull();
  });
});
