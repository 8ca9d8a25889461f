import type { Address } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../../demo/chain/history.ts";
import { feeWeights, openingWeights } from "../../../demo/chain/historyOperations.ts";
import type { HistoryPoolOptions } from "../../../demo/chain/historyWorld.ts";
import type { PoolState } from "../../../demo/chain/readPoolState.ts";

/** A pool as the chain had it right after a block. */
export type StateAtBlock = { pool: Address; block: number; state: PoolState };

export type RecordedHistory = RandomHistory & { states: StateAtBlock[] };

/**
 * One random operation a block, some six positions a pool first and then swaps above all. After each block
 * the pool that it changed is read from the chain, and another one, which must not have changed.
 */
export async function recordHistory(
  client: ChainClient,
  options: { seed: number; operations: number; pools: HistoryPoolOptions[] },
): Promise<RecordedHistory> {
  const states: StateAtBlock[] = [];
  const opening = 7 * options.pools.length;
  const history = await runRandomHistory(client, {
    ...options,
    perBlock: 1,
    weights: (count) => (count < opening ? openingWeights : feeWeights),
    afterBlock: (world, { number: block, pools }) => {
      const idle = world.pools[block % world.pools.length];
      for (const { pool } of idle === undefined || block % 10 > 0 ? pools : [...pools, idle]) {
        const state = world.states.get(pool);
        if (state !== undefined) states.push({ pool, block, state });
      }
    },
  });
  return { ...history, states };
}
