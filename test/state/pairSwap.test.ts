import { expect, test } from "vitest";
import { moveReserves } from "../../src/state/pairPool.ts";
import { ProductFellError, requireProduct, swapPair } from "../../src/state/pairSwap.ts";
import { type PricedPool, uninitializedPool } from "../../src/state/pool.ts";

const reserves = { reserve0: 1_000_000n, reserve1: 4_000_000n };
const pool = (feeOn: boolean | null) =>
  ({ ...moveReserves(uninitializedPool, reserves), feeOn, tokenMovesBalances: false }) as PricedPool;
const none = { amount0In: 0n, amount1In: 0n, amount0Out: 0n, amount1Out: 0n };
const swap = { ...none, poolId: "0xaa", sender: "0x01", recipient: "0x02" } as const;

test("a swap pays 3/1000 of its input, all of it the LPs' while the protocol's fee is not known to be on", () => {
  const traded = { ...swap, amount0In: 10_000n, amount1Out: 39_486n };
  for (const feeOn of [null, false]) {
    const swapped = swapPair(pool(feeOn), traded, { reserve0: 1_010_000n, reserve1: 3_960_514n });
    expect(swapped).toMatchObject({
      amounts: { amount0: 10_000n, amount1: -39_486n },
      feeLp: 30n,
      feeProtocol: 0n,
    });
    expect(swapped.pool).toMatchObject({
      ...{ swaps: 1, volume0: 10_000n, volume1: 39_486n, feesLp0: 30n, feesLp1: 0n, feesProtocol0: 0n },
      ...{ balance0: 1_010_000n, balance1: 3_960_514n, liquidity: 2_000_029n, tokenMovesBalances: false },
    });
  }
});

test("a sixth of the fee, rounded down, is the protocol's where its fee is on", () => {
  const traded = { ...swap, amount1In: 41_700n, amount0Out: 10_000n };
  const swapped = swapPair(pool(true), traded, { reserve0: 990_000n, reserve1: 4_041_700n });
  expect(swapped).toMatchObject({ feeLp: 105n, feeProtocol: 20n });
  expect(swapped.pool).toMatchObject({ feesLp1: 105n, feesProtocol1: 20n, feesLp0: 0n, feesProtocol0: 0n });
});

test("of a flash swap volume is one side: what came in less what went out; both inputs pay the fee", () => {
  const flashed = { ...swap, amount0In: 2_010n, amount1In: 5_000n, amount0Out: 2_000n, amount1Out: 4_000n };
  const swapped = swapPair(pool(null), flashed, { reserve0: 1_000_010n, reserve1: 4_001_000n });
  expect(swapped.amounts).toEqual({ amount0: 10n, amount1: 1_000n });
  expect(swapped.pool).toMatchObject({ volume0: 10n, volume1: 1_000n, feesLp0: 6n, feesLp1: 15n });
  expect(swapped.feeLp).toBe(6n);
});

test("reserves that are others than the amounts say: the token moves balances by itself", () => {
  const traded = { ...swap, amount0In: 10_000n, amount1Out: 39_486n };
  const swapped = swapPair(pool(null), traded, { reserve0: 1_010_000n, reserve1: 3_960_513n });
  expect(swapped.pool.tokenMovesBalances).toBe(true);
  expect(swapped.pool.balance1).toBe(3_960_513n);
});

test("a swap that leaves less than the pair allows is a lost log", () => {
  const traded = { ...swap, amount0In: 10_000n, amount1Out: 39_486n };
  const { reserve0, reserve1 } = { reserve0: 1_010_000n, reserve1: 3_960_514n };
  // (1,010,000,000 - 30,000) x 3,960,514,000 is 4.00000032e18.
  expect(() => requireProduct(pool(null), traded, { reserve0, reserve1 })).not.toThrow();
  expect(() => requireProduct(pool(null), traded, { reserve0, reserve1: reserve1 - 1n })).toThrow(
    ProductFellError,
  );
});
