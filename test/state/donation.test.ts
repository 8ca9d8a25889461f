import { expect, test } from "vitest";
import { applyDonation, DonationToNobodyError } from "../../src/state/donation.ts";
import { initializePool, type PricedPool, uninitializedPool } from "../../src/state/pool.ts";

const Q128 = 2n ** 128n;
/** At price 4 in token1 for a token0. */
const pool: PricedPool = {
  ...(initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 97n, tick: 13_863 }) as PricedPool),
  liquidity: 5n,
};

test("a donation raises growth by its part of a unit of liquidity, rounded down, and is all the LPs'", () => {
  const after = applyDonation(pool, { amount0: 10n, amount1: 7n });
  expect(after).toMatchObject({
    feeGrowthGlobal0X128: 680564733841876926926749214863536422912n,
    feeGrowthGlobal1X128: 476395313689313848848724450404475496038n,
    balance0: 10n,
    balance1: 7n,
    feesLp0: 10n,
    feesLp1: 7n,
    // 10 x 4 + 7, and 10 + 7 / 4.
    feesLpValue1: 47n,
    feesLpValue0: 11n,
    protocolFees0: 0n,
    protocolFees1: 0n,
    feesProtocol0: 0n,
  });
});

test("growth goes round at 2^256, as in the contract", () => {
  const near = { ...pool, liquidity: 1n, feeGrowthGlobal0X128: 2n ** 256n - Q128 };
  expect(applyDonation(near, { amount0: 3n, amount1: 0n }).feeGrowthGlobal0X128).toBe(2n * Q128);
});

test("the protocol takes nothing of it, whatever its fees", () => {
  const after = applyDonation({ ...pool, feeProtocol0: 1000 }, { amount0: 1_000_000n, amount1: 0n });
  expect([after.feesLp0, after.protocolFees0]).toEqual([1_000_000n, 0n]);
});

test("a donation to no liquidity tells of a lost log: the contract refuses it", () => {
  const nobody = { ...pool, liquidity: 0n };
  expect(() => applyDonation(nobody, { amount0: 1n, amount1: 0n })).toThrow(DonationToNobodyError);
});
