import { type Address, parseAbiItem } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../demo/chain/history.ts";
import { feeWeights, openingWeights } from "../../demo/chain/historyOperations.ts";
import type { HistoryPool } from "../../demo/chain/historyWorld.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";
import { askEveryPosition, askHoldings, type PositionAnswer } from "./fees/askApp.ts";
import { balancesOf, surplus, wrongTokens } from "./fees/balances.ts";
import { countRoundings } from "./fees/countRoundings.ts";
import { mutatedTree, removeTree } from "./fees/mutatedTree.ts";

const decimals = { decimals0: 18, decimals1: 18 };
const POOLS = [500, 3000, 10_000].map((fee) => ({ ...decimals, fee, tickSpacing: fee / 50, centreTick: 0 }));
const OPERATIONS = 240;
const swapEvent = parseAbiItem(
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
);

let anvil: Anvil;
let client: ChainClient;
let history: RandomHistory;
let root: string;
let app: App;
let positions: PositionAnswer[];

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6, keptStates: 60 });
  client = chainClient(anvil.url);
  history = await runRandomHistory(client, {
    seed: 77,
    operations: OPERATIONS,
    pools: POOLS,
    weights: (count) => (count < 20 ? openingWeights : feeWeights),
  });
  const [, grown, credited] = history.pools;
  const { amount0, amount1 } = await largestSwap(grown);
  root = await mutatedTree([
    // A swap of one pool raises the growth of its input token by its LPs' fee once more.
    {
      file: "src/indexing/recordSwap.ts",
      from: "  const fees = zeroForOne\n",
      to: `  if (swap.amount0 === ${amount0}n && swap.amount1 === ${amount1}n) {
        const growth0or1 = zeroForOne ? "feeGrowthGlobal0X128" : "feeGrowthGlobal1X128";
        growth[growth0or1] += (feeLp << 128n) / swap.liquidity;
      }
      const fees = zeroForOne\n`,
    },
    // The first touch of each position of another pool that finds fees in token0 credits them once more.
    {
      file: "src/state/feeLedger.ts",
      from: "    ...settleCoreFees(position, inside),\n",
      to: `    ...settleCoreFees(
        position.poolId === "${lower(credited)}" && position.feesAccrued0 === 0n
          ? { ...position, tokensOwed0: position.tokensOwed0 + amount0 }
          : position,
        inside,
      ),\n`,
    },
  ]);
  app = await startApp(anvilMarkets(anvil.url, history.deployment), { root });
  await app.untilIndexed("anvil", Number(history.lastBlock));
  positions = [...(await askEveryPosition(app)).values()];
});

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
  if (root !== undefined) await removeTree(root);
});

test("where no fee is credited twice, the balances hold and every residual is 0", async () => {
  const [untouched] = history.pools;
  expect(await wrongTokensOf(untouched)).toEqual([]);
  expect(residualsOf(untouched)).toEqual([]);
});

test("one swap's fee credited twice turns the balance check red", async () => {
  const [, grown] = history.pools;
  expect((await wrongTokensOf(grown)).length).toBeGreaterThan(0);
});

test("the fees of one touch credited twice turn the position's residual red", () => {
  const [, , credited] = history.pools;
  expect(residualsOf(credited).length).toBeGreaterThan(0);
});

async function wrongTokensOf(pool: HistoryPool | undefined): Promise<string[]> {
  if (pool === undefined) throw new Error("the history has fewer pools than were asked for");
  const holdings = await askHoldings(app, pool.pool);
  const left = surplus(await balancesOf(client, pool), holdings, positionsOf(pool.pool));
  return wrongTokens(left, await countRoundings(client, pool));
}

/** Of those that end where there is liquidity: its fee is no rounding. */
async function largestSwap(pool: HistoryPool | undefined): Promise<{ amount0: bigint; amount1: bigint }> {
  const range = { fromBlock: 0n, toBlock: "latest" } as const;
  const logs = await client.getLogs({
    address: pool?.pool ?? "0x",
    event: swapEvent,
    ...range,
    strict: true,
  });
  const paid = ({ amount0, amount1 }: { amount0: bigint; amount1: bigint }) =>
    amount0 > amount1 ? amount0 : amount1;
  const [first, ...others] = logs.map(({ args }) => args).filter(({ liquidity }) => liquidity > 0n);
  if (first === undefined) throw new Error("no swap of the pool ends in liquidity");
  return others.reduce((largest, swap) => (paid(swap) > paid(largest) ? swap : largest), first);
}

function residualsOf(pool: HistoryPool | undefined): PositionAnswer["residual"][] {
  return positionsOf(pool?.pool ?? "0x")
    .map(({ residual }) => residual)
    .filter(({ amount0, amount1 }) => amount0 !== "0" || amount1 !== "0");
}

function positionsOf(pool: Address): PositionAnswer[] {
  return positions.filter((position) => position.pool.poolId === pool.toLowerCase());
}

function lower(pool: HistoryPool | undefined): string {
  return pool?.pool.toLowerCase() ?? "";
}
