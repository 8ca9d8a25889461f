import { expect, test } from "vitest";
import { emptyCorePosition, insideOf, touchCorePosition } from "../../src/state/corePosition.ts";
import { NegativeLiquidityError } from "../../src/state/tick.ts";

const Q128 = 2n ** 128n;
const inside = {
  feeGrowthInside0X128: Q128,
  feeGrowthInside1X128: 2n * Q128,
  secondsInside: 30,
  lvrInsideX128: 40n,
};
const change = (liquidityDelta: bigint, amount0 = 0n, amount1 = 0n) => ({ liquidityDelta, amount0, amount1 });

test("a Burn owes fees and principal; the manager then reads the growth that the pool stored", () => {
  const minted = touchCorePosition(emptyCorePosition, change(10n, 99n, 99n), {
    ...inside,
    feeGrowthInside0X128: 0n,
  });
  expect(minted).toMatchObject({ liquidity: 10n, tokensOwed0: 0n, tokensOwed1: 0n });
  const burnt = touchCorePosition(minted, change(-4n, 5n, 6n), inside);
  expect(burnt).toMatchObject({ liquidity: 6n, tokensOwed0: 10n + 5n, tokensOwed1: 6n });
  expect(insideOf(burnt)).toEqual(inside);
});

test("a poke owes fees alone", () => {
  const minted = touchCorePosition(emptyCorePosition, change(10n), { ...inside, feeGrowthInside0X128: 0n });
  expect(touchCorePosition(minted, change(0n), inside)).toMatchObject({ liquidity: 10n, tokensOwed0: 10n });
});

test("more liquidity burnt than minted means that a log is missing", () => {
  expect(() => touchCorePosition(emptyCorePosition, change(-1n), inside)).toThrow(NegativeLiquidityError);
});
