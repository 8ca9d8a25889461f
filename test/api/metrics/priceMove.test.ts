import { describe, expect, test } from "vitest";
import { impermanentLoss } from "../../../src/api/metrics/impermanentLoss.ts";
import { inverseMove, moveBy, movedPrincipal, movedSqrtPrice } from "../../../src/api/metrics/priceMove.ts";
import { value } from "../../../src/api/metrics/value.ts";

const S = 3543226830587239509588885n;
const R = { tickLower: -202080, tickUpper: -197280, liquidity: 10n ** 16n, basisX64: null };
const POOL = { sqrtPriceX96: S, tick: -200311, balance0: 0n, balance1: 0n };
const PUT_IN = { hold0: 31442952788347355012n, hold1: 37855704095n, realizedIl0: 0n, realizedIl1: 0n };
const DECIMALS = { token0Decimals: 18, token1Decimals: 6 };

describe("the worked example R", () => {
  test.each([
    [-0.3, -27772.374, -8906.2223],
    [-0.1, -7466.4231, -1177.7059],
    [0.1, 5223.3079, -1065.4093],
    [0.3, 10078.6963, -8787.4554],
  ])("moved by %s", (shock, gain, loss) => {
    const move = moveBy(shock);
    const held = movedPrincipal({ row: R, pool: POOL }, move);
    const at = { ...held, sqrtPriceX96: movedSqrtPrice(S, move) };
    expect((value(at, DECIMALS, "TOKEN1") ?? Number.NaN) - 100742.876496).toBeCloseTo(gain, 4);
    expect(Number(impermanentLoss({ ...PUT_IN, ...at }).totalRaw1) / 1e6).toBeCloseTo(loss, 4);
  });

  test("unmoved it holds what a burn pays now, by the tick of the logs", () => {
    expect(movedPrincipal({ row: R, pool: POOL }, moveBy(0))).toEqual({
      ...{ amount0: 31442952788347355011n, amount1: 37855704094n },
    });
    // At the price of its upper bound, but below the tick: a swap down ended there.
    const pool = { ...POOL, sqrtPriceX96: 2n ** 96n, tick: -1 };
    const row = { ...R, tickLower: -60, tickUpper: 0 };
    expect(movedPrincipal({ row, pool }, moveBy(0)).amount0).toBe(0n);
    expect(movedPrincipal({ row: { ...row, tickLower: 0, tickUpper: 60 }, pool }, moveBy(0)).amount1).toBe(
      0n,
    );
  });

  test("past both bounds it is all of one token, however far", () => {
    const all0 = { amount0: 52120737543872097557n, amount1: 0n };
    const all1 = { amount0: 0n, amount1: 111032957696n };
    expect(movedPrincipal({ row: R, pool: POOL }, moveBy(-0.5))).toEqual(all0);
    expect(movedPrincipal({ row: R, pool: POOL }, moveBy(-0.9999999999999999))).toEqual(all0);
    expect(movedPrincipal({ row: R, pool: POOL }, moveBy(1_000_000))).toEqual(all1);
    const [lowest, highest] = [-887272, 887272];
    const far = { ...R, tickLower: lowest, tickUpper: highest };
    const atEnd = { ...POOL, sqrtPriceX96: 4295128739n, tick: lowest };
    expect(movedPrincipal({ row: far, pool: atEnd }, moveBy(-0.9)).amount1).toBe(0n);
    const atTop = {
      ...POOL,
      sqrtPriceX96: 1461446703485210103287273052203988822378723970341n,
      tick: highest - 1,
    };
    expect(movedPrincipal({ row: far, pool: atTop }, moveBy(1)).amount0).toBe(0n);
  });
});

test("on v2, of reserves at the moved price", () => {
  const row = { tickLower: -887272, tickUpper: 887272, liquidity: 4n, basisX64: 4n * 2n ** 64n };
  const pool = { sqrtPriceX96: 2n ** 96n, tick: 0, balance0: 100n, balance1: 100n };
  expect(movedPrincipal({ row, pool }, moveBy(3))).toEqual({ amount0: 2n, amount1: 8n });
  expect(movedPrincipal({ row, pool }, moveBy(0))).toEqual({ amount0: 4n, amount1: 4n });
  expect(movedPrincipal({ row, pool }, inverseMove(moveBy(3)))).toEqual({ amount0: 8n, amount1: 2n });
});

test.each([
  [2n ** 96n, 0.1, 83095197869223157896060286990n],
  [2n ** 96n, -0.75, 2n ** 95n],
  [2n ** 96n, 3, 2n ** 97n],
  [4n, -0.0625, 3n],
  [2n ** 96n, -0.02, 78431879364700595886224713518n],
  [2n ** 96n, 0.02, 80016521857016594389520272648n],
  [3915851671308254420761618n, 0.01, 3935382224740631964596067n],
])("the root %s of a price moved by %s is rounded down once", (before, shock, root) => {
  // 2^96 * sqrt(1.1) is 83095197869223157896060286990.02...
  expect(movedSqrtPrice(before, moveBy(shock))).toBe(root);
});
