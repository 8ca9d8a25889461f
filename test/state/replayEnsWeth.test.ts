import { decodeEventLog } from "viem";
import { expect, test } from "vitest";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { loadEnsWethLogs } from "../replay/ensWeth.ts";
import { mint, poolOfPositions, ticksBetween } from "./poolOfPositions.ts";

test("a mainnet pool from its creation: 63 swaps, each log fits, growth is what the contract had", () => {
  const world = poolOfPositions(
    { tickSpacing: 60, sqrtPriceX96: 2505290050365003892876723467n, tick: -69082 },
    [],
  );
  let swaps = 0;
  for (const { topics, data, timestamp } of inOrder(loadEnsWethLogs())) {
    const [signature, ...indexed] = topics;
    if (signature === undefined) throw new Error("a log without topics");
    const { eventName, args } = decodeEventLog({
      abi: uniswapV3PoolAbi,
      topics: [signature, ...indexed],
      data,
    });
    const { pool, ticks } = world;
    if (eventName === "Mint") mint(world, { ...args, liquidity: args.amount }, timestamp);
    // The second burn is of no liquidity: it must not create a tick.
    if (eventName === "Burn" && args.amount > 0n)
      mint(world, { ...args, liquidity: -args.amount }, timestamp);
    if (eventName === "Swap") {
      const { crossed, ...after } = replaySwap(
        swapRuleOf("UNISWAP_V3"),
        pool,
        ticksBetween(ticks, pool.tick, args.tick),
        { ...args, fee: 3000, pluginFee: 0 },
        timestamp,
      );
      for (const state of crossed) ticks.set(state.tick, state);
      const { feeGrowthGlobal0X128, feeGrowthGlobal1X128 } = after;
      const { sqrtPriceX96, tick, liquidity } = args;
      world.pool = { ...pool, feeGrowthGlobal0X128, feeGrowthGlobal1X128, sqrtPriceX96, tick, liquidity };
      swaps++;
    }
  }
  expect(swaps).toBe(63);
  expect(world.pool).toMatchObject({
    feeGrowthGlobal0X128: 266282611448330124281963066120359863n,
    feeGrowthGlobal1X128: 73345741942492068516943857586510392481n,
    liquidity: 66387141178760536346n,
    tick: 56154,
  });
});

function inOrder<T extends { blockNumber: number; logIndex: number }>(logs: readonly T[]): T[] {
  return [...logs].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}
