import { and, eq, gt, lte, sql } from "drizzle-orm";
import { block, poolSnapshot } from "../../../ponder.schema.ts";
import type { StandingPrice } from "../metrics/medianPrice.ts";
import type { Snapshot } from "../snapshot.ts";
import { blockAtTime } from "./blocks.ts";
import type { Tip } from "./tips.ts";

type Hex = `0x${string}`;

/** The last seconds up to a block, with what stood before them. */
export type PriceWindow = {
  /** Unix seconds. */
  from: number;
  /** The newest block row up to then, -1 before the chain's first. */
  before: number;
  /** Of the block rows since, by number. */
  timestamps: ReadonlyMap<number, number>;
};

/** Two queries. */
export async function findPriceWindow(snapshot: Snapshot, tip: Tip, seconds: number): Promise<PriceWindow> {
  const start = tip.timestamp - seconds;
  const before = (await blockAtTime(snapshot, tip.chainId, start))?.number ?? -1;
  const rows = await snapshot
    .select({ number: block.number, timestamp: block.timestamp })
    .from(block)
    .where(and(eq(block.chainId, tip.chainId), gt(block.number, before), lte(block.number, tip.number)));
  // A chain younger than that, as a local one, is looked at from its first block on.
  const from = before === -1 ? Math.min(tip.timestamp, ...rows.map(({ timestamp }) => timestamp)) : start;
  return { from, before, timestamps: new Map(rows.map(({ number, timestamp }) => [number, timestamp])) };
}

/**
 * By pool, oldest first: the price that stood when the window began and the price at the end of every block in it in
 * which something happened to the pool. One line of text a pool: an L2's busiest have thousands. One query.
 */
export async function findStandingPrices(
  snapshot: Snapshot,
  tip: Tip,
  poolIds: readonly Hex[],
  { from, before, timestamps }: PriceWindow,
): Promise<ReadonlyMap<Hex, readonly StandingPrice[]>> {
  const { chainId, poolId, blockNumber, sqrtPriceX96 } = poolSnapshot;
  const ofPool = sql`${chainId} = ${tip.chainId} and ${poolId} = asked.i and ${sqrtPriceX96} is not null`;
  const rows = await snapshot
    .select({
      poolId: sql<Hex>`asked.i`,
      standing: sql<string | null>`(select ${blockNumber} || ':' || ${sqrtPriceX96} from ${poolSnapshot}
        where ${ofPool} and ${blockNumber} <= ${before} order by ${blockNumber} desc limit 1)`,
      ended: sql<
        string | null
      >`(select string_agg(${blockNumber} || ':' || ${sqrtPriceX96}, ',' order by ${blockNumber})
        from ${poolSnapshot} where ${ofPool} and ${blockNumber} > ${before} and ${blockNumber} <= ${tip.number})`,
    })
    .from(sql`jsonb_to_recordset(${JSON.stringify(poolIds.map((i) => ({ i })))}::jsonb) as asked(i text)`);
  const standingPrice = (text: string): StandingPrice => {
    const [number, price] = text.split(":");
    return { timestamp: timestamps.get(Number(number)) ?? from, sqrtPriceX96: BigInt(price ?? 0) };
  };
  return new Map(
    rows.map(({ poolId, standing, ended }) => {
      const all = [...(standing === null ? [] : [standing]), ...(ended?.split(",") ?? [])];
      return [poolId, all.map(standingPrice)];
    }),
  );
}
