import { describe, expect, it } from "vitest";
import { breakEven } from "../../../src/api/metrics/breakEven.ts";

const Q96 = 2n ** 96n;
const L = 10n ** 18n;

/** All prices, put in at price 1, where it is again. */
const full = {
  sums: { liquidity: L, hold0: L, hold1: L, realizedIl1: 0n },
  held: { amount0: L, amount1: L },
  ranges: [{ tickLower: -887220, tickUpper: 887220, liquidity: L }],
  fees: { amount0: 0n, amount1: L / 100n },
  sqrtPriceX96: Q96,
};

describe("break-even moves", () => {
  it("of a full range are where its loss, L (root P - 1)^2, is the fees", () => {
    const { lower, upper } = breakEven(full);
    expect([lower, upper]).toEqual([expect.closeTo(-0.19, 12), expect.closeTo(0.21, 12)]);
  });

  it("are near where fees are small, to the same relative precision", () => {
    // A root of fees of 10^-12 is 10^-6: moves of 2 x 10^-6, less and more 10^-12.
    const { lower, upper } = breakEven({ ...full, fees: { amount0: 0n, amount1: L / 10n ** 12n } });
    expect((lower ?? 0) * 1e6).toBeCloseTo(-1.999999, 9);
    expect((upper ?? 0) * 1e6).toBeCloseTo(2.000001, 9);
  });

  it("value fees in token0 at the moved price", () => {
    // f P = (root P - 1)^2 with f = 1/100: root P = 1 / (1 +- 1/10).
    const { lower, upper } = breakEven({ ...full, fees: { amount0: L / 100n, amount1: 0n } });
    expect(lower).toBeCloseTo(1 / 1.21 - 1, 12);
    expect(upper).toBeCloseTo(1 / 0.81 - 1, 12);
  });

  it("count a realised loss, which no price undoes", () => {
    // Fees of 5/100 less a loss of 4/100.
    const sums = { ...full.sums, realizedIl1: -L / 25n };
    const { lower, upper } = breakEven({ ...full, sums, fees: { amount0: 0n, amount1: L / 20n } });
    expect([lower, upper]).toEqual([expect.closeTo(-0.19, 12), expect.closeTo(0.21, 12)]);
  });

  it("lie on one side only where the loss is not paid yet", () => {
    // At price 4, where L (2 - 1)^2 is lost, and fees are L/100: paid again at 1.21, and lost again at 0.81 beyond it.
    const moved = { ...full, sqrtPriceX96: 2n * Q96, held: { amount0: L / 2n, amount1: 2n * L } };
    const { lower, upper } = breakEven(moved);
    expect(lower).toBeCloseTo(1.21 / 4 - 1, 12);
    expect(upper).toBeNull();
  });

  it("go on beyond the range, where nothing is traded any more", () => {
    // [-6932, 6932): price 1/2 to 2 nearly; above it all is token1, and each token0 of the basket gained is lost.
    const [tickLower, tickUpper] = [-6932, 6932];
    const root = 1.0001 ** (tickUpper / 2);
    const share = 1 - 1 / root;
    const held = BigInt(Math.round(1e18 * share));
    const book = {
      ...{
        ...full,
        ranges: [{ tickLower, tickUpper, liquidity: L }],
        held: { amount0: held, amount1: held },
      },
      sums: { liquidity: L, hold0: held, hold1: held, realizedIl1: 0n },
      fees: { amount0: 0n, amount1: L },
    };
    // root - 1/root + 1 = share P + share, in units of L.
    const { lower, upper } = breakEven(book);
    expect(upper).toBeCloseTo((root - 1 / root + 1 - share) / share - 1, 9);
    // Below all is token0, 1 = share + (share - (root - 1/root)) P, and even at price 0 only the token1 is lost.
    expect(lower).toBeNull();
    // Of two halves of the liquidity in two positions it is the same.
    const half = { tickLower, tickUpper, liquidity: L / 2n };
    expect(breakEven({ ...book, ranges: [half, half] })).toEqual({ lower: null, upper });
  });

  it("are null without fees and without liquidity", () => {
    const none = { lower: null, upper: null };
    expect(breakEven({ ...full, fees: { amount0: 0n, amount1: 0n } })).toEqual(none);
    const closed = { liquidity: 0n, hold0: 0n, hold1: 0n, realizedIl1: -5n };
    expect(breakEven({ ...full, sums: closed, held: { amount0: 0n, amount1: 0n }, ranges: [] })).toEqual(
      none,
    );
  });
});
