import { and, eq, gt } from "drizzle-orm";
import { poolSnapshot, tick, tickSnapshot } from "../../../ponder.schema.ts";
import { type Lazy, type LazyBy, lazy, lazyBy } from "../lazy.ts";
import { type Window, windowStart } from "../metrics/windowStart.ts";
import type { Snapshot } from "../snapshot.ts";
import { blockBefore, blockFrom } from "./blocks.ts";
import { type PoolKey, poolKey } from "./poolKey.ts";
import { findPoolRanges, type PoolRanges } from "./poolRanges.ts";
import { snapshotsAt } from "./snapshotsAt.ts";
import type { Tip } from "./tips.ts";

export type PoolSnapshotRow = typeof poolSnapshot.$inferSelect;

/** A pool before a window began. */
export type PoolBefore = {
  /** The first block row of the window. */
  from: Tip;
  /** The last one before it, and the pool after that; null where there was none yet. */
  block: Tip | null;
  state: PoolSnapshotRow | null;
};

/** An initialised tick, as far as a walk of liquidity needs it. */
export type LiquidityStep = { tick: number; liquidityNet: bigint };

/** The same with all that begins or ends there. */
export type InitializedStep = LiquidityStep & { liquidityGross: bigint };

/** What pools of a page need beyond their rows; by {@link poolKey}. */
export type PoolPage = {
  /** Empty for ALL. */
  before: LazyBy<Window, ReadonlyMap<string, PoolBefore>>;
  /** All initialised ticks of one pool, lowest first. */
  steps: LazyBy<PoolKey, readonly InitializedStep[]>;
  /** What their positions add up to; a pool without liquidity is left out. */
  ranges: Lazy<ReadonlyMap<string, PoolRanges>>;
};

/** `tips`: the block that each chain stands at; `past`: it was asked for, and is not the newest. */
export function poolPage(
  pools: readonly (PoolKey & { tick: number | null })[],
  tips: ReadonlyMap<number, Tip>,
  past: boolean,
): PoolPage {
  return {
    ranges: lazy((ask) => ask((snapshot) => findPoolRanges(snapshot, pools, past ? tips : null))),
    before: lazyBy((ask, window) => ask((snapshot) => poolsBefore(snapshot, pools, tips, window))),
    steps: lazyBy((ask, key) =>
      ask((snapshot) => {
        const tip = tips.get(key.chainId);
        return past && tip !== undefined ? pastSteps(snapshot, key, tip.number) : stepsNow(snapshot, key);
      }),
    ),
  };
}

async function poolsBefore(
  snapshot: Snapshot,
  pools: readonly PoolKey[],
  tips: ReadonlyMap<number, Tip>,
  window: Window,
): Promise<ReadonlyMap<string, PoolBefore>> {
  const edges = new Map<number, Pick<PoolBefore, "from" | "block">>();
  for (const [chainId, tip] of tips) {
    const start = windowStart(tip.timestamp, window);
    if (start === null || !pools.some((pool) => pool.chainId === chainId)) continue;
    const from = (await blockFrom(snapshot, chainId, start)) ?? tip;
    edges.set(chainId, { from, block: await blockBefore(snapshot, chainId, start) });
  }
  const keys = pools.flatMap(({ chainId, poolId }) => {
    const block = edges.get(chainId)?.block;
    return block == null ? [] : [{ chainId, id: poolId, blockNumber: block.number }];
  });
  const rows = await snapshotsAt(snapshot, poolSnapshot, { id: poolSnapshot.poolId }, keys);
  const states = new Map(rows.map((row) => [poolKey(row), row]));
  return new Map(
    pools.flatMap((pool) => {
      const edge = edges.get(pool.chainId);
      const key = poolKey(pool);
      return edge === undefined ? [] : [[key, { ...edge, state: states.get(key) ?? null }]];
    }),
  );
}

function stepsNow(snapshot: Snapshot, { chainId, poolId }: PoolKey): Promise<InitializedStep[]> {
  return snapshot
    .select({ tick: tick.tick, liquidityNet: tick.liquidityNet, liquidityGross: tick.liquidityGross })
    .from(tick)
    .where(and(eq(tick.chainId, chainId), eq(tick.poolId, poolId), gt(tick.liquidityGross, 0n)))
    .orderBy(tick.tick);
}

/** A tick that was ever initialised keeps its row: each is looked up as it was then. */
async function pastSteps(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  blockNumber: number,
): Promise<InitializedStep[]> {
  const ever = await snapshot
    .select({ tick: tick.tick })
    .from(tick)
    .where(and(eq(tick.chainId, chainId), eq(tick.poolId, poolId)));
  const rows = await snapshotsAt(
    snapshot,
    tickSnapshot,
    { id: tickSnapshot.poolId, tick: tickSnapshot.tick },
    ever.map((row) => ({ chainId, id: poolId, tick: row.tick, blockNumber })),
  );
  return rows.filter(({ liquidityGross }) => liquidityGross > 0n).sort((a, b) => a.tick - b.tick);
}
