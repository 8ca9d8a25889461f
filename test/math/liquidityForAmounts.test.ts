import { expect, test } from "vitest";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { getLiquidityForAmounts } from "../../src/math/liquidityForAmounts.ts";
import { getSqrtPriceAtReserves } from "../../src/math/pairMath.ts";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";

const priceOf = (amount1: bigint, amount0: bigint) => getSqrtPriceAtReserves(amount0, amount1);
const [lowerX96, upperX96] = [priceOf(100n, 110n), priceOf(110n, 100n)];

// The literals of v3-periphery's LiquidityAmounts.spec.ts.
test.each([
  ["inside", priceOf(1n, 1n), 2148n],
  ["below", priceOf(99n, 110n), 1048n],
  ["above", priceOf(111n, 100n), 2097n],
  ["at the lower bound", priceOf(100n, 110n), 1048n],
  ["at the upper bound", priceOf(110n, 100n), 2097n],
])("%s: as the published library", (_, price, liquidity) => {
  expect(getLiquidityForAmounts(price, { lowerX96, upperX96 }, { amount0: 100n, amount1: 200n })).toBe(
    liquidity,
  );
});

test("a mint of what it answers takes no more than the amounts, and of one more takes more", () => {
  for (let i = 1; i <= 500; i++) {
    const tick = ((i * 7919) % 4000) - 2000;
    const [tickLower, tickUpper] = [-1000 - (i % 7) * 10, 300 + (i % 11) * 60];
    const amounts = { amount0: BigInt(i * i * 99_991), amount1: BigInt(i * 1_000_003) };
    const sqrtPriceX96 = getSqrtPriceAtTick(tick);
    const bounds = { lowerX96: getSqrtPriceAtTick(tickLower), upperX96: getSqrtPriceAtTick(tickUpper) };
    const liquidity = getLiquidityForAmounts(sqrtPriceX96, bounds, amounts);
    const at = { sqrtPriceX96, tick, tickLower, tickUpper, roundUp: true };
    const taken = getAmountsForLiquidity({ ...at, liquidity });
    expect(taken.amount0 <= amounts.amount0 && taken.amount1 <= amounts.amount1).toBe(true);
    const more = getAmountsForLiquidity({ ...at, liquidity: liquidity + liquidity / 1_000n + 2_000n });
    expect(more.amount0 > amounts.amount0 || more.amount1 > amounts.amount1).toBe(true);
  }
});
