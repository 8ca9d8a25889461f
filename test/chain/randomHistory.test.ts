import { PGlite } from "@electric-sql/pglite";
import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  encodePacked,
  keccak256,
  parseAbi,
} from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolAbi, positionManagerAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { type RandomHistory, runRandomHistory } from "../../demo/chain/history.ts";
import { type App, anvilMarkets, startApp, TEST_SCHEMA } from "../app.ts";
import { everyRow } from "../rows.ts";

const SEED = 20_261_121;
const OPERATIONS = 400;
const POOLS = [
  { fee: 100, tickSpacing: 1, decimals0: 18, decimals1: 6 },
  { fee: 3000, tickSpacing: 60, decimals0: 8, decimals1: 18 },
  { fee: 10000, tickSpacing: 200, decimals0: 6, decimals1: 6 },
];

type IndexedPosition = {
  id: string;
  owner: string;
  tickLower: number;
  tickUpper: number;
  liquidity: string;
  status: string;
  pool: { poolId: string };
  inventory: { amounts: { amount0: string; amount1: string } };
};

type PositionPage = {
  positions: { items: IndexedPosition[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};

type Snapshot = { pool_id: Address; block_number: number };

let anvil: Anvil;
let client: ChainClient;
let history: RandomHistory;
let app: App;
let indexed: Map<string, IndexedPosition>;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  history = await runRandomHistory(client, { seed: SEED, operations: OPERATIONS, pools: POOLS });
  app = await startApp(anvilMarkets(anvil.url, history.deployment));
  await app.untilIndexed("anvil", Number(history.lastBlock));
  indexed = await everyPosition();
});

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
});

test("the history is what it says: hundreds of operations of every kind, on pools with every status", () => {
  const done = Object.values(history.done).reduce((sum, count) => sum + count);
  expect(done).toBeGreaterThan(300);
  for (const [name, count] of Object.entries(history.done)) expect(count, name).toBeGreaterThan(0);
  const statuses = new Set([...indexed.values()].map(({ status }) => status));
  expect([...statuses].sort()).toEqual(["ABOVE", "BELOW", "CLOSED", "IN_RANGE"]);
});

test("price, tick and liquidity of every pool equal slot0() and liquidity()", async () => {
  for (const { pool } of history.pools) {
    const answer = await app.query<{ pool: unknown }>(
      `{ pool(chainId: 31337, poolId: "${pool}") { sqrtPriceX96 tick liquidity } }`,
    );
    const read = { address: pool, abi: poolAbi } as const;
    const [sqrtPriceX96, tick] = await client.readContract({ ...read, functionName: "slot0" });
    const liquidity = await client.readContract({ ...read, functionName: "liquidity" });
    expect(answer.pool).toEqual({ sqrtPriceX96: String(sqrtPriceX96), tick, liquidity: String(liquidity) });
  }
});

test("owner, range and liquidity of every NFT equal the manager's; its amounts equal a static burn", async () => {
  const manager = history.deployment.positionManager;
  for (const nft of history.nfts) {
    const id = `31337:${manager.toLowerCase()}:${nft.tokenId}`;
    const found = indexed.get(id);
    if (nft.burned) {
      expect(found, id).toMatchObject({ liquidity: "0", status: "CLOSED" });
      continue;
    }
    const read = { address: manager, abi: positionManagerAbi, args: [nft.tokenId] } as const;
    const owner = await client.readContract({ ...read, functionName: "ownerOf" });
    const position = await client.readContract({ ...read, functionName: "positions" });
    expect(found, id).toMatchObject({
      owner: owner.toLowerCase(),
      tickLower: position[5],
      tickUpper: position[6],
      liquidity: String(position[7]),
      inventory: { amounts: await burnt(manager, nft, position[7]) },
      pool: { poolId: nft.pool.toLowerCase() },
    });
  }
});

test("the same holds for positions that are held in the pool itself", async () => {
  for (const position of history.direct) {
    const { pool, owner, tickLower, tickUpper } = position;
    const key = keccak256(encodePacked(["address", "int24", "int24"], [owner, tickLower, tickUpper]));
    const read = { address: pool, abi: poolAbi, functionName: "positions", args: [key] } as const;
    const [core] = await client.readContract(read);
    const isManager = owner === history.deployment.positionManager;
    // All NFTs of a range share the manager's position in the pool; what no NFT has of it is listed under the pool.
    const liquidity = isManager ? core - nftLiquidity(position) : core;
    const id = ["31337", pool, owner, tickLower, tickUpper].join(":").toLowerCase();
    expect(indexed.get(id), id).toMatchObject({
      owner: owner.toLowerCase(),
      liquidity: String(liquidity),
      inventory: { amounts: await burnt(owner, position, liquidity) },
    });
  }
});

test("nothing else is listed", () => {
  const manager = history.deployment.positionManager.toLowerCase();
  const expected = [
    ...history.nfts.map(({ tokenId }) => `31337:${manager}:${tokenId}`),
    ...history.direct.map(({ pool, owner, tickLower, tickUpper }) =>
      ["31337", pool, owner, tickLower, tickUpper].join(":").toLowerCase(),
    ),
  ];
  expect([...indexed.keys()].sort()).toEqual(expected.sort());
});

test("every snapshot of a pool, a tick and an NFT is the chain at its block", async () => {
  await app.stop();
  const rows = await everyRow(app.databaseDirectory);
  const parse = <Row>(table: string) => (rows[table] ?? []).map((row) => JSON.parse(row) as Row);
  const pools = parse<Snapshot & { tick: number; liquidity: number }>("pool_snapshot");
  const ticks = parse<Snapshot & { tick: number; liquidity_net: number }>("tick_snapshot");
  const positions = parse<Snapshot & { position_id: string; liquidity: number }>("position_snapshot");
  expect(pools.length).toBeGreaterThan(150);
  expect(ticks.length).toBeGreaterThan(200);
  expect(positions.length).toBeGreaterThan(100);

  for (const { pool_id, block_number, tick, liquidity } of pools) {
    const read = { address: pool_id, abi: poolAbi, blockNumber: BigInt(block_number) } as const;
    const [slot0, onChain] = await Promise.all([
      client.readContract({ ...read, functionName: "slot0" }),
      client.readContract({ ...read, functionName: "liquidity" }),
    ]);
    // JSON rounds what is over 2^53: enough to tell one state from another.
    expect({ tick, liquidity }, `${pool_id} at ${block_number}`).toEqual({
      tick: slot0[1],
      liquidity: Number(onChain),
    });
  }
  for (const { pool_id, block_number, tick, liquidity_net } of ticks) {
    const read = { address: pool_id, abi: poolAbi, blockNumber: BigInt(block_number) } as const;
    const onChain = await client.readContract({ ...read, functionName: "ticks", args: [tick] });
    expect(liquidity_net, `tick ${tick} at ${block_number}`).toBe(Number(onChain[1]));
  }
  const burned = new Set(history.nfts.filter((nft) => nft.burned).map(({ tokenId }) => String(tokenId)));
  const manager = history.deployment.positionManager;
  for (const { position_id, block_number, liquidity } of positions) {
    const [address, tokenId = "", more] = position_id.split(":");
    if (address !== manager.toLowerCase() || more !== undefined || burned.has(tokenId)) continue;
    const read = { address: manager, abi: positionManagerAbi, blockNumber: BigInt(block_number) } as const;
    const args = [BigInt(tokenId)] as const;
    const onChain = await client.readContract({ ...read, functionName: "positions", args });
    expect(liquidity, `NFT ${tokenId} at ${block_number}`).toBe(Number(onChain[7]));
  }
});

test("every tick and every word of the bitmap equals the pool's, and the index says which words are not empty", async () => {
  await app.stop();
  const rows = new PGlite(app.databaseDirectory);
  const ticks = await rows.query<{ pool_id: Address; tick: number; gross: string; net: string }>(
    `select pool_id, tick, liquidity_gross::text as gross, liquidity_net::text as net from ${TEST_SCHEMA}.tick`,
  );
  const words = await rows.query<{ pool_id: Address; word: number; bitmap: string }>(
    `select pool_id, word::int, bitmap::text as bitmap from ${TEST_SCHEMA}.tick_word`,
  );
  const index = await rows.query<{ pool_id: Address; word_index: number; bitmap: string }>(
    `select pool_id, word_index::int, bitmap::text as bitmap from ${TEST_SCHEMA}.tick_word_index`,
  );
  const pending = await rows.query(`select * from ${TEST_SCHEMA}.pending_mint where not claimed`);
  await rows.close();

  expect(ticks.rows.length).toBeGreaterThan(30);
  for (const { pool_id: address, tick, gross, net } of ticks.rows) {
    const read = { address, abi: poolAbi, functionName: "ticks", args: [tick] } as const;
    const onChain = await client.readContract(read);
    expect({ gross, net }, `tick ${tick}`).toEqual({ gross: String(onChain[0]), net: String(onChain[1]) });
  }
  const notEmpty: string[] = [];
  const bitmapAbi = parseAbi(["function tickBitmap(int16 word) view returns (uint256)"]);
  for (const { pool, tickSpacing } of history.pools) {
    const last = Math.floor(887272 / tickSpacing) >> 8;
    const all = Array.from({ length: 2 * last + 2 }, (_, i) => i - last - 1);
    const read = { address: pool, abi: bitmapAbi, functionName: "tickBitmap" } as const;
    const bitmaps = await Promise.all(all.map((word) => client.readContract({ ...read, args: [word] })));
    const onChain = all.map((word, i) => ({ word, bitmap: String(bitmaps[i]) }));
    const occupied = onChain.filter(({ bitmap }) => bitmap !== "0");
    const stored = words.rows.filter((row) => row.pool_id === pool.toLowerCase() && row.bitmap !== "0");
    expect(stored.map(({ word, bitmap }) => ({ word, bitmap })).sort((x, y) => x.word - y.word)).toEqual(
      occupied,
    );
    notEmpty.push(...occupied.map(({ word }) => `${pool.toLowerCase()} ${word}`));
  }
  const listed = index.rows.flatMap((row) =>
    Array.from({ length: 256 }, (_, bit) => bit)
      .filter((bit) => (BigInt(row.bitmap) >> BigInt(bit)) & 1n)
      .map((bit) => `${row.pool_id} ${row.word_index * 256 + bit}`),
  );
  expect(listed.sort()).toEqual(notEmpty.sort());
  expect(pending.rows).toEqual([]);
});

async function everyPosition(): Promise<Map<string, IndexedPosition>> {
  const found = new Map<string, IndexedPosition>();
  let after: string | null = null;
  do {
    const { positions }: PositionPage = await app.query(
      `query ($after: String) { positions(where: { chainId: 31337 }, first: 25, after: $after) {
        items { id owner tickLower tickUpper liquidity status pool { poolId } inventory { amounts { amount0 amount1 } } }
        pageInfo { hasNextPage endCursor }
      } }`,
      { after },
    );
    for (const item of positions.items) found.set(item.id, item);
    after = positions.pageInfo.hasNextPage ? positions.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** What the pool would pay for this liquidity now, asked as its owner by a static call. */
async function burnt(
  owner: Address,
  { pool, tickLower, tickUpper }: { pool: Address; tickLower: number; tickUpper: number },
  liquidity: bigint,
): Promise<{ amount0: string; amount1: string }> {
  if (liquidity === 0n) return { amount0: "0", amount1: "0" };
  const call = { abi: poolAbi, functionName: "burn" } as const;
  const data = encodeFunctionData({ ...call, args: [tickLower, tickUpper, liquidity] });
  const { data: result } = await client.call({ account: owner, to: pool, data });
  const [amount0, amount1] = decodeFunctionResult({ ...call, data: result ?? "0x" });
  return { amount0: String(amount0), amount1: String(amount1) };
}

function nftLiquidity(range: { pool: Address; tickLower: number; tickUpper: number }): bigint {
  return [...indexed.values()]
    .filter(({ id }) => id.split(":").length === 3)
    .filter(({ pool }) => pool.poolId === range.pool.toLowerCase())
    .filter(({ tickLower, tickUpper }) => tickLower === range.tickLower && tickUpper === range.tickUpper)
    .reduce((sum, { liquidity }) => sum + BigInt(liquidity), 0n);
}
