import { and, eq, inArray, or } from "drizzle-orm";
import { pool } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { type PoolKey, poolKey } from "./poolKey.ts";
import { type PoolPage, poolPage } from "./poolPage.ts";
import type { Tip } from "./tips.ts";
import { findTokens, type Token } from "./tokens.ts";

export type PoolRow = typeof pool.$inferSelect;

/** A pool with everything that its figures need: its tokens and the block that it stands at. */
export type PoolAt = {
  row: PoolRow;
  token0: Token;
  token1: Token;
  tip: Tip;
  /** The block was asked for: ids say so. */
  past: boolean;
  page: PoolPage;
};

type Tips = ReadonlyMap<number, Tip>;

/** Null for a pool that is not indexed. */
export async function findPool(snapshot: Snapshot, tips: Tips, key: PoolKey): Promise<PoolAt | null> {
  const pools = await findPools(snapshot, tips, [key]);
  return pools.get(poolKey(key)) ?? null;
}

/** By {@link poolKey}, in two queries however many they are. */
export async function findPools(
  snapshot: Snapshot,
  tips: Tips,
  keys: readonly PoolKey[],
): Promise<ReadonlyMap<string, PoolAt>> {
  const ofChains = [...byChain(keys, ({ poolId }) => [poolId])].map(([chainId, poolIds]) =>
    and(eq(pool.chainId, chainId), inArray(pool.poolId, [...poolIds])),
  );
  if (ofChains.length === 0) return new Map();
  return withTokens(
    snapshot,
    tips,
    await snapshot
      .select()
      .from(pool)
      .where(or(...ofChains)),
  );
}

/** Adds tokens and tip to rows that are there already, in one query. `past`: they are as of a block asked for. */
export async function withTokens(
  snapshot: Snapshot,
  tips: Tips,
  rows: readonly PoolRow[],
  past = false,
): Promise<ReadonlyMap<string, PoolAt>> {
  const tokens = await findTokens(
    snapshot,
    byChain(rows, ({ token0, token1 }) => [token0, token1]),
  );
  const page = poolPage(rows, tips, past);
  const pools = new Map<string, PoolAt>();
  for (const row of rows) {
    const tip = tips.get(row.chainId);
    if (tip === undefined) throw new PoolWithoutBlockError(row);
    const tokenOf = (address: `0x${string}`): Token =>
      tokens.get(`${row.chainId}:${address}`) ?? unread(row.chainId, address);
    const tokens01 = { token0: tokenOf(row.token0), token1: tokenOf(row.token1) };
    pools.set(poolKey(row), { row, ...tokens01, tip, past, page });
  }
  return pools;
}

function unread(chainId: number, address: `0x${string}`): Token {
  return { chainId, address, symbol: null, name: null, decimals: null };
}

function byChain<T extends { chainId: number }>(
  items: readonly T[],
  hexOf: (item: T) => readonly `0x${string}`[],
): Map<number, Set<`0x${string}`>> {
  const chains = new Map<number, Set<`0x${string}`>>();
  for (const item of items) {
    const ofChain = chains.get(item.chainId) ?? new Set();
    for (const hex of hexOf(item)) ofChain.add(hex);
    chains.set(item.chainId, ofChain);
  }
  return chains;
}

export class PoolWithoutBlockError extends Error {
  override readonly name = "PoolWithoutBlockError";
  readonly pool: PoolKey;

  constructor({ chainId, poolId }: PoolKey) {
    super(
      `pool ${poolId} of chain ${chainId} has a row and its chain has no block row: check that the chain is in the markets file and that every event writes its block`,
    );
    this.pool = { chainId, poolId };
  }
}
