import { and, eq, lte } from "drizzle-orm";
import { ownership } from "../../../ponder.schema.ts";
import { ApiError } from "../errors.ts";
import { type Lazy, lazy } from "../lazy.ts";
import type { Snapshot } from "../snapshot.ts";
import {
  findLiveOwnerships,
  type Owner,
  type OwnershipRow,
  type SettledBook,
  sumSettledOwnerships,
} from "./ownedBooks.ts";
import { findPositionsIn } from "./ownedPositions.ts";
import { findPastPools } from "./pastPools.ts";
import { poolKey } from "./poolKey.ts";
import { findPools, type PoolAt } from "./pools.ts";
import { positionKey } from "./positionPage.ts";
import type { PositionAt } from "./positions.ts";

/** A time with a position that holds something or is owed something. */
export type Holding = { ownership: OwnershipRow; position: PositionAt };

/** An account in one pool. */
export type PoolHoldings = { pool: PoolAt; holdings: readonly Holding[]; settled: SettledBook };

/** A liquidity provider as of a block; what it holds is read when it is first asked for. */
export type AccountAt = Owner & {
  /** One entry a pool, by pool id. */
  book: Lazy<readonly PoolHoldings[]>;
};

const MAX_LIVE = 2_000;
const MAX_POOLS = 1_000;

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

/** An account that is known to own, or have owned, a position. */
export function accountAt(owner: Owner): AccountAt {
  return { ...owner, book: lazy((ask) => ask((snapshot) => findBook(snapshot, owner))) };
}

/** At most seven queries, however many positions and pools. */
async function findBook(snapshot: Snapshot, owner: Owner): Promise<PoolHoldings[]> {
  const settled = await sumSettledOwnerships(snapshot, owner, MAX_POOLS + 1);
  if (settled.length > MAX_POOLS) throw tooManyPools(owner);
  const live = await findLiveOwnerships(snapshot, owner, MAX_LIVE + 1);
  if (live.length > MAX_LIVE) throw tooManyPositions(owner);
  const { tip, past } = owner;
  const keys = settled.map(({ poolId }) => ({ chainId: tip.chainId, poolId }));
  const pools = past
    ? await findPastPools(
        snapshot,
        tip,
        keys.map(({ poolId }) => poolId),
      )
    : await findPools(snapshot, new Map([[tip.chainId, tip]]), keys);
  const positions = await findPositionsIn(snapshot, pools, owner, live);
  const holdings = new Map<string, Holding[]>();
  for (const ownership of live) {
    const position = positions.get(positionKey(ownership));
    if (position === undefined) continue;
    const ofPool = holdings.get(poolKey(ownership)) ?? [];
    ofPool.push({ ownership, position });
    holdings.set(poolKey(ownership), ofPool);
  }
  return settled.flatMap((ofPool) => {
    const key = poolKey({ chainId: tip.chainId, poolId: ofPool.poolId });
    const pool = pools.get(key);
    return pool === undefined ? [] : [{ pool, holdings: holdings.get(key) ?? [], settled: ofPool }];
  });
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
