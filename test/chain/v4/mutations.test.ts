import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../../demo/chain/anvil.ts";
import { chainClient } from "../../../demo/chain/client.ts";
import { type Mutation, mutatedTree, removeTree } from "../fees/mutatedTree.ts";
import { recordV4History, type V4History } from "./history.ts";
import { poolSpecs } from "./poolSpecs.ts";
import { loadV4Handlers, type Replayed, replayHistory } from "./replayHistory.ts";

const ADAPTER = "src/protocols/uniswapV4.ts";
const RULE = "src/state/swapRule.ts";
const MODIFY = "src/indexing/recordModification.ts";
const POSITION = "src/state/position.ts";
const part = "fee === feeProtocol ? feeAmount : ((amountIn + feeAmount) * feeProtocol) / ONE_IN_PIPS";
const donation = "changePoolAlone(scope, poolId, (pool) => applyDonation(pool, given))";
const paid = "payPosition(booked, { paid: owed, debited: owed, sqrtPriceX96 })";

const mutations: Record<string, Mutation[]> = {
  "amounts as the swapper sees them": [
    { file: ADAPTER, from: "amount0: -args.amount0", to: "amount0: args.amount0" },
    { file: ADAPTER, from: "amount1: -args.amount1", to: "amount1: args.amount1" },
  ],
  "the protocol's part by v3's formula": [
    { file: RULE, from: part, to: "fee === 0n ? 0n : feeAmount / feeProtocol" },
  ],
  "the protocol's part of the fee, not of the input": [
    { file: RULE, from: part, to: "(feeAmount * feeProtocol) / ONE_IN_PIPS" },
  ],
  "no swaps whose whole fee is the protocol's": [
    { file: RULE, from: part, to: "((amountIn + feeAmount) * feeProtocol) / ONE_IN_PIPS" },
  ],
  "the last step by v3's formula": [{ file: RULE, from: "lastFeeByRate: true", to: "lastFeeByRate: false" }],
  "the protocol's fees of the two directions swapped": [
    { file: ADAPTER, from: "args.protocolFee & 0xfff", to: "args.protocolFee >> 12" },
    {
      file: ADAPTER,
      from: "feeProtocol1: args.protocolFee >> 12",
      to: "feeProtocol1: args.protocolFee & 0xfff",
    },
  ],
  "the pool's fee before the swap's": [
    { file: "src/indexing/recordSwap.ts", from: "swap.fee ?? pool.fee", to: "pool.fee ?? swap.fee" },
  ],
  "positions without their salt": [{ file: POSITION, from: "key.salt", to: "key.tickLower" }],
  "token ids without their manager": [{ file: POSITION, from: "{manager}:$", to: "{tokenId}:$" }],
  "donations that give nothing": [
    {
      file: "src/indexing/recordManagedPool.ts",
      from: donation,
      to: "changePoolAlone(scope, poolId, (pool) => (given.amount0 < 0n ? applyDonation(pool, given) : pool))",
    },
  ],
  "fees that wait for a collect": [
    { file: MODIFY, from: paid, to: `(kind === "COLLECT" ? ${paid} : booked)` },
  ],
  "principal rounded down on its way in": [
    { file: "src/indexing/changeRange.ts", from: "liquidity, roundUp }", to: "liquidity, roundUp: false }" },
  ],
};

/** Of `npm run test:v4` alone: a minute and more. */
const runs = process.env.BALLAST_TEST_SWAPS !== undefined;

let anvil: Anvil;
let history: V4History;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 4, keptStates: 60 });
  history = await recordV4History(chainClient(anvil.url), { seed: 4, swaps: 150, pools: poolSpecs });
});

afterAll(() => anvil?.stop());

test.skipIf(!runs)("a copy of the sources that is not changed follows the chain", async () => {
  expect((await replayedWith([])).wrong).toEqual([]);
});

test.skipIf(!runs).for(Object.entries(mutations))("%s: the rows are not the chain's", async ([, edits]) => {
  expect((await replayedWith(edits)).wrong.length).toBeGreaterThan(0);
});

/** By the handlers of a source tree of their own, which take the place of those that were there. */
async function replayedWith(edits: readonly Mutation[]): Promise<Replayed> {
  const root = await mutatedTree(edits);
  try {
    await loadV4Handlers(history.world, root);
    return await replayHistory(history, true);
  } finally {
    await removeTree(root);
  }
}
