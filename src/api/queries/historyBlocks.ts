import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { block, liquidityEvent } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { blockFrom, NEWEST, newestBeforeEach } from "./blocks.ts";
import type { Tip } from "./tips.ts";

/** Up to `tip`, the newest block row before each time, unix seconds; each once, oldest first. One query. */
export async function blocksBefore(
  snapshot: Snapshot,
  tip: Tip,
  times: readonly number[],
): Promise<readonly Tip[]> {
  if (times.length === 0) return [];
  const rows = await snapshot.selectDistinct(NEWEST).from(newestBeforeEach(tip, times));
  return rows.map((row) => ({ chainId: tip.chainId, ...row })).sort((a, b) => a.number - b.number);
}

/** The blocks of a span, up to `tip`, with events of a position: `limit` of them at most, oldest first. Three queries. */
export async function blocksOfPosition(
  snapshot: Snapshot,
  tip: Tip,
  positionId: string,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<readonly Tip[]> {
  const { chainId } = tip;
  const first = await blockFrom(snapshot, chainId, from);
  if (first === null) return [];
  const { blockNumber, timestamp } = liquidityEvent;
  const isOf = and(eq(liquidityEvent.chainId, chainId), eq(liquidityEvent.positionId, positionId));
  // One bound of the whole place: see isListed.
  const isSince = sql`(${blockNumber}, ${liquidityEvent.logIndex}) >= (${first.number}, 0)`;
  const found = await snapshot
    .selectDistinct({ number: blockNumber })
    .from(liquidityEvent)
    .where(and(isOf, isSince, lte(blockNumber, tip.number), sql`${timestamp} < ${to}`))
    .orderBy(asc(blockNumber))
    .limit(limit);
  if (found.length === 0) return [];
  const numbers = found.map(({ number }) => number);
  return snapshot
    .select({ chainId: block.chainId, number: block.number, hash: block.hash, timestamp: block.timestamp })
    .from(block)
    .where(and(eq(block.chainId, chainId), inArray(block.number, numbers)))
    .orderBy(asc(block.number));
}
