import { toHex } from "viem";
import { startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { createPool, deployToken, deployUniswapV3, fund, sortTokens } from "../../demo/chain/deploy.ts";
import { mintDirect, swap } from "../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { getSqrtPriceAtTick, MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";
import type { ReplayLog } from "../../test/replay/replayChain.ts";
import { openSweptPool } from "../sweep/sweptPool.ts";
import { type SwapCase, swapCases } from "./swaps.ts";

const SPACING = 10;
const LIQUIDITY = 10n ** 20n;

/** Swaps down and up again that cross so many initialised ticks, all of one pool, as the published bytecode logs them. */
export async function ladderCases(crossings: readonly number[]): Promise<Map<number, SwapCase[]>> {
  return onAnvil(async (client) => {
    const deployment = await deployUniswapV3(client);
    const { deployer, caller, accounts, factory } = deployment;
    const token = (symbol: string) => deployToken(client, deployer, { name: symbol, symbol, decimals: 18 });
    const [token0, token1] = sortTokens(await token("A"), await token("B"));
    const from = accounts[0] ?? deployer;
    await fund(client, deployment, [token0, token1], [from]);
    const sqrtPriceX96 = getSqrtPriceAtTick(SPACING / 2);
    const terms = { token0, token1, fee: 500, tickSpacing: SPACING, sqrtPriceX96 };
    const { pool } = await createPool(client, deployment, terms);
    // Every rung of 10 ticks is the bound of two positions, and each has another liquidity.
    const rungs = Array.from({ length: 40 }, (_, i) => SPACING * (i - 20));
    const ranges = [{ tickLower: -MAX_ON_SPACING, tickUpper: MAX_ON_SPACING }];
    ranges.push(...rungs.map((tickLower) => ({ tickLower, tickUpper: tickLower + SPACING })));
    await sendInOneBlock(
      client,
      ranges.map((range, i) =>
        mintDirect({ caller, from, pool, owner: caller, ...range, liquidity: LIQUIDITY * BigInt(i + 1) }),
      ),
    );
    // Down to the middle of the rung that is so many ticks away, and back to the start.
    for (const count of crossings) {
      const low = getSqrtPriceAtTick(count === 0 ? 2 : SPACING / 2 - SPACING * count) + 12_345n;
      for (const limit of [low, sqrtPriceX96]) {
        const zeroForOne = limit === low;
        await sendInOneBlock(client, [swap({ caller, from, pool, zeroForOne, amount: 2n ** 110n, limit })]);
      }
    }
    const cases = swapCases(await logsOf(client, [factory, pool]));
    return new Map(crossings.map((count, i) => [count, checked(cases.slice(2 * i, 2 * i + 2), count)]));
  });
}

const MAX_ON_SPACING = Math.floor(MAX_TICK / SPACING) * SPACING;

function checked(cases: SwapCase[], crossings: number): SwapCase[] {
  const found = cases.map(({ ticks }) => ticks.length);
  if (found.length !== 2 || found.some((count) => count !== crossings))
    throw new OtherCrossingsError(crossings, found);
  return cases;
}

/** Sweeps of an empty pool of spacing 1 with a full range in it, from end to end, down and up. */
export async function sweepCases(): Promise<SwapCase[]> {
  return onAnvil(async (client) => {
    const { sweep, deployment, key } = await openSweptPool(client);
    for (let i = 0; i < 3; i++) await sweep();
    const cases = swapCases(await logsOf(client, [deployment.factory, key.pool])).slice(1);
    const ends = cases.map(({ swap }) => swap.tick);
    if (ends.join() !== [MAX_TICK - 1, MIN_TICK].join()) throw new OtherCrossingsError(0, ends);
    return cases;
  });
}

async function onAnvil<T>(use: (client: ChainClient) => Promise<T>): Promise<T> {
  const anvil = await startAnvil({ timestamp: 1_700_000_000 });
  try {
    return await use(chainClient(anvil.url));
  } finally {
    await anvil.stop();
  }
}

async function logsOf(client: ChainClient, addresses: `0x${string}`[]): Promise<ReplayLog[]> {
  const toBlock = toHex(await client.getBlockNumber());
  const logs = await client.getLogs({ address: addresses, fromBlock: 0n, toBlock: BigInt(toBlock) });
  return logs.map(({ blockNumber, logIndex, address, topics, data }) => ({
    blockNumber: Number(blockNumber),
    timestamp: 1_700_000_000 + Number(blockNumber),
    logIndex,
    address,
    topics,
    data,
  }));
}

export class OtherCrossingsError extends Error {
  override readonly name = "OtherCrossingsError";

  constructor(wanted: number, found: readonly number[]) {
    super(`swaps made to cross ${wanted} ticks are not what they should be: ${found.join(", ")}`);
  }
}
