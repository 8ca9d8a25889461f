import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { algebraFactoryAbi } from "../../abis/algebraFactory.ts";
import { algebraPoolAbi } from "../../abis/algebraPool.ts";
import { algebraPositionManagerAbi } from "../../abis/algebraPositionManager.ts";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { pancakeV3PoolAbi } from "../../abis/pancakeV3Pool.ts";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { poolAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import type { Deployment } from "../../demo/chain/deploy.ts";
import { type Contract, type DecodedLog, decodeLogs, loadMarkets } from "../inMemory/indexLogs.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";
import { readLogs } from "../inMemory/readLogs.ts";
import { allPools, fewPools } from "./fees/pools.ts";
import { staticCollects } from "./fees/staticCollects.ts";
import { type AlgebraHistory, recordAlgebraHistory } from "./forks/algebraHistory.ts";
import { algebraCollects, readAlgebraTick } from "./forks/algebraOwed.ts";
import { algebraPools } from "./forks/algebraWorld.ts";
import { type Owed, owedByRows, rows, type TickTruth, ticksOf, wrongStates } from "./forks/compareRows.ts";
import { recordPancakeHistory } from "./forks/pancakeHistory.ts";
import { playRows } from "./playRows.ts";

/** 1,000 and more for a whole run. */
const SWAPS = Number(process.env.BALLAST_TEST_SWAPS ?? 250);
const SEED = Number(process.env.BALLAST_TEST_SEED ?? 20_261_121);
const MINUTES = 60_000;

/** What a protocol's rows are held against. */
type Indexed = {
  logs: DecodedLog[];
  tables: Tables;
  collects: Map<string, Owed>;
  ticks: TickTruth[];
};

let anvils: Anvil[] = [];
let pancake: Indexed & { history: Awaited<ReturnType<typeof recordPancakeHistory>> };
let algebra: Indexed & { history: AlgebraHistory };

beforeAll(async () => {
  anvils = await Promise.all([1, 2].map(() => startAnvil({ timestamp: 1_700_000_000, accounts: 6 })));
  const [one, other] = anvils.map(({ url }) => chainClient(url));
  if (one === undefined || other === undefined) throw new Error("two chains were started");
  const [pancakes, algebras] = await Promise.all([recordPancakes(one), recordAlgebras(other)]);
  const index = await loadMarkets({
    chains: [
      {
        id: 31337,
        name: "anvil",
        rpc: ["http://127.0.0.1:1"],
        markets: [
          market("pancakeswap-v3", pancakes.history.deployment),
          market("algebra-integral", algebras.history.world.deployment),
        ],
      },
    ],
  });
  pancake = await indexed(pancakes, index, ({ pool, tick }) => readTick(one, pool, tick));
  algebra = await indexed(algebras, index, ({ pool, tick }) =>
    readAlgebraTick(algebras.history.world, pool, tick),
  );
}, 30 * MINUTES);

afterAll(async () => {
  for (const anvil of anvils) await anvil.stop();
});

describe("PancakeSwap v3", () => {
  test(`${SWAPS} swaps and more, with the protocol's share changed and paid, and nothing quarantined`, () => {
    const { tables, history } = pancake;
    console.log({ swaps: rows(tables, "swap").length, done: history.done, reverted: history.reverted });
    expect(rows(tables, "swap").length).toBeGreaterThanOrEqual(SWAPS);
    expect(history.protocolChanges).toBeGreaterThan(0);
    expect(rows(tables, "quarantine")).toEqual([]);
  });

  test("every block's price, tick, liquidity, growth and protocol fees are the chain's", () => {
    expect(pancake.history.states.length).toBeGreaterThan(SWAPS);
    expect(wrongStates(pancake.tables, pancake.history.states).slice(0, 3)).toEqual([]);
  });

  test("its rows alone play every swap again, with its fees", () => {
    expect(playRows(pancake.tables)).toEqual({ swaps: rows(pancake.tables, "swap").length, wrong: [] });
  });

  test("every tick is the contract's", () => {
    expect(ticksOf(pancake.tables).length).toBeGreaterThan(20);
    expect(ticksOf(pancake.tables).map(({ row }) => row)).toEqual(pancake.ticks);
  });

  test("every position is owed what a poke and a static collect pay", () => {
    const { tables, collects, history } = pancake;
    const owed = owedByRows(tables);
    const manager = history.deployment.positionManager.toLowerCase();
    expect([...owed.keys()].sort()).toEqual([...collects.keys()].sort());
    for (const [id, paid] of collects) {
      // Of a core position of the manager's, what no NFT has of it can be paid no more than all of it.
      if (id.split(":")[1] !== manager) expect(owed.get(id), id).toEqual(paid);
    }
  });
});

describe("Algebra Integral", () => {
  test(`${SWAPS} swaps and more, with fees set in every way, and nothing quarantined`, () => {
    const { tables, history } = algebra;
    console.log({ swaps: rows(tables, "swap").length, done: history.done, reverted: history.reverted });
    expect(rows(tables, "quarantine")).toEqual([]);
    expect(rows(tables, "swap").length).toBeGreaterThanOrEqual(SWAPS);
  });

  test("each tick spacing is kept with its block", () => {
    const logged = algebra.logs.flatMap((log) => {
      if (log.name !== "AlgebraPool:TickSpacing") return [];
      const { args, block } = log.event as { args: { newTickSpacing: number }; block: { number: bigint } };
      return [[`${log.address} ${block.number}`, args.newTickSpacing] as const];
    });
    // The last of a block stands.
    const kept = rows(algebra.tables, "spacing_snapshot").map((row) => [
      ...[`${row.poolId} ${row.blockNumber}`, row.tickSpacing],
    ]);
    expect(new Map(kept as [string, number][])).toEqual(new Map(logged));
    expect(kept.length).toBeGreaterThan(rows(algebra.tables, "pool").length);
  });

  test("its rows alone play every swap again, with its fees", () => {
    expect(playRows(algebra.tables)).toEqual({ swaps: rows(algebra.tables, "swap").length, wrong: [] });
  });

  test("plugins set fees of swaps and withdrawals, calls find tokens, and NFTs are paid without a poke's log", () => {
    const { logs } = algebra;
    const args = (name: string) =>
      logs.flatMap((log) =>
        log.name === name ? [(log.event as { args: Record<string, number> }).args] : [],
      );
    const kinds = {
      overridden: args("AlgebraPool:SwapFee").filter(({ overrideFee }) => overrideFee !== 0),
      toPlugin: args("AlgebraPool:SwapFee").filter(({ pluginFee }) => pluginFee !== 0),
      burnFees: args("AlgebraPool:BurnFee").filter(({ pluginFee }) => pluginFee !== 0),
      found: args("AlgebraPool:ExcessTokens"),
      flashes: args("AlgebraPool:Flash"),
      communityFees: args("AlgebraPool:CommunityFee"),
      paidNfts: args("AlgebraPositionManager:Collect"),
      // Of nothing: the pool logs none.
      unpaidNfts: logs.filter(
        ({ name }, i) =>
          name === "AlgebraPositionManager:Collect" && logs[i - 1]?.name !== "AlgebraPool:Collect",
      ),
    };
    const counts = Object.fromEntries(Object.entries(kinds).map(([kind, found]) => [kind, found.length]));
    console.log(counts);
    for (const [kind, count] of Object.entries(counts)) expect(count, kind).toBeGreaterThan(2);
    // A Burn of nothing is not logged.
    expect(args("AlgebraPool:Burn").filter(({ liquidityAmount }) => `${liquidityAmount}` === "0")).toEqual(
      [],
    );
  });

  test("every block's price, tick, liquidity, growth, community fees and reserves are the chain's", () => {
    const fields = ["balance0", "balance1", "feeProtocol0"] as const;
    expect(algebra.history.states.length).toBeGreaterThan(SWAPS / 2);
    expect(wrongStates(algebra.tables, algebra.history.states, fields).slice(0, 3)).toEqual([]);
  });

  test("every tick is the contract's", () => {
    expect(ticksOf(algebra.tables).length).toBeGreaterThan(20);
    expect(ticksOf(algebra.tables).map(({ row }) => row)).toEqual(algebra.ticks);
  });

  test("every NFT is owed what a static collect pays; who poked without a log, at most one unit a poke less", () => {
    const { tables, collects, history } = algebra;
    const owed = owedByRows(tables);
    const manager = history.world.deployment.positionManager.toLowerCase();
    expect([...owed.keys()].sort()).toEqual([...collects.keys()].sort());
    let exact = 0;
    for (const [id, paid] of collects) {
      if (id.split(":")[1] === manager) continue;
      const rowsSay = owed.get(id) ?? { amount0: -1n, amount1: -1n };
      const pokes = BigInt(history.world.pokes.get(id) ?? 0);
      if (pokes === 0n) {
        expect(rowsSay, id).toEqual(paid);
        exact++;
      }
      for (const amount of ["amount0", "amount1"] as const) {
        expect(rowsSay[amount] - paid[amount], id).toBeGreaterThanOrEqual(0n);
        expect(rowsSay[amount] - paid[amount], id).toBeLessThanOrEqual(pokes);
      }
    }
    expect(exact).toBeGreaterThan(15);
  });
});

async function recordPancakes(client: ChainClient) {
  const pools = SWAPS < 1_000 ? [...fewPools, ...allPools.filter(({ fee }) => fee === 500)] : allPools;
  const operations = Math.ceil(SWAPS * 1.35) + 7 * pools.length;
  const history = await recordPancakeHistory(client, { seed: SEED, operations, pools });
  const { factory, positionManager } = history.deployment;
  const contracts = contractsOf(history.pools, {
    factory: [factory, { contract: "PancakeV3Factory", abi: uniswapV3FactoryAbi }],
    manager: [positionManager, { contract: "PancakeV3PositionManager", abi: nonfungiblePositionManagerAbi }],
    pool: { contract: "PancakeV3Pool", abi: pancakeV3PoolAbi },
  });
  const collects = await staticCollects(client, history);
  const amounts = [...collects].map(([id, { amount0, amount1 }]): [string, Owed] => [
    id.replace(/^31337:/, ""),
    { amount0: BigInt(amount0), amount1: BigInt(amount1) },
  ]);
  return { client, history, contracts, collects: new Map(amounts) };
}

async function recordAlgebras(client: ChainClient) {
  const operations = Math.ceil(SWAPS * 1.7) + 7 * algebraPools.length;
  const history = await recordAlgebraHistory(client, { seed: SEED, operations, pools: algebraPools });
  const { factory, positionManager } = history.world.deployment;
  const contracts = contractsOf(history.world.pools, {
    factory: [factory, { contract: "AlgebraFactory", abi: algebraFactoryAbi }],
    manager: [positionManager, { contract: "AlgebraPositionManager", abi: algebraPositionManagerAbi }],
    pool: { contract: "AlgebraPool", abi: algebraPoolAbi },
  });
  return { client, history, contracts, collects: await algebraCollects(history.world) };
}

async function indexed<
  T extends { client: ChainClient; contracts: Map<string, Contract>; collects: Map<string, Owed> },
>(
  recorded: T,
  index: Awaited<ReturnType<typeof loadMarkets>>,
  readOne: (tick: { pool: Address; tick: number }) => Promise<TickTruth>,
): Promise<T & Indexed> {
  const addresses = [...recorded.contracts.keys()] as Address[];
  const logs = decodeLogs(await readLogs(recorded.client, addresses), recorded.contracts);
  const tables = await index(logs);
  const ticks = await Promise.all(ticksOf(tables).map(readOne));
  return { ...recorded, logs, tables, ticks };
}

function contractsOf(
  pools: readonly { pool: Address }[],
  of: { factory: [Address, Contract]; manager: [Address, Contract]; pool: Contract },
): Map<string, Contract> {
  const named = [of.factory, of.manager, ...pools.map(({ pool }) => [pool, of.pool] as const)];
  return new Map(named.map(([address, contract]) => [address.toLowerCase(), contract]));
}

function market(protocol: string, { factory, positionManager }: Deployment) {
  return { protocol, factory, positionManager, stakers: [], startBlock: 0 };
}

async function readTick(client: ChainClient, address: Address, tick: number): Promise<TickTruth> {
  const read = { address, abi: poolAbi, functionName: "ticks", args: [tick] } as const;
  const [gross, net, outside0, outside1] = await client.readContract(read);
  return { gross, net, outside0, outside1 };
}
