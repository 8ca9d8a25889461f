import { expect, test } from "vitest";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { ticksBetween } from "./poolOfPositions.ts";
import { type RandomSwap, randomSwaps } from "./randomSwaps.ts";

const POOLS = Number(process.env.BALLAST_TEST_REPLAY_POOLS ?? 120);
const SWAPS = 30;

test(`${POOLS} random pools: each swap replays from its log to what the contract's steps leave, and fits`, () => {
  const seen = {
    swaps: 0,
    dustTails: 0,
    zeroLength: 0,
    landings: 0,
    crossings: 0,
    noAmounts: 0,
    wordEdges: 0,
  };
  for (let seed = 1; seed <= POOLS; seed++) {
    let number = 0;
    for (const swap of randomSwaps(seed, SWAPS)) {
      requireSame(swap, `seed ${seed}, swap ${number++}`);
      count(seen, swap);
    }
  }
  if (process.env.BALLAST_TEST_REPLAY_POOLS !== undefined) console.log(seen);
  // Without these there would be nothing to get wrong.
  expect(seen.dustTails).toBeGreaterThan(POOLS / 4);
  expect(seen.zeroLength).toBeGreaterThan(POOLS / 4);
  expect(seen.landings).toBeGreaterThan(POOLS);
  expect(seen.crossings).toBeGreaterThan(POOLS);
  expect(seen.noAmounts).toBeGreaterThan(POOLS / 4);
  expect(seen.wordEdges).toBeGreaterThan(POOLS);
});

function requireSame(
  { before, ticksBefore, ticksAfter, swapped, timestamp }: RandomSwap,
  where: string,
): void {
  const { pool, log } = swapped;
  const crossed = ticksBetween(ticksBefore, before.tick, log.tick);
  const after = (() => {
    try {
      return replaySwap(before, crossed, log, timestamp);
    } catch (error) {
      throw new Error(where, { cause: error });
    }
  })();
  const { feeGrowthGlobal0X128, feeGrowthGlobal1X128, protocolFees0, protocolFees1 } = pool;
  expect(after, where).toMatchObject({
    feeGrowthGlobal0X128,
    feeGrowthGlobal1X128,
    protocolFees0,
    protocolFees1,
  });
  expect(after.crossed.length, where).toBe(crossed.length);
  for (const state of after.crossed) expect(state, where).toEqual(ticksAfter.get(state.tick));
}

function count(seen: Record<string, number>, { swapped: { log, steps } }: RandomSwap): void {
  const add = (what: string, times: number) => {
    seen[what] = (seen[what] ?? 0) + times;
  };
  const last = steps.at(-1);
  add("swaps", 1);
  add("dustTails", steps.length > 1 && last?.moved === false ? 1 : 0);
  add("zeroLength", steps.filter((step) => step.reached && !step.moved).length);
  add("landings", last?.reached ? 1 : 0);
  add("crossings", steps.filter((step) => step.reached && step.initialized).length);
  add("noAmounts", log.amount0 === 0n && log.amount1 === 0n ? 1 : 0);
  add("wordEdges", steps.filter((step) => step.reached && !step.initialized && step.liquidity > 0n).length);
}
