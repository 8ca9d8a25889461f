import { and, asc, eq, lte } from "drizzle-orm";
import { ownership } from "../../../ponder.schema.ts";
import { ApiError } from "../errors.ts";
import { type Lazy, lazy } from "../lazy.ts";
import type { Snapshot } from "../snapshot.ts";
import {
  findLiveOwnerships,
  findSettledOwnerships,
  type Owner,
  type SettledBook,
  sumSettledOwnerships,
} from "./ownedBooks.ts";
import { findPositionsIn } from "./ownedPositions.ts";
import type { OwnershipRow } from "./ownerships.ts";
import { findPastPools } from "./pastPools.ts";
import { poolKey } from "./poolKey.ts";
import { findPools, type PoolAt } from "./pools.ts";
import { positionKey } from "./positionPage.ts";
import type { PositionAt } from "./positions.ts";

/** An owner's time with a position. */
export type Holding = { ownership: OwnershipRow; position: PositionAt };

/** An account in one pool: its times with positions that hold something or are owed something, and all others. */
export type PoolHoldings = { pool: PoolAt; holdings: readonly Holding[]; settled: SettledBook };

/** A liquidity provider as of a block; what it holds is read when it is first asked for. */
export type AccountAt = Owner & {
  /** One entry a pool, by pool id. */
  book: Lazy<readonly PoolHoldings[]>;
  /** The settled ones of all pools one by one; null where there are more than are converted one by one. */
  settled: Lazy<readonly Holding[] | null>;
};

const MAX_LIVE = 2_000;
const MAX_POOLS = 1_000;
/** Each is one flow at least, and of more than 1,000 none are converted. */
const MAX_SETTLED = 1_000;

/** Null where it never owned a position. */
export async function findAccount(snapshot: Snapshot, owner: Owner): Promise<AccountAt | null> {
  const { address, tip } = owner;
  const [some] = await snapshot
    .select({ number: ownership.number })
    .from(ownership)
    .where(
      and(
        eq(ownership.owner, address),
        eq(ownership.chainId, tip.chainId),
        lte(ownership.fromBlock, tip.number),
      ),
    )
    .limit(1);
  return some === undefined ? null : accountAt(owner);
}

/** When it first owned a position; null where it had not by the block. */
export async function findFirstOwned(
  snapshot: Snapshot,
  { address, tip }: Pick<Owner, "address" | "tip">,
): Promise<{ number: number; timestamp: number } | null> {
  const { owner, chainId, fromBlock, fromTimestamp } = ownership;
  const [first] = await snapshot
    .select({ number: fromBlock, timestamp: fromTimestamp })
    .from(ownership)
    .where(and(eq(owner, address), eq(chainId, tip.chainId), lte(fromBlock, tip.number)))
    .orderBy(asc(fromBlock))
    .limit(1);
  return first ?? null;
}

/** An account that is known to own, or have owned, a position. */
export function accountAt(owner: Owner): AccountAt {
  const book = lazy((ask) => ask((snapshot) => findBook(snapshot, owner)));
  const settled = lazy(async (ask) => {
    const pools = poolsOf(await book(ask));
    return ask((snapshot) => findSettled(snapshot, pools, owner));
  });
  return { ...owner, book, settled };
}

/** At most eight queries, however many positions and pools. */
async function findBook(snapshot: Snapshot, owner: Owner): Promise<PoolHoldings[]> {
  const settled = await sumSettledOwnerships(snapshot, owner, MAX_POOLS + 1);
  if (settled.length > MAX_POOLS) throw tooManyPools(owner);
  const live = await findLiveOwnerships(snapshot, owner, MAX_LIVE + 1);
  if (live.length > MAX_LIVE) throw tooManyPositions(owner);
  const { tip, past } = owner;
  const keys = settled.map(({ poolId }) => ({ chainId: tip.chainId, poolId }));
  const poolIds = settled.map(({ poolId }) => poolId);
  const pools = past
    ? await findPastPools(snapshot, tip, poolIds)
    : await findPools(snapshot, new Map([[tip.chainId, tip]]), keys);
  const holdings = await withPositions(snapshot, pools, owner, live);
  return settled.map((ofPool) => {
    const key = poolKey({ chainId: tip.chainId, poolId: ofPool.poolId });
    const pool = pools.get(key);
    if (pool === undefined) throw new BookWithoutPoolError(owner, ofPool.poolId);
    return {
      pool,
      holdings: holdings.filter(({ ownership }) => poolKey(ownership) === key),
      settled: ofPool,
    };
  });
}

async function findSettled(
  snapshot: Snapshot,
  pools: ReadonlyMap<string, PoolAt>,
  owner: Owner,
): Promise<Holding[] | null> {
  const rows = await findSettledOwnerships(snapshot, owner, MAX_SETTLED + 1);
  return rows.length > MAX_SETTLED ? null : withPositions(snapshot, pools, owner, rows);
}

async function withPositions(
  snapshot: Snapshot,
  pools: ReadonlyMap<string, PoolAt>,
  owner: Owner,
  rows: readonly OwnershipRow[],
): Promise<Holding[]> {
  const positions = await findPositionsIn(snapshot, pools, owner, rows);
  return rows.map((ownership) => {
    const position = positions.get(positionKey(ownership));
    if (position === undefined) throw new OwnershipWithoutPositionError(ownership);
    return { ownership, position };
  });
}

function poolsOf(book: readonly PoolHoldings[]): ReadonlyMap<string, PoolAt> {
  return new Map(book.map(({ pool }) => [poolKey(pool.row), pool]));
}

function tooManyPositions({ address, tip }: Owner): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `${address} has more than ${MAX_LIVE} open positions on chain ${tip.chainId}: page through positions(where: {owner: ...}) instead.`,
  );
}

function tooManyPools({ address, tip }: Owner): ApiError {
  return new ApiError(
    "TOO_COMPLEX",
    `${address} has had positions in more than ${MAX_POOLS} pools of chain ${tip.chainId}: page through positions(where: {owner: ...}) instead.`,
  );
}

export class BookWithoutPoolError extends Error {
  override readonly name = "BookWithoutPoolError";
  readonly poolId: string;

  constructor({ address, tip }: Owner, poolId: string) {
    super(
      `${address} owned a position in pool ${poolId} of chain ${tip.chainId}, which has no row: check the indexing`,
    );
    this.poolId = poolId;
  }
}

export class OwnershipWithoutPositionError extends Error {
  override readonly name = "OwnershipWithoutPositionError";
  readonly positionId: string;

  constructor({ chainId, positionId, owner }: OwnershipRow) {
    super(
      `${owner} owned position ${positionId} of chain ${chainId}, which has no row: check that both are written together`,
    );
    this.positionId = positionId;
  }
}
