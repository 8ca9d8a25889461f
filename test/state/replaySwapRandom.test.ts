import { expect, test } from "vitest";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { ticksBetween } from "./poolOfPositions.ts";
import { type RandomMarket, randomMarkets } from "./randomMarkets.ts";
import { type RandomSwap, randomSwaps } from "./randomSwaps.ts";

const POOLS = Number(process.env.BALLAST_TEST_REPLAY_POOLS ?? 120);
const SWAPS = 30;

test.each(randomMarkets.map((market) => [market.protocol, market] as const))(
  `%s, ${POOLS} random pools: each swap replays from its log to what the contract's steps leave, and fits`,
  (protocol, market) => {
    const seen = replayPools(market);
    if (process.env.BALLAST_TEST_REPLAY_POOLS !== undefined) console.log(protocol, seen);
    // Without these there would be nothing to get wrong.
    expect(seen.swaps).toBeGreaterThan(POOLS * 25);
    expect(seen.dustTails).toBeGreaterThan(POOLS / 4);
    expect(seen.zeroLength).toBeGreaterThan(POOLS / 4);
    expect(seen.landings).toBeGreaterThan(POOLS / 2);
    expect(seen.crossings).toBeGreaterThan(POOLS);
    expect(seen.noAmounts).toBeGreaterThan(POOLS / 4);
    expect(seen.protocolFees).toBeGreaterThan(POOLS / 4);
    if (protocol === "ALGEBRA_INTEGRAL") expect(seen.pluginFees).toBeGreaterThan(POOLS);
    else expect(seen.wordEdges).toBeGreaterThan(POOLS);
    if (protocol === "UNISWAP_V4") {
      expect(seen.standStill).toBeGreaterThan(POOLS / 4);
      expect(seen.allFee).toBeGreaterThan(POOLS / 4);
    }
  },
);

type Seen = Record<
  | "swaps"
  | "dustTails"
  | "zeroLength"
  | "landings"
  | "crossings"
  | "noAmounts"
  | "wordEdges"
  | "protocolFees"
  | "pluginFees"
  | "standStill"
  | "allFee",
  number
>;

function replayPools(market: RandomMarket): Seen {
  const none = { swaps: 0, dustTails: 0, zeroLength: 0, landings: 0, crossings: 0, noAmounts: 0 };
  const seen = { ...none, wordEdges: 0, protocolFees: 0, pluginFees: 0, standStill: 0, allFee: 0 };
  for (let seed = 1; seed <= POOLS; seed++) {
    let number = 0;
    for (const swap of randomSwaps(market, seed, SWAPS)) {
      requireSame(market, swap, `seed ${seed}, swap ${number++}`);
      count(seen, swap);
    }
  }
  return seen;
}

function requireSame(
  { protocol }: RandomMarket,
  { before, ticksBefore, ticksAfter, swapped, timestamp }: RandomSwap,
  where: string,
): void {
  const { pool, log, protocolFee, pluginFee } = swapped;
  const crossed = ticksBetween(ticksBefore, before.tick, log.tick);
  const after = (() => {
    try {
      return replaySwap(swapRuleOf(protocol), before, crossed, log, timestamp);
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
    feeProtocol: protocolFee,
    feePlugin: pluginFee,
  });
  expect(after.crossed.length, where).toBe(crossed.length);
  for (const state of after.crossed) expect(state, where).toEqual(ticksAfter.get(state.tick));
}

function count(seen: Seen, { before, swapped }: RandomSwap): void {
  const { log, steps, protocolFee, pluginFee } = swapped;
  const add = (what: keyof Seen, times: number | boolean) => {
    seen[what] += Number(times);
  };
  const last = steps.at(-1);
  const noAmounts = log.amount0 === 0n && log.amount1 === 0n;
  add("swaps", 1);
  add("dustTails", steps.length > 1 && last?.moved === false);
  add("zeroLength", steps.filter((step) => step.reached && !step.moved).length);
  add("landings", last?.reached ?? false);
  add("crossings", steps.filter((step) => step.reached && step.initialized).length);
  add("noAmounts", noAmounts);
  add("wordEdges", steps.filter((step) => step.reached && !step.initialized && step.liquidity > 0n).length);
  add("protocolFees", protocolFee > 0n);
  add("pluginFees", pluginFee > 0n);
  add("standStill", noAmounts && log.sqrtPriceX96 === before.sqrtPriceX96);
  add("allFee", log.fee === 1_000_000 && !noAmounts);
}
