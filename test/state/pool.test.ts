import { expect, test } from "vitest";
import {
  changeBalance,
  changeLiquidity,
  initializePool,
  movePrice,
  NegativeBalanceError,
  type PricedPool,
  uninitializedPool,
} from "../../src/state/pool.ts";
import { NegativeLiquidityError } from "../../src/state/tick.ts";

const atTick = (tick: number) =>
  initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 96n, tick }) as PricedPool;
const range = { tickLower: -60, tickUpper: 60 };

test("Initialize gives the first price, which is the first sample too, no liquidity and no protocol fee", () => {
  expect(initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 97n, tick: 13863 })).toEqual({
    ...uninitializedPool,
    sqrtPriceX96: 2n ** 97n,
    tick: 13863,
    sqrtPriceDouble: 2,
    lvrSqrtPriceX96: 2n ** 97n,
    lvrTick: 13863,
  });
});

test.each([
  ["at the lower bound", -60, 5n],
  ["inside", 0, 5n],
  ["just under the upper bound", 59, 5n],
  ["at the upper bound, which is outside", 60, 0n],
  ["just under the lower bound", -61, 0n],
])("liquidity %s", (_, tick, inRange) => {
  expect(changeLiquidity(atTick(tick), { ...range, liquidityDelta: 5n }).liquidity).toBe(inRange);
});

test("a swap down that ends on an initialised tick is below it: the logged tick decides, not the price", () => {
  const crossed = movePrice(atTick(0), { sqrtPriceX96: 78990846045029531151608375686n, tick: -61 });
  expect(changeLiquidity(crossed, { ...range, liquidityDelta: 5n }).liquidity).toBe(0n);
});

test("a log that is missing shows as an impossible state", () => {
  expect(() => changeLiquidity(atTick(0), { ...range, liquidityDelta: -1n })).toThrow(NegativeLiquidityError);
  expect(() => changeBalance(atTick(0), { amount0: 1n, amount1: -1n })).toThrow(NegativeBalanceError);
});

test("the balance is what was paid in less what was paid out", () => {
  const paidIn = changeBalance(atTick(0), { amount0: 7n, amount1: 5n });
  expect(changeBalance(paidIn, { amount0: -7n, amount1: 1n })).toMatchObject({ balance0: 0n, balance1: 6n });
});
