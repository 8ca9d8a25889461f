import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { block, poolSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { NEWEST, newestBeforeEach } from "./blocks.ts";
import { columnsOf } from "./columnsOf.ts";
import type { PoolKey } from "./poolKey.ts";
import type { PoolSnapshotRow } from "./poolPage.ts";
import type { Tip } from "./tips.ts";

const SELECTED = {
  ...{ sqrtPriceX96: poolSnapshot.sqrtPriceX96, tick: poolSnapshot.tick, liquidity: poolSnapshot.liquidity },
  ...{ swaps: poolSnapshot.swaps, mints: poolSnapshot.mints, burns: poolSnapshot.burns },
  ...{ volume0: poolSnapshot.volume0, volume1: poolSnapshot.volume1 },
  ...{ feesLp0: poolSnapshot.feesLp0, feesLp1: poolSnapshot.feesLp1 },
  ...{ feesLpValue0: poolSnapshot.feesLpValue0, feesLpValue1: poolSnapshot.feesLpValue1 },
  ...{ balance0: poolSnapshot.balance0, balance1: poolSnapshot.balance1, basisX64: poolSnapshot.basisX64 },
  ...{ lvrX128: poolSnapshot.lvrX128, quarantinedBlock: poolSnapshot.quarantinedBlock },
};

/** Of a pool after a block, what candles are differences of. */
export type ClosingState = Pick<PoolSnapshotRow, keyof typeof SELECTED>;

/** The newest block row before a time, and the pool after it; null where it had not changed yet. */
export type Closing = { block: Tip; state: ClosingState | null };

/** By time, unix seconds, up to `tip`; times before the first block row are left out. One query, two look-ups a time. */
export async function findClosings(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  tip: Tip,
  times: readonly number[],
): Promise<ReadonlyMap<number, Closing>> {
  const rows = await snapshot
    .select({
      time: sql<number>`asked.t`,
      ...NEWEST,
      changed: sql<boolean>`state.chain_id is not null`,
      ...columnsOf("state", SELECTED),
    })
    .from(
      sql`${newestBeforeEach(tip, times)}
        left join lateral (select * from ${poolSnapshot}
          where ${poolSnapshot.chainId} = ${chainId} and ${poolSnapshot.poolId} = ${poolId}
            and ${poolSnapshot.blockNumber} <= newest.number
          order by ${poolSnapshot.blockNumber} desc limit 1) as state on true`,
    );
  return new Map(
    rows.map(({ time, number, hash, timestamp, changed, ...columns }) => {
      // TypeScript cannot follow columns that are named by entries.
      const state = changed ? (columns as unknown as ClosingState) : null;
      return [time, { block: { chainId, number, hash, timestamp }, state }];
    }),
  );
}

/** The first block, up to `tip`, after which the pool had a price, with that price; null while it has none. */
export async function findFirstPrice(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  tip: Tip,
): Promise<{ timestamp: number; sqrtPriceX96: bigint } | null> {
  const { sqrtPriceX96, blockNumber } = poolSnapshot;
  const [first] = await snapshot
    .select({ timestamp: block.timestamp, sqrtPriceX96 })
    .from(poolSnapshot)
    .innerJoin(block, and(eq(block.chainId, chainId), eq(block.number, blockNumber)))
    .where(
      and(
        ...[eq(poolSnapshot.chainId, chainId), eq(poolSnapshot.poolId, poolId)],
        ...[isNotNull(sqrtPriceX96), lte(blockNumber, tip.number)],
      ),
    )
    .orderBy(asc(blockNumber))
    .limit(1);
  return first === undefined || first.sqrtPriceX96 === null
    ? null
    : { timestamp: first.timestamp, sqrtPriceX96: first.sqrtPriceX96 };
}
