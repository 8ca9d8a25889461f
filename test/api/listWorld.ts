import type { Hono } from "hono";
import { expect } from "vitest";
import * as tables from "../../ponder.schema.ts";
import type { Database } from "../../src/api/snapshot.ts";
import { ask, createTestApi, NOW } from "./client.ts";
import { createPglite, createPostgres, type TestDatabase } from "./database.ts";
import { address, block, MANAGER, POOL, pool, poolSnapshot, position, token, USDC } from "./rows.ts";

/** Both engines, for describe.each. */
export const ENGINES: readonly [string, () => Promise<TestDatabase>][] = [
  ["PGlite", createPglite],
  ["PostgreSQL", createPostgres],
];

export const BOB = address("d2");
export const OTHER_POOL = address("b2");
export const IN_POOL = `where: {chainId: 1, pool: "${POOL}"}`;
/** Price 1. */
export const ONE = { tick: 0, sqrtPriceX96: 2n ** 96n, sqrtPriceDouble: 1 };

const CHAINS = [
  { id: 1, name: "mainnet", quoteToken: null, quoteMinDepth: 10_000 },
  { id: 2, name: "other", quoteToken: null, quoteMinDepth: 10_000 },
];

export type ListWorld = {
  database: Database;
  app: Hono;
  /** Unix seconds, to be moved by tests. */
  now: number;
  /** Token ids of one page of positions. */
  list(args: string): Promise<string[]>;
  /** Of its error. */
  fail(args: string): Promise<{ code: string; message: string; status: number }>;
  /** Token ids of every page. */
  walk(args: string, first: number): Promise<string[][]>;
  close(): Promise<void>;
};

/** Nine positions in three pools at price 1, on two chains; token ids 1 to 9. */
export async function startListWorld(create: () => Promise<TestDatabase>): Promise<ListWorld> {
  const db = await create();
  await fill(db);
  const world: ListWorld = {
    database: db.database,
    app: createTestApi(db.database, { chains: CHAINS, clock: () => world.now }),
    now: NOW,
    list: async (args) => {
      const { data, errors } = await ask(world.app, `{positions(${args}) {items {tokenId}}}`);
      expect(errors).toEqual([]);
      return tokenIds(data.positions.items);
    },
    fail: async (args) => {
      const { errors, status } = await ask(world.app, `{positions(${args}) {items {id}}}`);
      return { code: errors[0]?.extensions.code ?? "", message: errors[0]?.message ?? "", status };
    },
    walk: (args, first) => walk(world.app, args, first),
    close: () => db.close(),
  };
  return world;
}

async function walk(app: Hono, args: string, first: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after = ""; ; ) {
    const page = "{items {tokenId} pageInfo {hasNextPage endCursor}}";
    const { data, errors } = await ask(app, `{positions(${args} first: ${first}${after}) ${page}}`);
    expect(errors).toEqual([]);
    const { items, pageInfo } = data.positions;
    pages.push(tokenIds(items));
    if (!pageInfo.hasNextPage) return pages;
    after = ` after: "${pageInfo.endCursor}"`;
  }
}

function tokenIds(items: { tokenId: string }[]): string[] {
  return items.map(({ tokenId }) => tokenId);
}

/** In a pool at tick 0, with nothing held against: `id` is the token id. */
function at(id: number, tickLower: number, tickUpper: number, row: Parameters<typeof position>[0] = {}) {
  return position({
    positionId: `${row.manager ?? MANAGER}:${id}`,
    tokenId: BigInt(id),
    tickLower,
    tickUpper,
    liquidity: BigInt(id) * 1_000_000n,
    hold0: 0n,
    hold1: 0n,
    realizedIl1: 0n,
    openedBlock: 20 + id,
    openedTimestamp: 1_700_000_020 + id,
    ...row,
  });
}

const closed = { closedBlock: 40, closedTimestamp: 1_700_000_040, liquidity: 0n };

async function fill({ database }: TestDatabase): Promise<void> {
  await database.insert(tables.block).values([block(), block({ chainId: 2, number: 300 })]);
  await database
    .insert(tables.token)
    .values([
      token(),
      token({ address: USDC, symbol: "USDC", decimals: 6 }),
      token({ address: address("e9"), symbol: null, name: null, decimals: null }),
      token({ chainId: 2 }),
      token({ chainId: 2, address: USDC, decimals: 6 }),
    ]);
  const other = { poolId: OTHER_POOL, riskToken: 1, token1: address("e9"), fee: 500, createdTimestamp: null };
  await database
    .insert(tables.pool)
    .values([
      pool(ONE),
      pool({ ...ONE, ...other, createdBlock: null }),
      pool({ ...ONE, chainId: 2, createdTimestamp: 1_700_000_090 }),
    ]);
  for (const { chainId, poolId } of [
    { chainId: 1, poolId: POOL },
    { chainId: 1, poolId: OTHER_POOL },
    { chainId: 2, poolId: POOL },
  ]) {
    await database
      .insert(tables.poolSnapshot)
      .values(poolSnapshot({ chainId, poolId, blockNumber: 50, ...ONE }));
  }
  await database
    .insert(tables.position)
    .values([
      at(1, 60, 120),
      at(2, -60, 120, { owner: BOB }),
      at(3, -60, 60),
      at(4, -120, 60),
      at(5, -120, -60),
      at(6, -60, 60, { ...closed, realizedIl1: -500n }),
      at(7, 120, 180, { openedTimestamp: 1_700_000_021 }),
      at(8, 0, 60, { poolId: OTHER_POOL, owner: BOB }),
      at(9, -60, 60, { chainId: 2, owner: BOB, ...closed, openedBlock: 40, openedTimestamp: 1_700_000_040 }),
    ]);
}
