import type { Abi, Address } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { algebraFactoryAbi } from "../../abis/algebraFactory.ts";
import { algebraPoolAbi } from "../../abis/algebraPool.ts";
import { algebraPositionManagerAbi } from "../../abis/algebraPositionManager.ts";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { pancakeV3PoolAbi } from "../../abis/pancakeV3Pool.ts";
import { uniswapV2FactoryAbi } from "../../abis/uniswapV2Factory.ts";
import { uniswapV2PairAbi } from "../../abis/uniswapV2Pair.ts";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV4PoolManagerAbi } from "../../abis/uniswapV4PoolManager.ts";
import { uniswapV4PositionManagerAbi } from "../../abis/uniswapV4PositionManager.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { startUniswapV2Rig } from "../../demo/chain/uniswapV2Rig.ts";
import { fewPools } from "../chain/fees/pools.ts";
import { recordAlgebraHistory } from "../chain/forks/algebraHistory.ts";
import { algebraPools } from "../chain/forks/algebraWorld.ts";
import { recordPancakeHistory } from "../chain/forks/pancakeHistory.ts";
import { recordPair } from "../chain/v2/recordPair.ts";
import { recordV4History } from "../chain/v4/history.ts";
import { poolSpecs } from "../chain/v4/poolSpecs.ts";
import { breathe, type Contract, type DecodedLog, decodeLogs, loadMarkets } from "../inMemory/indexLogs.ts";
import { memoryDatabase, type Tables } from "../inMemory/memoryDatabase.ts";
import { handlers } from "../inMemory/ponderRegistry.ts";
import { readLogs } from "../inMemory/readLogs.ts";
import { silentTokens } from "../inMemory/silentTokens.ts";

const SEED = 5;
const ZERO: Address = `0x${"00".repeat(20)}`;
const PROTOCOLS = ["uniswap-v2", "uniswap-v4", "pancakeswap-v3", "algebra-integral"] as const;
type Protocol = (typeof PROTOCOLS)[number];
type Swept = { log: DecodedLog; place: number; pools: string[]; wrong: string[] };

let anvil: Anvil;
const histories = new Map<Protocol, DecodedLog[]>();

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6, keptStates: 60 });
  const client = chainClient(anvil.url);
  const markets: object[] = [];
  for (const record of [recordV2, recordV4, recordPancake, recordAlgebra]) {
    const { protocol, markets: own, contracts } = await record(client);
    const byAddress = new Map(contracts.map(([address, contract]) => [address.toLowerCase(), contract]));
    histories.set(
      protocol,
      decodeLogs(await readLogs(client, [...byAddress.keys()] as Address[]), byAddress),
    );
    markets.push(...own.map((market) => ({ protocol, startBlock: 0, ...market })));
  }
  await loadMarkets({ chains: [{ id: 31337, name: "anvil", rpc: ["http://127.0.0.1:1"], markets }] });
});

afterAll(() => anvil?.stop());

describe.for(PROTOCOLS)("%s", (protocol) => {
  const logsOf = () => histories.get(protocol) ?? [];
  const creates = ({ name }: DecodedLog) => /Factory:|PoolManager:Initialize$/u.test(name);
  let clean: Tables;
  let lost: Swept[];

  beforeAll(async () => {
    const at = fork(new Map());
    await feed(at, logsOf());
    clean = at.tables;
  });

  test("nothing of the whole history is quarantined", () => {
    expect(logsOf().length).toBeGreaterThan(100);
    expect(clean.get("quarantine")).toBeUndefined();
  });

  test("whichever log is lost, the indexer goes on, and no other pool is quarantined", async () => {
    lost = await sweep(logsOf(), clean, creates, (_, later) => later);
    expect(lost.length).toBeGreaterThan(90);
    for (const { log, pools } of lost) {
      if (pools.length > 0) expect(pools, log.name).toEqual([poolOf(log, clean)]);
    }
  });

  test("nothing that is wrong then goes unnoticed, but what no later log contradicts", () => {
    const unnoticed = lost.filter(({ pools, wrong }) => pools.length === 0 && wrong.length > 0);
    const unexcused = unnoticed.filter((swept) => whyUnnoticed(swept, logsOf(), clean) === undefined);
    expect(unexcused.map(({ log, place }) => `${place} ${log.name}`)).toEqual([]);
    const quarantined = lost.filter(({ pools }) => pools.length > 0);
    expect(quarantined.length).toBeGreaterThan(0.4 * lost.length);
  });

  test("whichever log comes twice, the indexer goes on", async () => {
    const twice = await sweep(logsOf(), clean, creates, (log, later) => [
      log,
      placed(log, 1_000_000),
      ...later,
    ]);
    expect(twice.some(({ pools }) => pools.length > 0)).toBe(true);
  });

  test("whichever two logs of a block change places, the indexer goes on", async () => {
    const swapped = await sweep(logsOf(), clean, creates, (log, [next, ...later]) => {
      if (next === undefined || creates(next) || blockOf(next) !== blockOf(log)) return undefined;
      return [placed(next, logIndexOf(log)), placed(log, logIndexOf(next)), ...later];
    });
    expect(swapped.length).toBeGreaterThan(20);
  });
});

/** Indexes the history once for each of its logs, with other logs instead of it and those after it. */
async function sweep(
  logs: readonly DecodedLog[],
  clean: Tables,
  leaveOut: (log: DecodedLog) => boolean,
  instead: (log: DecodedLog, later: DecodedLog[]) => DecodedLog[] | undefined,
): Promise<Swept[]> {
  const at = fork(new Map());
  const swept: Swept[] = [];
  for (const [place, log] of logs.entries()) {
    await breathe();
    const tail = leaveOut(log) ? undefined : instead(log, logs.slice(place + 1));
    if (tail !== undefined) {
      const other = fork(at.tables);
      await feed(other, tail).catch((cause) => {
        throw new Error(`the indexer stops: ${place} ${log.name}`, { cause });
      });
      const pools = [...(other.tables.get("quarantine")?.values() ?? [])].map(({ poolId }) => `${poolId}`);
      swept.push({ log, place, pools, wrong: pools.length > 0 ? [] : wrongTables(other.tables, clean) });
    }
    await feed(at, [log]);
  }
  return swept;
}

/** Why the loss of a log shows in no later log, if that is so. */
function whyUnnoticed(
  { log, place, wrong }: Swept,
  logs: readonly DecodedLog[],
  clean: Tables,
): string | undefined {
  const args = argsOf(log);
  const [contract = "", name = ""] = log.name.split(":");
  const isPair = contract === "UniswapV2Pair";
  const ofPool = logs.filter((other) => poolOf(other, clean) === poolOf(log, clean));
  const later = ofPool.slice(ofPool.indexOf(log) + 1);
  const isLast = later.length < 3 && "too little comes after it in its pool";
  const before = logs.slice(0, place).filter((other) => ofPool.includes(other));
  const priced = [
    ...before.flatMap((other) => argsOf(other).tick ?? []).slice(-1),
    ...later.flatMap((other) => argsOf(other).tick ?? []),
  ];
  const [lower, upper] = [Number(args.tickLower ?? args.bottomTick), Number(args.tickUpper ?? args.topTick)];
  const notMet =
    (priced.every((tick) => Number(tick) < lower) || priced.every((tick) => Number(tick) >= upper)) &&
    "the price never comes to its range again";
  const nextSwap = argsOf(later.find((other) => other.name === log.name));
  const noPrice =
    (args.amount0 === 0n || args.amount1 === 0n) && "it moved no price that anybody provided for";
  const notStartedFrom =
    !nextSwap.amount0 && !nextSwap.amount1 && "no later swap of tokens starts at its price";
  const noGrowth = "no later log says what growth was: owed is too low until somebody collects more";
  const untold = "no log of a later swap says what part of it was not the LPs'";
  const reasons: Record<string, string | false> = {
    Swap: isPair
      ? !wrong.includes("position") &&
        "its Sync is taken for tokens that came and went; no position is touched"
      : noPrice || notStartedFrom,
    Sync: isPair && "of its own, without a change: a sample of loss versus rebalancing",
    ...{ Mint: isLast || notMet, Burn: isLast || notMet, DecreaseLiquidity: isLast },
    ModifyLiquidity:
      isLast || notMet || (args.liquidityDelta === 0n && "its log has no amounts: it stays owed"),
    Collect: "no later log says what is still owed, which is too high",
    Transfer: isPair
      ? isLast || (args.to === ZERO && "LP tokens that were locked: no later log needs those that are left")
      : "the NFT is not handed on again: its next Transfer would tell",
    ...{ Donate: noGrowth, Flash: noGrowth, ExcessTokens: noGrowth },
    ...{ ProtocolFeeUpdated: untold, CommunityFee: untold, SetFeeProtocol: isLast },
    TickSpacing: "no later log says which ticks may be used",
  };
  return reasons[name] || undefined;
}

/** The pool that a log is about: a position manager's by the position of its NFT. */
function poolOf(log: DecodedLog | undefined, clean: Tables): string {
  const { id, tokenId } = argsOf(log);
  if (id !== undefined) return `${id}`;
  if (tokenId === undefined) return log?.address ?? "";
  const isNft = (row: Record<string, unknown>) => row.tokenId === tokenId && row.manager === log?.address;
  return `${[...(clean.get("position")?.values() ?? [])].find(isNft)?.poolId}`;
}

/** A database with the rows of another, which stays as it is: handlers replace rows whole. */
function fork(of: Tables) {
  const { store, tables } = memoryDatabase();
  for (const [name, rows] of of) tables.set(name, new Map(rows));
  return { tables, context: { db: store, client: silentTokens, chain: { id: 31337, name: "anvil" } } };
}

async function feed({ context }: ReturnType<typeof fork>, logs: readonly DecodedLog[]): Promise<void> {
  for (const { name, event } of logs) await handlers.get(name)?.({ event, context });
}

/** Tables with a row that is another than in the clean ones. */
function wrongTables(tables: Tables, clean: Tables): string[] {
  return ["pool", "tick", "position", "core_position"].filter((name) =>
    [...(clean.get(name) ?? [])].some(([key, row]) => {
      const other = tables.get(name)?.get(key);
      return Object.entries(row).some(([column, value]) => other?.[column] !== value);
    }),
  );
}

type Event = { args: Record<string, unknown>; log: { logIndex: number }; block: { number: bigint } };
const argsOf = (log: DecodedLog | undefined) => (log?.event as Event | undefined)?.args ?? {};
const blockOf = ({ event }: DecodedLog) => (event as Event).block.number;
const logIndexOf = ({ event }: DecodedLog) => (event as Event).log.logIndex;
const placed = (log: DecodedLog, logIndex: number): DecodedLog => {
  const event = log.event as Event;
  return { ...log, event: { ...event, log: { ...event.log, logIndex } } };
};

type Recorded = { protocol: Protocol; markets: object[]; contracts: [Address, Contract][] };
const named =
  (contract: string, abi: Abi) =>
  (address: Address): [Address, Contract] => [address, { contract, abi }];

async function recordV2(client: ChainClient): Promise<Recorded> {
  const rig = await startUniswapV2Rig(client, { sqrtPriceX96: 2n ** 92n });
  const [account = ZERO] = rig.accounts;
  await rig.open({ account, tickLower: 0, tickUpper: 0, liquidity: 10n ** 18n });
  await recordPair(rig, { seed: SEED, blocks: 25 });
  const { factory, pool } = rig;
  const contracts = [
    named("UniswapV2Factory", uniswapV2FactoryAbi)(factory),
    named("UniswapV2Pair", uniswapV2PairAbi)(pool),
  ];
  return { protocol: "uniswap-v2", markets: [{ factory }], contracts };
}

/** Ordinary pools, one that takes all as fee, and hooks of each kind. */
async function recordV4(client: ChainClient): Promise<Recorded> {
  const pools = [2, 4, 9, 10, 13, 14].flatMap((i) => poolSpecs[i] ?? []);
  const { world } = await recordV4History(client, { seed: SEED, swaps: 60, pools });
  const { poolManager } = world.at;
  const ids = world.pools.map(({ poolId }) => poolId);
  const markets = world.positionManagers.map((positionManager, i) => {
    return { poolManager, positionManager, pools: ids.filter((_, p) => p % 2 === i) };
  });
  const managers = world.positionManagers.map(named("UniswapV4PositionManager", uniswapV4PositionManagerAbi));
  const contracts = [named("UniswapV4PoolManager", uniswapV4PoolManagerAbi)(poolManager), ...managers];
  return { protocol: "uniswap-v4", markets, contracts };
}

async function recordPancake(client: ChainClient): Promise<Recorded> {
  const options = { seed: SEED, operations: 90, pools: fewPools.slice(0, 3) };
  const { deployment, pools } = await recordPancakeHistory(client, options);
  const { factory, positionManager } = deployment;
  const contracts = [
    named("PancakeV3Factory", uniswapV3FactoryAbi)(factory),
    named("PancakeV3PositionManager", nonfungiblePositionManagerAbi)(positionManager),
    ...pools.map(({ pool }) => named("PancakeV3Pool", pancakeV3PoolAbi)(pool)),
  ];
  return { protocol: "pancakeswap-v3", markets: [{ factory, positionManager }], contracts };
}

async function recordAlgebra(client: ChainClient): Promise<Recorded> {
  const options = { seed: SEED, operations: 110, pools: algebraPools.slice(0, 3) };
  const { world } = await recordAlgebraHistory(client, options);
  const { factory, positionManager } = world.deployment;
  const contracts = [
    named("AlgebraFactory", algebraFactoryAbi)(factory),
    named("AlgebraPositionManager", algebraPositionManagerAbi)(positionManager),
    ...world.pools.map(({ pool }) => named("AlgebraPool", algebraPoolAbi)(pool)),
  ];
  return { protocol: "algebra-integral", markets: [{ factory, positionManager }], contracts };
}
