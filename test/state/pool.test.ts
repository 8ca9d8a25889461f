import { expect, test } from "vitest";
import {
  applyLiquidityChange,
  applySwap,
  initializePool,
  LiquidityBeforePriceError,
  NegativeLiquidityError,
  uninitializedPool,
} from "../../src/state/pool.ts";

const atTick = (tick: number) => initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 96n, tick });
const range = { tickLower: -60, tickUpper: 60 };

test("Initialize gives the first price, no liquidity and no protocol fee", () => {
  expect(initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 97n, tick: 13863 })).toEqual({
    sqrtPriceX96: 2n ** 97n,
    tick: 13863,
    liquidity: 0n,
    feeProtocol0: 0,
    feeProtocol1: 0,
    sqrtPriceDouble: 2,
  });
});

test.each([
  ["at the lower bound", -60, 5n],
  ["inside", 0, 5n],
  ["just under the upper bound", 59, 5n],
  ["at the upper bound, which is outside", 60, 0n],
  ["just under the lower bound", -61, 0n],
])("liquidity %s", (_, tick, inRange) => {
  expect(applyLiquidityChange(atTick(tick), { ...range, liquidityDelta: 5n }).liquidity).toBe(inRange);
});

test("a swap down that ends on an initialised tick is below it: the logged tick decides, not the price", () => {
  const crossed = applySwap(atTick(0), {
    sqrtPriceX96: 78990846045029531151608375686n,
    tick: -61,
    liquidity: 0n,
  });
  expect(applyLiquidityChange(crossed, { ...range, liquidityDelta: 5n }).liquidity).toBe(0n);
});

test("a log that is missing shows as an impossible state", () => {
  expect(() => applyLiquidityChange(atTick(0), { ...range, liquidityDelta: -1n })).toThrow(
    NegativeLiquidityError,
  );
  expect(() => applyLiquidityChange(uninitializedPool, { ...range, liquidityDelta: 1n })).toThrow(
    LiquidityBeforePriceError,
  );
});
