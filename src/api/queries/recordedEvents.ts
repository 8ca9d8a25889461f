import { and, asc, eq, inArray, lte, ne, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { liquidityEvent, position, swap } from "../../../ponder.schema.ts";
import type { Ask } from "../lazy.ts";
import type { PlayedEvent } from "../metrics/playback.ts";
import type { Snapshot } from "../snapshot.ts";
import type { PoolKey } from "./poolKey.ts";

/** The blocks after one and up to another. */
export type BlockSpan = { afterBlock: number; toBlock: number };

type Place = { blockNumber: number; logIndex: number };
type Placed = Place & { event: PlayedEvent };

const SWAPS_A_PAGE = 2_000;
const LAST_LOG = 2 ** 31 - 1;

/** What moved a pool in a span of blocks, in the order of the chain, some thousand events at a time. */
export async function* recordedEvents(
  ask: Ask,
  pool: PoolKey,
  { afterBlock, toBlock }: BlockSpan,
): AsyncGenerator<readonly PlayedEvent[]> {
  let after: Place = { blockNumber: afterBlock, logIndex: LAST_LOG };
  for (;;) {
    const swaps = await ask((snapshot) => pageOfSwaps(snapshot, pool, after, toBlock));
    const last = swaps.length < SWAPS_A_PAGE ? undefined : swaps.at(-1);
    const upTo = last ?? { blockNumber: toBlock, logIndex: LAST_LOG };
    const changes = await ask((snapshot) => changesBetween(snapshot, pool, after, upTo));
    yield merge(swaps, changes).map(({ event }) => event);
    if (last === undefined) return;
    after = last;
  }
}

async function pageOfSwaps(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  toBlock: number,
): Promise<Placed[]> {
  const rows = await snapshot
    .select(SWAP)
    .from(swap)
    .where(
      and(
        eq(swap.chainId, chainId),
        eq(swap.poolId, poolId),
        isAfter(swap, after),
        lte(swap.blockNumber, toBlock),
      ),
    )
    .orderBy(asc(swap.blockNumber), asc(swap.logIndex))
    .limit(SWAPS_A_PAGE);
  return rows.map(({ timestamp, ...row }) => {
    const { blockNumber, logIndex } = row;
    return { blockNumber, logIndex, event: { kind: "SWAP", blockNumber, timestamp, swap: row } };
  });
}

const SWAP = {
  ...{ blockNumber: swap.blockNumber, logIndex: swap.logIndex, timestamp: swap.timestamp },
  ...{ amount0: swap.amount0, amount1: swap.amount1, sqrtPriceX96: swap.sqrtPriceX96, tick: swap.tick },
  ...{ liquidity: swap.liquidity, fee: swap.fee, pluginFee: swap.pluginFee },
  ...{ protocolFeeSetting: swap.protocolFeeSetting, feeLp: swap.feeLp, feeProtocol: swap.feeProtocol },
};

/** Liquidity that came and went, on the ticks of its position. */
async function changesBetween(
  snapshot: Snapshot,
  { chainId, poolId }: PoolKey,
  after: Place,
  upTo: Place,
): Promise<Placed[]> {
  const { blockNumber, logIndex, timestamp, positionId, liquidityDelta, sqrtPriceX96 } = liquidityEvent;
  const isPools = and(eq(liquidityEvent.chainId, chainId), eq(liquidityEvent.poolId, poolId));
  const rows = await snapshot
    .select({
      ...{ blockNumber, logIndex, timestamp, positionId, liquidityDelta, sqrtPriceX96 },
      ...{ tickLower: position.tickLower, tickUpper: position.tickUpper },
    })
    .from(liquidityEvent)
    .innerJoin(position, and(eq(position.chainId, chainId), eq(position.positionId, positionId)))
    .where(
      and(
        isPools,
        inArray(liquidityEvent.kind, ["DEPOSIT", "WITHDRAW"]),
        isAfter(liquidityEvent, after),
        sql`(${blockNumber}, ${logIndex}) <= (${upTo.blockNumber}, ${upTo.logIndex})`,
        ne(liquidityDelta, 0n),
      ),
    )
    .orderBy(asc(blockNumber), asc(logIndex));
  return rows.map(({ timestamp: time, blockNumber: block, logIndex: log, ...change }) => {
    return {
      blockNumber: block,
      logIndex: log,
      event: { kind: "CHANGE", blockNumber: block, timestamp: time, change },
    };
  });
}

function isAfter(
  { blockNumber, logIndex }: { blockNumber: AnyPgColumn; logIndex: AnyPgColumn },
  after: Place,
): SQL {
  return sql`(${blockNumber}, ${logIndex}) > (${after.blockNumber}, ${after.logIndex})`;
}

function merge(one: readonly Placed[], other: readonly Placed[]): Placed[] {
  if (other.length === 0) return [...one];
  return [...one, ...other].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}
