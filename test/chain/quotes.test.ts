import { type Address, decodeFunctionResult, encodeFunctionData, parseAbi } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { deployContract } from "../../demo/chain/deploy.ts";
import { type RandomHistory, runRandomHistory } from "../../demo/chain/history.ts";
import { burnDirect } from "../../demo/chain/poolCalls.ts";
import { seededRandomness } from "../../demo/chain/randomness.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { poolWithout } from "../../src/api/metrics/poolWithout.ts";
import { type QuotedPool, quote } from "../../src/api/metrics/quote.ts";
import { rebalance } from "../../src/api/metrics/rebalance.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import type { PairSupply } from "../../src/state/pairPool.ts";
import { decodeLogs, loadHandlers } from "../inMemory/indexLogs.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";
import { readLogs } from "../inMemory/readLogs.ts";

/** A thousand take ten seconds more. */
const QUOTES = Number(process.env.BALLAST_TEST_QUOTES ?? 300);
const decimals = { decimals0: 18, decimals1: 6 };
const POOLS = [
  { ...decimals, fee: 3000, tickSpacing: 60, centreTick: 30 },
  { ...decimals, fee: 500, tickSpacing: 10, centreTick: 20_000 },
  { ...decimals, fee: 10_000, tickSpacing: 200, centreTick: -15_360 },
  { ...decimals, fee: 101, tickSpacing: 1, centreTick: 40_000, gappy: true },
  { ...decimals, fee: 3002, tickSpacing: 60, centreTick: 46_000, liquidity: [1n, 3000n] as const },
];
const abi = parseAbi([
  "struct Single { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }",
  "function quoteExactInputSingle(Single params) returns (uint256 amountOut, uint160 sqrtPriceX96After, uint32 initializedTicksCrossed, uint256 gasEstimate)",
]);

type Ticks = readonly { tick: number; liquidityNet: bigint; liquidityGross: bigint }[];
type PoolRow = QuotedPool & PairSupply & { sqrtPriceX96: bigint; tick: number };
type Position = {
  positionId: string;
  poolId: Address;
  owner: Address;
  manager: Address | null;
  tickLower: number;
  tickUpper: number;
  liquidity: bigint;
};

let anvil: Anvil;
let client: ChainClient;
let history: RandomHistory;
let quoter: Address;
let rows: Tables;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  history = await runRandomHistory(client, { seed: 9, operations: 200, pools: POOLS });
  const { factory, positionManager, weth, deployer } = history.deployment;
  quoter = await deployContract(client, deployer, publishedArtifact("quoterV2"), [factory, weth]);
  const addresses = [factory, positionManager, ...history.pools.map(({ pool }) => pool)];
  const logs = decodeLogs(await readLogs(client, addresses), { factory, positionManager });
  rows = await (await loadHandlers({ factory, positionManager }))(logs);
});

afterAll(async () => {
  await anvil?.stop();
});

test(`${QUOTES} random quotes are QuoterV2's, over ticks and into where no liquidity is`, async () => {
  const random = seededRandomness(2_026);
  const counts = { same: 0, crossed: 0, many: 0, ranOut: 0 };
  for (let i = 0; i < QUOTES; i++) {
    const pool = random.pick(history.pools);
    if (pool === undefined) throw new Error("the history has no pools");
    const { row, ticks } = indexed(pool.pool);
    const zeroForOne = random.chance(0.5);
    const amountIn = random.size(1n, random.chance(0.3) ? 2n ** 100n : 4n * row.liquidity + 10n);
    const ours = quote(row, ticks, { zeroForOne, amountIn });
    const [amountOut, sqrtPriceX96After, crossed] = await askQuoter(pool, { zeroForOne, amountIn });
    const said = `${amountIn} of token${zeroForOne ? 0 : 1} in the pool with a fee of ${pool.fee}`;
    expect(ours, said).toMatchObject({ amountIn, amountOut, sqrtPriceX96After });
    const tickAfter = ours?.tickAfter ?? Number.NaN;
    const between = (t: number) =>
      zeroForOne ? tickAfter < t && t <= row.tick : row.tick < t && t <= tickAfter;
    expect(ours?.ticksCrossed, said).toBe(ticks.filter(({ tick }) => between(tick)).length);
    expect(crossed, said).toBe(countOfQuoter(ticks, row.tick, tickAfter, pool.tickSpacing));
    if (ours?.ticksCrossed === crossed) counts.same++;
    if (crossed > 0) counts.crossed++;
    if (crossed > 3) counts.many++;
    if (ours !== null && ours.amountInUsed < amountIn) counts.ranOut++;
  }
  expect(counts.crossed).toBeGreaterThan(QUOTES / 2);
  expect(counts.many).toBeGreaterThan(QUOTES / 5);
  expect(counts.ranOut).toBeGreaterThan(QUOTES / 10);
  expect(counts.same).toBeGreaterThan(QUOTES / 3);
});

test("a rebalance is quoted as QuoterV2 does once the position's liquidity is burnt, to the last unit", async () => {
  const random = seededRandomness(31);
  const open = [...(rows.get("position")?.values() ?? [])] as unknown as Position[];
  const counts = { asked: 0, inRange: 0, ranOut: 0, tickGone: 0 };
  // Twice, each time to a target of its own.
  for (const position of [...open, ...open].filter(({ liquidity }) => liquidity > 0n)) {
    const pool = history.pools.find(({ pool }) => pool.toLowerCase() === position.poolId);
    if (pool === undefined) throw new Error(`pool ${position.poolId} is not of the history`);
    const { row, ticks } = indexed(pool.pool);
    const { sqrtPriceX96, tick } = row;
    const held = getAmountsForLiquidity({ ...position, sqrtPriceX96, tick, roundUp: false });
    const without = poolWithout(row, ticks, position);
    const target = random.whole(0, 10) / 10;
    const found = rebalance({ ...held, sqrtPriceX96 }, target, (o) => quote(without.pool, without.ticks, o));
    if (found.quote === null || found.zeroForOne === null) continue;
    const { amountIn, amountOut, amountInUsed, sqrtPriceX96After } = found.quote;
    const id = await client.snapshot();
    await burn(position);
    const said = `${amountIn} of token${found.zeroForOne ? 0 : 1} for ${position.positionId}`;
    const order = { zeroForOne: found.zeroForOne, amountIn };
    // The quoter refuses where no liquidity is met on all the way.
    const truth = amountInUsed > 0n ? await askQuoter(pool, order) : [0n, sqrtPriceX96After];
    if (amountInUsed === 0n) await expect(askQuoter(pool, order), said).rejects.toThrow("Unexpected error");
    await client.revert({ id });
    expect([amountOut, sqrtPriceX96After], said).toEqual([truth[0], truth[1]]);
    if (amountInUsed > 0n) counts.asked++;
    if (without.pool.liquidity < row.liquidity) counts.inRange++;
    if (amountInUsed < amountIn) counts.ranOut++;
    if (without.ticks.length < ticks.length) counts.tickGone++;
  }
  expect(counts.asked).toBeGreaterThan(20);
  expect(counts.inRange).toBeGreaterThan(5);
  expect(counts.tickGone).toBeGreaterThan(5);
});

/** By whom the pool keeps it: the owner, or the manager of the NFT. */
async function burn(position: Position): Promise<void> {
  const { manager, owner: holder, poolId, tickLower, tickUpper, liquidity } = position;
  const from = manager ?? holder;
  await client.impersonateAccount({ address: from });
  await client.setBalance({ address: from, value: 10n ** 20n });
  const call = burnDirect({ from, pool: poolId, tickLower, tickUpper, liquidity });
  await sendInOneBlock(client, [call]);
}

async function askQuoter(
  { token0, token1, fee }: RandomHistory["pools"][number],
  { zeroForOne, amountIn }: { zeroForOne: boolean; amountIn: bigint },
): Promise<readonly [bigint, bigint, number, bigint]> {
  const [tokenIn, tokenOut] = zeroForOne ? [token0, token1] : [token1, token0];
  const call = { abi, functionName: "quoteExactInputSingle" } as const;
  const params = { tokenIn, tokenOut, amountIn, fee, sqrtPriceLimitX96: 0n };
  const { data } = await client.call({ to: quoter, data: encodeFunctionData({ ...call, args: [params] }) });
  return decodeFunctionResult({ ...call, data: data ?? "0x" });
}

/**
 * PoolTicksCounter.countInitializedTicksCrossed, which the quoter counts by: it cuts ticks towards 0, and counts the
 * tick at or below the lower end too unless that end is the tick itself, so that it may say one more than were crossed.
 */
function countOfQuoter(ticks: Ticks, before: number, after: number, spacing: number): number {
  const [lower, higher] = [Math.min(before, after), Math.max(before, after)].map((t) =>
    Math.trunc(t / spacing),
  );
  const isBetween = (place: number) => place >= Number(lower) && place <= Number(higher);
  const counted = ticks.filter(({ tick }) => isBetween(tick / spacing)).length;
  return ticks.some(({ tick }) => tick === Math.min(before, after)) && before !== after
    ? counted - 1
    : counted;
}

/** The pool's row and its initialised ticks, as the API reads them. */
function indexed(address: Address): { row: PoolRow; ticks: Ticks } {
  const poolId = address.toLowerCase();
  const row = [...(rows.get("pool")?.values() ?? [])].find((found) => found.poolId === poolId);
  if (row === undefined) throw new Error(`pool ${poolId} was not indexed`);
  const ofPool = [...(rows.get("tick")?.values() ?? [])].filter((found) => found.poolId === poolId);
  const ticks = ofPool.filter(({ liquidityGross }) => liquidityGross !== 0n);
  // Rows in memory have no types; those of the tables are what handlers write.
  return { row: row as PoolRow, ticks: ticks as unknown as Ticks };
}
