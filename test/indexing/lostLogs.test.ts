import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { runRandomHistory } from "../../demo/chain/history.ts";
import { type DecodedLog, decodeLogs, loadHandlers } from "../inMemory/indexLogs.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";
import { readLogs } from "../inMemory/readLogs.ts";

const POOLS = [
  { fee: 500, tickSpacing: 10, decimals0: 18, decimals1: 6 },
  { fee: 3000, tickSpacing: 60, decimals0: 18, decimals1: 18 },
  { fee: 10000, tickSpacing: 200, decimals0: 6, decimals1: 6 },
];

let anvil: Anvil;
let logs: DecodedLog[];
let index: (logs: readonly DecodedLog[]) => Promise<Tables>;
let clean: Tables;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  const client = chainClient(anvil.url);
  const history = await runRandomHistory(client, { seed: 11, operations: 220, pools: POOLS });
  const { factory, positionManager } = history.deployment;
  const addresses = [factory, positionManager, ...history.pools.map(({ pool }) => pool)];
  logs = decodeLogs(await readLogs(client, addresses), { factory, positionManager });
  index = await loadHandlers({ factory, positionManager });
  clean = await index(logs);
});

afterAll(async () => {
  await anvil?.stop();
});

test("nothing of a whole history is quarantined", () => {
  expect(logs.length).toBeGreaterThan(350);
  expect(clean.get("pool")?.size).toBe(3);
  expect(clean.get("quarantine")).toBeUndefined();
});

test("a log that is lost quarantines its pool, or is one that no later log contradicts; other pools keep their rows", async () => {
  const outcomes: Record<string, { quarantined: number; unnoticed: number }> = {};
  for (const [place, lost] of logs.entries()) {
    if (lost.name === "UniswapV3Factory:PoolCreated") continue;
    const rows = await index(logs.filter((log) => log !== lost));
    const pool = poolOf(place);
    const quarantined = [...(rows.get("quarantine")?.values() ?? [])];
    const counts = outcomes[lost.name] ?? { quarantined: 0, unnoticed: 0 };
    outcomes[lost.name] = counts;
    if (quarantined.length > 0) {
      expect(quarantined.map(({ poolId }) => poolId)).toEqual([pool]);
      counts.quarantined++;
    } else {
      expect(whyUnnoticed(place, pool), `${place} ${lost.name}`).toBeDefined();
      counts.unnoticed++;
    }
    expect(ofOthers(rows, pool)).toEqual(ofOthers(clean, pool));
  }
  // What the sweep found, so that a check that is dropped shows.
  expect(outcomes).toMatchObject({
    "UniswapV3Pool:Initialize": { unnoticed: 0 },
    "UniswapV3Pool:SetFeeProtocol": { unnoticed: 0 },
  });
  for (const name of [
    "Pool:Swap",
    "Pool:Mint",
    "Pool:Burn",
    "PositionManager:IncreaseLiquidity",
    "PositionManager:DecreaseLiquidity",
    "PositionManager:Collect",
  ]) {
    const { quarantined, unnoticed } = outcomes[`UniswapV3${name}`] ?? { quarantined: 0, unnoticed: 0 };
    expect(quarantined / (quarantined + unnoticed), name).toBeGreaterThan(0.75);
  }
});

test("a pool whose PoolCreated is lost is not there at all: Ponder never asks for its logs", async () => {
  const created = logs.find(({ name }) => name === "UniswapV3Factory:PoolCreated");
  const pool = argsOf(created).pool?.toString().toLowerCase() ?? "";
  const rows = await index(logs.filter((log) => log !== created && log.address !== pool));
  expect(rows.get("quarantine")).toBeUndefined();
  expect(ofOthers(rows, "")).toEqual(ofOthers(clean, pool));
});

/** Why the loss of a log shows in no later log, if that is so. */
function whyUnnoticed(place: number, pool: string): string | undefined {
  const lost = logs[place];
  const args = argsOf(lost);
  const later = logs.slice(place + 1).filter(({ address }) => address === pool);
  const ticks = logs
    .filter(({ address }, i) => address === pool && (i > place || isLastPriceBefore(place, pool, i)))
    .flatMap((log) => argsOf(log).tick ?? [])
    .map(Number);
  const notMet =
    ticks.every((tick) => tick < Number(args.tickLower)) ||
    ticks.every((tick) => tick >= Number(args.tickUpper));
  const reasons: Record<string, () => string | false> = {
    "Pool:Flash": () => "no later log says what growth was: owed is too low until somebody collects more",
    "Pool:Collect": () => "of an owner in the pool: no later log says what is still owed, which is too high",
    "Pool:CollectProtocol": () => "no later log says what the protocol is still owed, which is too high",
    "Pool:Burn": () =>
      (args.amount === 0n && "a poke: what is owed is up to one unit too high") ||
      (later.length < 3 && "too little comes after it") ||
      (notMet && "the price never comes to its range again"),
    "Pool:Mint": () =>
      (later.length < 3 && "too little comes after it") ||
      (notMet && "the price never comes to its range again, and nothing is burnt that was not there"),
    "Pool:Swap": () =>
      (args.amount0 === 0n && args.amount1 === 0n && "it moved a price that nobody provided for") ||
      (args.amount0 === 0n || args.amount1 === 0n ? "some units that were all fee, and no price" : false) ||
      (later.length === 0 && "nothing comes after it"),
    "PositionManager:IncreaseLiquidity": () => later.length === 0 && "nothing comes after it in its pool",
    "PositionManager:DecreaseLiquidity": () => later.length === 0 && "nothing comes after it in its pool",
    "PositionManager:Collect": () => later.length === 0 && "nothing comes after it in its pool",
    "PositionManager:Transfer": () => "the NFT is not handed on again: its next Transfer would tell",
  };
  const reason = reasons[lost?.name.replace("UniswapV3", "") ?? ""]?.();
  return reason === false ? undefined : reason;
}

/** Whether a log gives the price that the pool has before another. */
function isLastPriceBefore(place: number, pool: string, i: number): boolean {
  const before = logs.slice(0, place);
  return i === before.findLastIndex((log) => log.address === pool && argsOf(log).tick !== undefined);
}

/** The pool that a log is about: a manager's log on an NFT by the log of the pool around it. */
function poolOf(place: number): string {
  const log = logs[place];
  const { tokenId } = argsOf(log);
  if (tokenId === undefined) return log?.address ?? "";
  const nft = [...(clean.get("position")?.values() ?? [])].find((row) => row.tokenId === tokenId);
  return String(nft?.poolId);
}

/** Rows of pools, ticks, bitmaps and positions that belong to another pool. */
function ofOthers(rows: Tables, pool: string): unknown[] {
  const tables = [
    "pool",
    "pool_snapshot",
    "tick",
    "tick_snapshot",
    "tick_word",
    "position",
    "core_position",
    "swap",
  ];
  return tables.map((table) =>
    [...(rows.get(table)?.values() ?? [])].filter((row) => {
      const of = String(row.poolId ?? row.corePositionId);
      return pool === "" || !of.startsWith(pool);
    }),
  );
}

function argsOf(log: { event: object } | undefined): Record<string, unknown> {
  return (log?.event as { args?: Record<string, unknown> } | undefined)?.args ?? {};
}
