import { describe, expect, test } from "vitest";
import {
  marketBasis,
  moveReserves,
  pairAmounts,
  pairPrincipal,
  pendingMint,
} from "../../src/state/pairPool.ts";
import { uninitializedPool } from "../../src/state/pool.ts";

// metrics.md 1.2 and 6.1: 1,000 of 18 decimals and 2,000,000 of 6, then 10 in for 19,743.160687.
const SHARES = 44721359549995793n;
const PART = 447213595499957n;
const K = 2n * 10n ** 33n;
const before = { balance0: 10n ** 21n, balance1: 2n * 10n ** 12n, shares: SHARES, kLast: K, feeOn: false };
const after = { ...before, balance0: 1_010n * 10n ** 18n, balance1: 1_980_256_839_313n };
const price = (pool: typeof before) =>
  moveReserves(uninitializedPool, { reserve0: pool.balance0, reserve1: pool.balance1 });

describe("what a burn pays", () => {
  test("is the LP tokens' part of the reserves, rounded down", () => {
    expect(pairAmounts(before, PART)).toEqual({ amount0: 9999999999999979204n, amount1: 19999999999n });
    expect(pairAmounts(after, PART)).toEqual({ amount0: 10099999999999978996n, amount1: 19802568393n });
  });

  test("has grown with the root of the reserves' product", () => {
    const growth = Number(price(after).liquidity) / Number(price(before).liquidity) - 1;
    expect(growth).toBeCloseTo(1.485181624e-5, 14);
  });

  test("is less where the protocol's fee is known to be on: it mints its LP tokens first", () => {
    const on = { ...after, feeOn: true };
    expect(pendingMint(on)).toBe(110697532322n);
    expect(pairAmounts(on, PART)).toEqual({ amount0: 10099974999813932698n, amount1: 19802519376n });
  });

  test("counts nothing for the protocol while it is not known whether its fee is on, nor without growth", () => {
    expect(pendingMint({ ...after, feeOn: null })).toBe(0n);
    expect(pendingMint({ ...before, feeOn: true })).toBe(0n);
    expect(pendingMint({ ...after, feeOn: true, kLast: null })).toBe(0n);
  });

  test("is rounded up for who buys at market", () => {
    expect(pairAmounts(before, PART, true)).toEqual({ amount0: 9999999999999979205n, amount1: 20000000000n });
    expect(pairAmounts(before, SHARES, true)).toEqual({ amount0: 10n ** 21n, amount1: 2n * 10n ** 12n });
  });

  test("is nothing of a pair without LP tokens", () => {
    expect(pairAmounts({ ...before, shares: null }, 5n)).toEqual({ amount0: 0n, amount1: 0n });
  });
});

describe("principal", () => {
  const basisX64 = 8249634742471172390889025817280512n;

  test("bought at market is the part of the product's root, of which the coming LP tokens are counted", () => {
    expect(marketBasis(before, PART)).toBe(basisX64);
    expect(marketBasis({ ...after, feeOn: true }, PART)).toBe(8249736844187237139260327831975547n);
  });

  test("follows the price without the fees that came in: 10.099849998884 and 19,802.274293", () => {
    expect(pairPrincipal(price(after), basisX64)).toEqual({
      amount0: 10099849998883700603n,
      amount1: 19802274293n,
    });
  });

  test("is exact at prices of which sqrtPriceX96 keeps few bits", () => {
    const pool = { balance0: 2n ** 112n - 1n, balance1: 3n, sqrtPriceX96: 1904410002820n };
    const root = 124807413944863399n;
    expect(pairPrincipal(pool, root * 2n ** 64n)).toEqual({
      amount0: 5192296858534827618918650959582247n,
      amount1: 2n,
    });
  });

  test("of a drained pair is at its last price", () => {
    const drained = { balance0: 0n, balance1: 5n, sqrtPriceX96: 2n ** 97n };
    expect(pairPrincipal(drained, 10n * 2n ** 64n)).toEqual({ amount0: 5n, amount1: 20n });
  });
});

test("a reserve of 0 says no price: the last one stays, and liquidity is 0", () => {
  const priced = moveReserves(uninitializedPool, { reserve0: 1n, reserve1: 4n });
  expect(priced).toMatchObject({ sqrtPriceX96: 2n ** 97n, tick: 13863, sqrtPriceDouble: 2, liquidity: 2n });
  expect(moveReserves(priced, { reserve0: 0n, reserve1: 4n })).toEqual({
    ...priced,
    balance0: 0n,
    liquidity: 0n,
  });
});
