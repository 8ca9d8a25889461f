import { type Address, type Hex, toEventSelector } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { runRandomHistory } from "../../demo/chain/history.ts";
import { liquidityWeights } from "../../demo/chain/historyOperations.ts";
import type { World } from "../../demo/chain/historyWorld.ts";
import { type Randomness, seededRandomness } from "../../demo/chain/randomness.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";
import { everyField } from "./everyField.ts";

const POOLS = [
  { fee: 100, tickSpacing: 1, decimals0: 18, decimals1: 6 },
  { fee: 3000, tickSpacing: 60, decimals0: 8, decimals1: 18 },
];
const OPERATIONS = 240;
/** Recorded after every block; the rest of the pairs is random. */
const POSITIONS_A_BLOCK = 3;
/** Each of them plays a window's swaps: asked of every sixth pair alone. */
const PLAYED = ["markout", "toxicVolumeShare"];

type Answer = { id: string; asOf: Point; pool: { id: string; asOf: Point } };
type Point = { number: number; timestamp: number };
/** What the API answered while the block was the newest; of some what takes a history played again. */
type Recorded = { id: string; block: number; timestamp: number; answer: Answer; played: unknown };

let anvil: Anvil;
let client: ChainClient;
let app: App;
let fields: string;
const random: Randomness = seededRandomness(9);
const recorded: Recorded[] = [];
/** First topic of the last log of each block, and the number of its logs. */
const lastLogs = new Map<number, { topic: Hex | undefined; count: number }>();

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000, accounts: 6 });
  client = chainClient(anvil.url);
  await runRandomHistory(client, {
    seed: 41,
    operations: OPERATIONS,
    pools: POOLS,
    weights: { ...liquidityWeights, borrow: 10, changeProtocolFee: 8 },
    afterBlock: async (world, { number, pools }) => {
      const contracts = [...pools.map(({ pool }) => pool), world.deployment.positionManager];
      if (await noteLogs(number, contracts)) await recordPositions(world, number);
      // Windows of hours and days begin at different blocks.
      if (number % 5 === 0) await client.increaseTime({ seconds: random.whole(600, 20_000) });
    },
  });
});

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
});

test("the pairs are 200 and more, at blocks that end with a flash, a mint, a protocol-fee change, and with several events", () => {
  expect(recorded.length).toBeGreaterThanOrEqual(200);
  const ends = [...new Set(recorded.map(({ block }) => block))].map((block) => lastLogs.get(block));
  const endsWith = (event: string) => ends.filter((end) => end?.topic === toEventSelector(event)).length;
  expect(endsWith("Flash(address,address,uint256,uint256,uint256,uint256)")).toBeGreaterThan(1);
  expect(endsWith("Mint(address,address,int24,int24,uint128,uint256,uint256)")).toBeGreaterThan(1);
  expect(endsWith("IncreaseLiquidity(uint256,uint128,uint256,uint256)")).toBeGreaterThan(1);
  expect(endsWith("SetFeeProtocol(uint8,uint8,uint8,uint8)")).toBeGreaterThan(1);
  expect(ends.filter((end) => (end?.count ?? 0) > 3).length).toBeGreaterThan(10);
});

test("a position and its pool as of a past block are, in every field, what they were while it was the newest", async () => {
  for (const { id, block, answer } of recorded) {
    expect(await askPosition(id, `, asOf: { block: ${block} }`), `${id} at ${block}`).toEqual(
      asPast(answer, block),
    );
  }
});

test("so is what their swaps gained them", async () => {
  const played = recorded.filter((pair) => pair.played !== undefined);
  expect(JSON.stringify(played.map((pair) => pair.played))).toMatch(/"markout":-?\d/);
  for (const { id, block, played: then } of played) {
    expect(await askPlayed(id, `, asOf: { block: ${block} }`), `${id} at ${block}`).toEqual(then);
  }
});

test("so they are by the time of the block, by any second before the next one, and by the id with @block", async () => {
  const times = await Promise.all(
    [...lastLogs.keys()].map(async (block) =>
      Number((await client.getBlock({ blockNumber: BigInt(block) })).timestamp),
    ),
  );
  for (const { id, block, timestamp, answer } of recorded.filter((_, i) => i % 6 === 0)) {
    const past = asPast(answer, block);
    const next = times.find((time) => time > timestamp) ?? timestamp + 1;
    const second = random.whole(timestamp, next - 1);
    expect(await askPosition(id, `, asOf: { timestamp: ${timestamp} }`)).toEqual(past);
    expect(await askPosition(id, `, asOf: { timestamp: ${second} }`)).toEqual(past);
    expect(await askPosition(`${id}@${block}`)).toEqual(past);
  }
});

test("before it was opened a position is null, and past what is indexed there is no answer", async () => {
  const [first] = recorded;
  const opened = await app.query<{ position: { opened: Point } }>(
    `{ position(id: "${first?.id}") { opened { number } } }`,
  );
  expect(
    await askPosition(first?.id ?? "", `, asOf: { block: ${opened.position.opened.number - 1} }`),
  ).toBeNull();
  await expect(askPosition(first?.id ?? "", ", asOf: { block: 100000 }")).rejects.toThrow("BAD_INPUT");
});

/** False where no log of ours is in the block: all its transactions reverted. */
async function noteLogs(number: number, contracts: Address[]): Promise<boolean> {
  const range = { fromBlock: BigInt(number), toBlock: BigInt(number) };
  const logs = await client.getLogs({ address: contracts, ...range });
  if (logs.length > 0) lastLogs.set(number, { topic: logs.at(-1)?.topics[0], count: logs.length });
  return logs.length > 0;
}

async function recordPositions(world: World, block: number): Promise<void> {
  app ??= await startApp(anvilMarkets(anvil.url, world.deployment));
  await app.untilIndexed("anvil", block);
  fields ??= `{ ${(await everyField(app, "Position", PLAYED)).slice(1, -1)} owners ${await everyField(app, "Ownership")} }`;
  const { nfts, direct, deployment } = world;
  const ids = [
    ...nfts.map(({ tokenId }) => `31337:${deployment.positionManager}:${tokenId}`),
    ...direct.map(({ pool, owner, tickLower, tickUpper }) =>
      ["31337", pool, owner, tickLower, tickUpper].join(":"),
    ),
  ].map((id) => id.toLowerCase());
  const asked = new Set(Array.from({ length: POSITIONS_A_BLOCK }, () => random.pick(ids)));
  for (const id of asked) {
    if (id === undefined) continue;
    const answer = await askPosition(id);
    expect(answer?.asOf.number, `${id} while block ${block} is the newest`).toBe(block);
    const played = recorded.length % 6 === 0 ? await askPlayed(id) : undefined;
    if (answer) recorded.push({ id, block, timestamp: answer.asOf.timestamp, answer, played });
  }
}

async function askPosition(id: string, asOf = ""): Promise<Answer | null> {
  const { position } = await app.query<{ position: Answer | null }>(
    `query ($id: ID!) { position(id: $id${asOf}) ${fields} }`,
    { id },
  );
  return position;
}

async function askPlayed(id: string, asOf = ""): Promise<unknown> {
  return app.query(
    `query ($id: ID!) { position(id: $id${asOf}) { adverseSelection(window: WEEK, horizon: 0) { ${PLAYED.join(" ")} } } }`,
    { id },
  );
}

/** Under a past point the ids of the position and its pool have the block appended; nothing else may differ. */
function asPast(answer: Answer, block: number): Answer {
  return {
    ...answer,
    id: `${answer.id}@${block}`,
    pool: { ...answer.pool, id: `${answer.pool.id}@${block}` },
  };
}
