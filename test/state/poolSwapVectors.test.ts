import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { swapOnUniswapV3 } from "./contractSwap.ts";
import { poolOfPositions, ticksBetween } from "./poolOfPositions.ts";

type Vector = {
  pool: string;
  fee: number;
  tickSpacing: number;
  initSqrtPriceX96: string;
  positions: [number, number, string][];
  zeroForOne: boolean;
  amountSpecified: string;
  sqrtPriceLimitX96: string;
  expected: Record<
    | "amount0Delta"
    | "amount1Delta"
    | "feeGrowthGlobal0X128Delta"
    | "feeGrowthGlobal1X128Delta"
    | "poolPriceAfter"
    | "tickAfter",
    string
  >;
};

const FIXTURE = new URL("../fixtures/v3-pool-swaps/swaps.json", import.meta.url);
const cases = JSON.parse(readFileSync(FIXTURE, "utf8")) as (Vector | { error: string })[];
const swaps = cases.filter((vector) => "expected" in vector);

test("190 of the contract authors' 240 swaps do not revert", () => {
  expect([cases.length, swaps.length]).toEqual([240, 190]);
});

describe.each([...new Set(swaps.map((vector) => vector.pool))])("%s", (pool) => {
  const of = swaps.filter((vector) => vector.pool === pool);
  test.each(
    of.map((vector) => [vector.zeroForOne ? "0 for 1" : "1 for 0", vector.amountSpecified, vector] as const),
  )("%s, amount %s: replays to the recorded growth and tick", (_way, _amount, vector) => {
    const { expected } = vector;
    const { log, before, ticks } = logOf(vector);
    expect([log.amount0, log.amount1]).toEqual([
      BigInt(expected.amount0Delta),
      BigInt(expected.amount1Delta),
    ]);
    expect(log.tick).toBe(Number(expected.tickAfter));
    const price = (Number(log.sqrtPriceX96) / 2 ** 96) ** 2;
    expect(Math.abs(price / Number(expected.poolPriceAfter) - 1)).toBeLessThan(5e-5);
    const after = replaySwap(
      swapRuleOf("UNISWAP_V3"),
      before,
      ticksBetween(ticks, before.tick, log.tick),
      log,
      1_700_000_000,
    );
    expect(after.feeGrowthGlobal0X128).toBe(BigInt(expected.feeGrowthGlobal0X128Delta));
    expect(after.feeGrowthGlobal1X128).toBe(BigInt(expected.feeGrowthGlobal1X128Delta));
    expect([after.protocolFees0, after.protocolFees1]).toEqual([0n, 0n]);
  });
});

/** The vectors have amounts, growth and tick to the last unit, the price to five digits: the swap itself has it all. */
function logOf(vector: Vector) {
  const { fee, tickSpacing, initSqrtPriceX96, positions, zeroForOne, amountSpecified, sqrtPriceLimitX96 } =
    vector;
  const { pool: before, ticks } = poolOfPositions(
    { tickSpacing, sqrtPriceX96: BigInt(initSqrtPriceX96) },
    positions.map(([tickLower, tickUpper, liquidity]) => ({
      tickLower,
      tickUpper,
      liquidity: BigInt(liquidity),
    })),
  );
  const order = {
    zeroForOne,
    amountSpecified: BigInt(amountSpecified),
    sqrtPriceLimitX96: BigInt(sqrtPriceLimitX96),
    fee,
    pluginFee: 0,
  };
  const swapped = swapOnUniswapV3(before, new Map(ticks), order, 1_700_000_000);
  if (swapped === undefined) throw new Error(`${vector.pool} reverts: check its inputs`);
  return { log: swapped.log, before, ticks };
}
