import type { ChainClient } from "../../../demo/chain/client.ts";
import { runRandomHistory } from "../../../demo/chain/history.ts";
import { feeWeights, openingWeights, type Weights } from "../../../demo/chain/historyOperations.ts";
import type { HistoryPoolOptions } from "../../../demo/chain/historyWorld.ts";
import {
  collectPancakeProtocol,
  createPancakePool,
  deployPancakeV3,
  setPancakeFeeProtocol,
} from "../../../demo/chain/pancakeV3Contracts.ts";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { readPoolState } from "../../../demo/chain/readPoolState.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";
import type { RecordedHistory, StateAtBlock } from "../fees/recordHistory.ts";

// The protocol's own are others than Uniswap's, and come between blocks.
const { changeProtocolFee: _, payProtocol: __, ...swapping } = feeWeights;

/** One random operation a block on PancakeSwap v3, and now and then the protocol's; pools read after each block. */
export async function recordPancakeHistory(
  client: ChainClient,
  options: { seed: number; operations: number; pools: HistoryPoolOptions[] },
): Promise<RecordedHistory & { protocolChanges: number }> {
  const states: StateAtBlock[] = [];
  const random = seededRandomness(options.seed + 1);
  let protocolChanges = 0;
  const opening = 7 * options.pools.length;
  const weights = (count: number): Weights => (count < opening ? openingWeights : swapping);
  const history = await runRandomHistory(client, {
    ...options,
    perBlock: 1,
    weights,
    fork: { deploy: deployPancakeV3, createPool: createPancakePool },
    afterBlock: async (world, { pools }) => {
      const block = Number(await client.getBlockNumber());
      for (const { pool } of pools) {
        const state = world.states.get(pool);
        if (state !== undefined) states.push({ pool, block, state });
      }
      const pool = random.chance(0.04) ? random.pick(pools)?.pool : undefined;
      if (pool === undefined) return;
      const of = { from: world.deployment.deployer, factory: world.deployment.factory, pool };
      const parts = [0, 1000, 1001, 3333, 3999, 4000];
      const [part0, part1] = [random.pick(parts) ?? 0, random.pick(parts) ?? 0];
      const change = setPancakeFeeProtocol({ ...of, part0, part1 });
      await sendInOneBlock(client, [random.chance(0.6) ? change : collectPancakeProtocol(of)]);
      protocolChanges++;
      const state = await readPoolState(client, pool);
      states.push({ pool, block: Number(await client.getBlockNumber()), state });
    },
  });
  return { ...history, states, protocolChanges };
}
