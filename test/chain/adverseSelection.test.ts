import type { Hono } from "hono";
import { parseAbi, parseEventLogs } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poolAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { ask, createTestApi } from "../api/client.ts";
import type { TestDatabase } from "../api/database.ts";
import { databaseOf } from "../api/indexedWorld.ts";
import { decodeLogs, loadHandlers } from "../inMemory/indexLogs.ts";
import { readLogs } from "../inMemory/readLogs.ts";
import { type FlowScript, type Lp, scriptFlow } from "./flow/scriptFlow.ts";

const events = parseAbi([
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
]);

/** What the pool's logs say, read apart from the product. */
type Trade = { block: number; time: number; hash: string; amount0: number; amount1: number; price: number };
type Change = Lp & { block: number; liquidity: number };
type Step = { trade: Trade } | { change: Change };

let anvil: Anvil;
let client: ChainClient;
let script: FlowScript;
let db: TestDatabase;
let app: Hono;
let steps: Step[];
/** Price after each block, by the contract's own getter. */
let blocks: { block: number; time: number; price: number }[];

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  script = await scriptFlow(client);
  const { factory, positionManager } = script.at;
  const logs = await readLogs(client, [factory, positionManager, script.pool]);
  const index = await loadHandlers({ factory, positionManager });
  db = await databaseOf(await index(decodeLogs(logs, { factory, positionManager })));
  app = createTestApi(db.database, {
    chains: [{ id: 31337, name: "anvil", quoteToken: null, quoteMinDepth: 1 }],
  });
  steps = await readSteps();
  blocks = await readBlocks();
});

afterAll(async () => {
  await db?.close();
  await anvil?.stop();
});

async function readSteps(): Promise<Step[]> {
  const times = new Map((await readBlockTimes()).map(({ block, time }) => [block, time]));
  const logs = parseEventLogs({
    abi: events,
    logs: await client.getLogs({ address: script.pool, fromBlock: 0n }),
  });
  return logs.map((log): Step => {
    const block = Number(log.blockNumber);
    if (log.eventName === "Swap") {
      const { amount0, amount1, sqrtPriceX96 } = log.args;
      const price = (Number(sqrtPriceX96) / 2 ** 96) ** 2;
      const place = { block, time: times.get(block) ?? 0, hash: log.transactionHash };
      return { trade: { ...place, amount0: Number(amount0), amount1: Number(amount1), price } };
    }
    const { owner, tickLower, tickUpper, amount } = log.args;
    const liquidity = log.eventName === "Mint" ? Number(amount) : -Number(amount);
    return { change: { owner, tickLower, tickUpper, block, liquidity } };
  });
}

async function readBlockTimes(): Promise<{ block: number; time: number }[]> {
  const newest = Number(await client.getBlockNumber());
  const numbers = Array.from({ length: newest + 1 }, (_, i) => i);
  const read = await Promise.all(numbers.map((i) => client.getBlock({ blockNumber: BigInt(i) })));
  return read.map(({ number, timestamp }) => ({ block: Number(number), time: Number(timestamp) }));
}

async function readBlocks(): Promise<typeof blocks> {
  const [first] = trades();
  const times = (await readBlockTimes()).filter(({ block }) => block >= (first?.block ?? 0));
  return Promise.all(
    times.map(async ({ block, time }) => {
      const slot0 = { address: script.pool, abi: poolAbi, functionName: "slot0" } as const;
      const [sqrtPriceX96] = await client.readContract({ ...slot0, blockNumber: BigInt(block) });
      return { block, time, price: (Number(sqrtPriceX96) / 2 ** 96) ** 2 };
    }),
  );
}

/** Token0 held, and worth in token1, of a unit of liquidity. */
function unit({ tickLower, tickUpper }: Lp, price: number): { x: number; value: number } {
  const [a, b] = [1.0001 ** (tickLower / 2), 1.0001 ** (tickUpper / 2)];
  const s = Math.min(b, Math.max(a, Math.sqrt(price)));
  const x = 1 / s - 1 / b;
  return { x, value: x * price + s - a };
}

/** x0 (P1 - P0) - (V1 - V0), summed over LPs and samples (metrics.md 7.1), in raw token1. */
function rebalancingLoss(everySwap: boolean, upTo: number, only?: Lp): number {
  const liquidity = new Map<string, { lp: Lp; amount: number }>();
  const key = (lp: Lp) => `${lp.owner}:${lp.tickLower}:${lp.tickUpper}`;
  let [sample, price, block, sum] = [1, 1, 0, 0];
  const takeSample = () => {
    for (const { lp, amount } of liquidity.values()) {
      if (only !== undefined && key(only) !== key(lp)) continue;
      const [before, after] = [unit(lp, sample), unit(lp, price)];
      sum += amount * (before.x * (price - sample) - (after.value - before.value));
    }
    sample = price;
  };
  for (const step of steps) {
    const at = "trade" in step ? step.trade.block : step.change.block;
    if (at > upTo) break;
    if (at !== block) takeSample();
    block = at;
    if ("trade" in step) {
      price = step.trade.price;
      if (everySwap) takeSample();
    } else {
      takeSample();
      const { change } = step;
      const before = liquidity.get(key(change))?.amount ?? 0;
      liquidity.set(key(change), { lp: change, amount: before + change.liquidity });
    }
  }
  takeSample();
  return sum;
}

const trades = () => steps.flatMap((step) => ("trade" in step ? [step.trade] : []));

/** Of the trades: gain and notional `horizon` seconds later, by the price that the contract had then. */
function markouts(of: readonly Trade[], horizon: number, head: number): { gain: number; traded: number }[] {
  return of
    .filter(({ time }) => time + horizon <= head)
    .map(({ time, amount0, amount1 }) => {
      const later = blocks.filter((block) => block.time <= time + horizon).at(-1)?.price ?? Number.NaN;
      return { gain: amount0 * later + amount1, traded: Math.abs(amount1) };
    });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

async function askPool(fields: string, block: number) {
  const { data, errors } = await ask(
    app,
    `{pool(chainId: 31337, poolId: "${script.pool}", asOf: {block: ${block}}) {${fields}}}`,
  );
  expect(errors).toEqual([]);
  return data.pool;
}

const LVR = "adverseSelection(window: ALL) {lvr lvrPerSwap feesLp feesMinusLvr lvrCoverage}";

describe("a chain of arbitrage and noise", () => {
  test("is what it is said to be: LPs lose to those who know the price, and gain by those who do not", () => {
    const meanOf = (kind: string) => {
      const of = trades().filter(({ hash }) => script.traders.get(hash) === kind);
      expect(of.length).toBeGreaterThan(15);
      const found = markouts(of, 0, Number.POSITIVE_INFINITY);
      return sum(found.map(({ gain }) => gain)) / sum(found.map(({ traded }) => traded));
    };
    expect(meanOf("ARBITRAGE")).toBeLessThan(0);
    expect(meanOf("NOISE")).toBeGreaterThan(0);
  });

  test("its loss versus rebalancing, by block and by swap, is that of its LPs' holdings by the contract's prices", async () => {
    const before = script.sandwichBlock - 1;
    const { adverseSelection } = await askPool(LVR, before);
    const [byBlock, bySwap] = [rebalancingLoss(false, before), rebalancingLoss(true, before)];
    expect(byBlock / 1e18).toBeGreaterThan(0.01);
    expect(adverseSelection.lvr / (byBlock / 1e18)).toBeCloseTo(1, 7);
    expect(adverseSelection.lvrPerSwap / (bySwap / 1e18)).toBeCloseTo(1, 7);
    expect(bySwap).toBeGreaterThan(byBlock * 1.05);
    expect(adverseSelection.feesMinusLvr).toBeCloseTo(adverseSelection.feesLp - adverseSelection.lvr, 9);
    expect(adverseSelection.lvrCoverage).toBeCloseTo(adverseSelection.feesLp / adverseSelection.lvr, 7);
  });

  test("each LP's loss is its own, and all of them are the pool's", async () => {
    const before = script.sandwichBlock - 1;
    let all = 0;
    for (const lp of script.lps) {
      const id = `31337:${script.pool}:${lp.owner}:${lp.tickLower}:${lp.tickUpper}@${before}`.toLowerCase();
      const { data } = await ask(
        app,
        `{position(id: "${id}") {adverseSelection(window: ALL) {lvr lvrPerSwap}}}`,
      );
      const { lvr, lvrPerSwap } = data.position.adverseSelection;
      expect(lvr / (rebalancingLoss(false, before, lp) / 1e18)).toBeCloseTo(1, 7);
      expect(lvrPerSwap).toBeNull();
      all += lvr;
    }
    expect(all / (await askPool(LVR, before)).adverseSelection.lvr).toBeCloseTo(1, 9);
  });

  test("a sandwich that ends where it began costs by the swap and not by the block", async () => {
    const [before, after] = await Promise.all(
      [script.sandwichBlock - 1, script.sandwichBlock].map((block) => askPool(LVR, block)),
    );
    const expected =
      rebalancingLoss(true, script.sandwichBlock) - rebalancingLoss(true, script.sandwichBlock - 1);
    expect(after.adverseSelection.lvr).toBe(before.adverseSelection.lvr);
    const cost = after.adverseSelection.lvrPerSwap - before.adverseSelection.lvrPerSwap;
    expect(cost / (expected / 1e18)).toBeCloseTo(1, 6);
    expect(cost).toBeGreaterThan(0.01);
  });

  test.each([0, 60, 300, 3_600])(
    "markouts %i seconds later are those of the contract's later prices",
    async (horizon) => {
      const fields = `adverseSelection(window: ALL, horizon: ${horizon}) {markout toxicVolumeShare}`;
      const { adverseSelection } = await askPool(fields, script.sandwichBlock);
      const head = blocks.at(-1)?.time ?? 0;
      const found = markouts(trades(), horizon, head);
      if (found.length === 0)
        return expect(adverseSelection).toEqual({ markout: null, toxicVolumeShare: null });
      const traded = sum(found.map((each) => each.traded));
      const lost = sum(found.filter(({ gain }) => gain < 0).map((each) => each.traded));
      expect(adverseSelection.markout).toBeCloseTo(sum(found.map(({ gain }) => gain)) / traded, 12);
      expect(adverseSelection.toxicVolumeShare).toBeCloseTo(lost / traded, 12);
    },
  );

  test("flow is what its traders paid and took", async () => {
    const { flow } = await askPool(
      "flow(window: ALL) {imbalance swaps paidIn {amount0 amount1} takenOut {amount0 amount1}}",
      script.sandwichBlock,
    );
    const [bought, sold] = [
      sum(trades().map(({ amount1 }) => Math.max(amount1, 0))),
      sum(trades().map(({ amount1 }) => Math.max(-amount1, 0))),
    ];
    expect(flow.swaps).toBe(trades().length);
    expect(flow.imbalance).toBeCloseTo((bought - sold) / (bought + sold), 12);
    expect(Number(flow.paidIn.amount1) / bought).toBeCloseTo(1, 12);
    expect(Number(flow.takenOut.amount1) / sold).toBeCloseTo(1, 12);
  });
});
