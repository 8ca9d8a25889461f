import { type Address, decodeFunctionResult, encodeFunctionData, parseAbi } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { deployContract } from "../../demo/chain/deploy.ts";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import { isQuotable, type QuotedPool, quote } from "../../src/api/metrics/quote.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";
import { recordV4History, type V4History } from "./v4/history.ts";
import { poolSpecs } from "./v4/poolSpecs.ts";
import { loadV4Handlers, replayHistory } from "./v4/replayHistory.ts";
import type { V4Pool } from "./v4/world.ts";

const QUOTES = Number(process.env.BALLAST_TEST_QUOTES ?? 200);
const abi = parseAbi([
  "struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }",
  "struct Single { PoolKey poolKey; bool zeroForOne; uint128 exactAmount; bytes hookData; }",
  "function quoteExactInputSingle(Single params) returns (uint256 amountOut, uint256 gasEstimate)",
]);

let anvil: Anvil;
let client: ChainClient;
let history: V4History;
let quoter: Address;
let tables: Tables;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 4, keptStates: 60 });
  client = chainClient(anvil.url);
  history = await recordV4History(client, { seed: 3, swaps: 60, pools: poolSpecs });
  const { deployer, poolManager } = history.world.at;
  quoter = await deployContract(client, deployer, publishedArtifact("uniswapV4Quoter"), [poolManager]);
  await loadV4Handlers(history.world);
  ({ tables } = await replayHistory(history));
});

afterAll(async () => {
  await anvil?.stop();
});

test(`${QUOTES} random quotes are V4Quoter's, which refuses those that liquidity runs out for`, async () => {
  const random = seededRandomness(4_004);
  const counts = { taken: 0, refused: 0, crossed: 0, withProtocolFee: 0 };
  for (let i = 0; i < QUOTES; i++) {
    const pool = random.pick(history.world.pools.filter((some) => isQuotable(rowOf(some))));
    if (pool === undefined) throw new Error("the history has no pool without hooks");
    const row = rowOf(pool);
    const zeroForOne = random.chance(0.5);
    const amountIn = random.size(1n, random.chance(0.2) ? 2n ** 100n : row.liquidity + 10n);
    const ours = quote(row, ticksOf(pool), { zeroForOne, amountIn });
    const theirs = await askQuoter(pool, zeroForOne, amountIn);
    const said = `${amountIn} of token${zeroForOne ? 0 : 1} in ${pool.poolId}`;
    const taken = ours?.amountInUsed === amountIn;
    expect(taken ? ours.amountOut : undefined, said).toBe(theirs);
    counts[taken ? "taken" : "refused"]++;
    if (taken && Number(ours.ticksCrossed) > 0) counts.crossed++;
    if (taken && row.feeProtocol0 + row.feeProtocol1 > 0) counts.withProtocolFee++;
  }
  expect(counts.taken).toBeGreaterThan(QUOTES / 2);
  expect(counts.refused).toBeGreaterThan(QUOTES / 20);
  expect(counts.crossed).toBeGreaterThan(QUOTES / 5);
  expect(counts.withProtocolFee).toBeGreaterThan(QUOTES / 4);
});

/** Undefined where the quoter reverts. */
async function askQuoter(
  { key }: V4Pool,
  zeroForOne: boolean,
  exactAmount: bigint,
): Promise<bigint | undefined> {
  const call = { abi, functionName: "quoteExactInputSingle" } as const;
  const { currency0, currency1, fee, tickSpacing, hooks } = key;
  const poolKey = { currency0, currency1, fee, tickSpacing, hooks };
  const args = [{ poolKey, zeroForOne, exactAmount, hookData: "0x" }] as const;
  try {
    const { data } = await client.call({ to: quoter, data: encodeFunctionData({ ...call, args }) });
    return decodeFunctionResult({ ...call, data: data ?? "0x" })[0];
  } catch {
    return undefined;
  }
}

/** As the API reads it; rows in memory have no types, those of the tables are what handlers write. */
function rowOf({ poolId }: V4Pool): QuotedPool {
  const row = [...(tables.get("pool")?.values() ?? [])].find((found) => found.poolId === poolId);
  if (row === undefined) throw new Error(`pool ${poolId} was not indexed`);
  return row as QuotedPool;
}

function ticksOf({ poolId }: V4Pool): { tick: number; liquidityNet: bigint }[] {
  const ofPool = [...(tables.get("tick")?.values() ?? [])].filter((found) => found.poolId === poolId);
  const ticks = ofPool.filter(({ liquidityGross }) => liquidityGross !== 0n);
  return ticks as unknown as { tick: number; liquidityNet: bigint }[];
}
