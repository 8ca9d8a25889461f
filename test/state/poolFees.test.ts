import { expect, test } from "vitest";
import { initializePool, type PricedPool, uninitializedPool } from "../../src/state/pool.ts";
import {
  addFees,
  applyCollectProtocol,
  applyFlash,
  applyProtocolFee,
  FlashWithoutLiquidityError,
  ProtocolOverpaidError,
  UnknownProtocolFeeError,
} from "../../src/state/poolFees.ts";

const Q128 = 2n ** 128n;
// At price 4.
const pool: PricedPool = {
  ...(initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 97n, tick: 13863 }) as PricedPool),
  liquidity: 4n,
};

test("a flash pays the protocol its share, rounded down, and the liquidity in range the rest", () => {
  const flashed = applyFlash({ ...pool, feeProtocol0: 4, feeProtocol1: 0 }, { paid0: 11n, paid1: 3n });
  expect(flashed).toMatchObject({
    protocolFees0: 2n,
    protocolFees1: 0n,
    feeGrowthGlobal0X128: (9n * Q128) / 4n,
    feeGrowthGlobal1X128: (3n * Q128) / 4n,
    feesProtocol0: 2n,
    feesProtocolValue1: 8n,
    feesProtocolValue0: 2n,
    feesLp0: 9n,
    feesLp1: 3n,
    feesLpValue1: 39n,
    feesLpValue0: 9n,
    balance0: 11n,
    balance1: 3n,
  });
});

test("growth goes round at 2^256, protocol fees at 2^128", () => {
  const full = { ...pool, feeProtocol0: 4, feeGrowthGlobal0X128: 2n ** 256n - 1n, protocolFees0: Q128 - 1n };
  expect(applyFlash(full, { paid0: 8n, paid1: 0n })).toMatchObject({
    feeGrowthGlobal0X128: (6n * Q128) / 4n - 1n,
    protocolFees0: 1n,
  });
});

test("a flash with nobody in range cannot be", () => {
  expect(() => applyFlash({ ...pool, liquidity: 0n }, { paid0: 1n, paid1: 1n })).toThrow(
    FlashWithoutLiquidityError,
  );
});

test("SetFeeProtocol must start from the fees that were", () => {
  const change = { feeProtocol0Old: 0, feeProtocol1Old: 0, feeProtocol0New: 4, feeProtocol1New: 10 };
  const set = applyProtocolFee(pool, change);
  expect(set).toMatchObject({ feeProtocol0: 4, feeProtocol1: 10 });
  expect(() => applyProtocolFee(set, change)).toThrow(UnknownProtocolFeeError);
});

test("the protocol takes no more than it is owed", () => {
  const owed = { ...pool, protocolFees0: 5n, protocolFees1: 5n, balance0: 9n, balance1: 9n };
  expect(applyCollectProtocol(owed, { amount0: 4n, amount1: 5n })).toMatchObject({
    protocolFees0: 1n,
    protocolFees1: 0n,
    balance0: 5n,
    balance1: 4n,
  });
  expect(() => applyCollectProtocol(owed, { amount0: 6n, amount1: 0n })).toThrow(ProtocolOverpaidError);
});

test("fees are summed by party, and valued at the price of their event, truncated", () => {
  const once = addFees(pool, { lp0: 3n, lp1: 0n, protocol0: 1n, protocol1: 0n });
  expect(addFees(once, { lp0: 0n, lp1: 7n, protocol0: 0n, protocol1: 2n })).toMatchObject({
    feesLp0: 3n,
    feesLp1: 7n,
    feesLpValue1: 12n + 7n,
    feesLpValue0: 3n + 1n,
    feesProtocol0: 1n,
    feesProtocol1: 2n,
    feesProtocolValue1: 4n + 2n,
    feesProtocolValue0: 1n + 0n,
  });
});
