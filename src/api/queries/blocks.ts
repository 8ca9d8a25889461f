import { and, asc, desc, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { block } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Tip } from "./tips.ts";

type Way = typeof asc | typeof desc;

/** The newest block row of the chain up to a number; null before its first. */
export function blockAtNumber(snapshot: Snapshot, chainId: number, number: number): Promise<Tip | null> {
  return firstBlock(snapshot, chainId, lte(block.number, number), [desc(block.number)]);
}

/** The newest block row up to a time in unix seconds; chains may have several blocks in one second. */
export function blockAtTime(snapshot: Snapshot, chainId: number, timestamp: number): Promise<Tip | null> {
  return firstBlock(snapshot, chainId, lte(block.timestamp, timestamp), byTime(desc));
}

/** The newest block row before a time. */
export function blockBefore(snapshot: Snapshot, chainId: number, timestamp: number): Promise<Tip | null> {
  return firstBlock(snapshot, chainId, lt(block.timestamp, timestamp), byTime(desc));
}

/** Each of these times as `asked.t`, with the newest block row before it, up to `tip`, as `newest`: a look-up a time. */
export function newestBeforeEach(tip: Tip, times: readonly number[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(times.map((t) => ({ t })))}::jsonb) as asked(t integer)
    cross join lateral (select ${block.number}, ${block.hash}, ${block.timestamp} from ${block}
      where ${block.chainId} = ${tip.chainId} and ${block.timestamp} < asked.t and ${block.number} <= ${tip.number}
      order by ${block.timestamp} desc, ${block.number} desc limit 1) as newest`;
}

/** The columns of `newest` there. */
export const NEWEST = {
  number: sql`newest.number`.mapWith(Number),
  hash: sql<`0x${string}`>`newest.hash`,
  timestamp: sql<number>`newest.timestamp`,
};

/** The oldest block row at or after a time. */
export function blockFrom(snapshot: Snapshot, chainId: number, timestamp: number): Promise<Tip | null> {
  return firstBlock(snapshot, chainId, gte(block.timestamp, timestamp), byTime(asc));
}

function byTime(way: Way): SQL[] {
  return [way(block.timestamp), way(block.number)];
}

async function firstBlock(
  snapshot: Snapshot,
  chainId: number,
  where: SQL,
  order: readonly SQL[],
): Promise<Tip | null> {
  const [row] = await snapshot
    .select({ chainId: block.chainId, number: block.number, hash: block.hash, timestamp: block.timestamp })
    .from(block)
    .where(and(eq(block.chainId, chainId), where))
    .orderBy(...order)
    .limit(1);
  return row ?? null;
}
