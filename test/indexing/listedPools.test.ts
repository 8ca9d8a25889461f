import { type Address, parseEventLogs } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../demo/chain/history.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";
import { everyRow } from "../rows.ts";

let anvil: Anvil;
let client: ChainClient;
let history: RandomHistory;
let listed: Address;
let app: App;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  const terms = { tickSpacing: 60, decimals0: 18, decimals1: 6 };
  const pools = [
    { ...terms, fee: 3000 },
    { ...terms, fee: 3000 },
  ];
  history = await runRandomHistory(client, { seed: 11, operations: 120, pools });
  listed = history.pools[0]?.pool ?? "0x";
  app = await startApp(anvilMarkets(anvil.url, history.deployment, [listed]));
  await app.untilIndexed("anvil", Number(history.lastBlock));
});

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
});

test("of one listed pool, just its own positions are known, NFTs among them", async () => {
  const { positions } = await app.query<{ positions: { items: { id: string }[] } }>(
    "{ positions(where: { chainId: 31337 }, first: 1000) { items { id } } }",
  );
  const manager = history.deployment.positionManager.toLowerCase();
  const nfts = history.nfts.filter(({ pool }) => pool === listed);
  const direct = history.direct.filter(({ pool }) => pool === listed);
  expect(nfts.length).toBeGreaterThan(3);
  expect(direct.length).toBeGreaterThan(1);
  const expected = [
    ...nfts.map(({ tokenId }) => `31337:${manager}:${tokenId}`),
    ...direct.map(({ pool, owner, tickLower, tickUpper }) =>
      ["31337", pool, owner, tickLower, tickUpper].join(":").toLowerCase(),
    ),
  ];
  expect(positions.items.map(({ id }) => id).sort()).toEqual(expected.sort());
});

test("the manager's events of other pools are counted in /metrics and write nothing, not even their block", async () => {
  const strangers = new Set(history.nfts.filter(({ pool }) => pool !== listed).map(({ tokenId }) => tokenId));
  const address = history.deployment.positionManager;
  const raw = await client.getLogs({ address, fromBlock: 0n, toBlock: "latest" });
  const logs = parseEventLogs({
    abi: nonfungiblePositionManagerAbi,
    logs: raw,
    eventName: ["IncreaseLiquidity", "DecreaseLiquidity", "Collect", "Transfer"],
  });
  const unindexed = logs.filter(({ args }) => strangers.has(args.tokenId)).length;
  expect(unindexed).toBeGreaterThan(20);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(
    new RegExp(`^ballast_unindexed_manager_events_total\\{chain="anvil"\\} ${unindexed}$`, "mu"),
  );

  const own = await client.getLogs({ address: listed, fromBlock: 0n, toBlock: "latest" });
  const transfers = logs.filter(({ args }) => !strangers.has(args.tokenId));
  const blocks = new Set([...own, ...transfers].map(({ blockNumber }) => Number(blockNumber)));
  await app.stop();
  const { block } = await everyRow(app.databaseDirectory);
  const numbers = (block ?? []).map((row) => (JSON.parse(row) as { number: number }).number);
  expect(numbers.sort((a, b) => a - b)).toEqual([...blocks].sort((a, b) => a - b));
});
