import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { liquidityEvent, ownership } from "../../../ponder.schema.ts";
import { lazy } from "../lazy.ts";
import type { Snapshot } from "../snapshot.ts";
import { columnsOf } from "./columnsOf.ts";
import { feesOf } from "./eventFees.ts";
import type { EventList } from "./eventList.ts";
import { isCollect, type LiquidityEventAt, type LiquidityEventPage } from "./eventPage.ts";
import type { LiquidityEventRow } from "./liquidityEvents.ts";
import type { Owner } from "./ownedBooks.ts";
import { findPositionsIn } from "./ownedPositions.ts";
import { poolKey } from "./poolKey.ts";
import type { PoolAt } from "./pools.ts";

const LARGEST_INT = 2 ** 31 - 1;

/**
 * What happened to an owner's positions while it owned them, newest first: the page's events, and one more where there
 * is a next page. The transfer that brings a position and the one that takes it away are both in it.
 */
export async function listAccountEvents(
  snapshot: Snapshot,
  { after, toBlock, first }: EventList,
  { address, tip }: Owner,
): Promise<LiquidityEventRow[]> {
  const { chainId } = tip;
  // Of the whole place, as in isListed: so that Postgres reads along the index of the position.
  const begin = after
    ? sql`(event.block_number, event.log_index) < (${after.blockNumber}, ${after.logIndex})`
    : sql`(event.block_number, event.log_index) <= (${toBlock}, ${LARGEST_INT})`;
  const rows = await snapshot
    .selectDistinct(columnsOf("event", getTableColumns(liquidityEvent)))
    .from(
      sql`(select * from ${ownership} where ${ownership.owner} = ${address} and ${ownership.chainId} = ${chainId}) as owned
        cross join lateral (select * from ${liquidityEvent} as event
          where event.chain_id = ${chainId} and event.position_id = owned.position_id and ${begin}
            and event.block_number >= owned.from_block and ${cameBefore}
            and event.block_number <= coalesce(owned.to_block, ${toBlock}) and ${wentAfter}
          order by event.block_number desc, event.log_index desc limit ${first + 1}) as event`,
    )
    .orderBy(sql`event.block_number desc`, sql`event.log_index desc`)
    .limit(first + 1);
  // TypeScript cannot follow columns that are named by entries.
  return rows as unknown as LiquidityEventRow[];
}

const NOBODY = "0x0000000000000000000000000000000000000000";

/** In the block in which a position changes hands the transfer says whose an event is. */
const cameBefore = sql`(event.block_number > owned.from_block or owned.number = 0
  or exists (${transfersTo(sql`owned.owner`, sql`owned.from_block`)} and moved.log_index <= event.log_index))`;
/** A burnt one goes to nobody. */
const nextOwner = sql`coalesce((select next.owner from ${ownership} as next where next.chain_id = owned.chain_id
  and next.position_id = owned.position_id and next.number = owned.number + 1), ${NOBODY})`;
const wentAfter = sql`(owned.to_block is null or event.block_number < owned.to_block
  or exists (${transfersTo(nextOwner, sql`owned.to_block`)} and moved.log_index >= event.log_index))`;

function transfersTo(owner: SQL, blockNumber: SQL): SQL {
  return sql`select 1 from ${liquidityEvent} as moved where moved.chain_id = owned.chain_id
    and moved.position_id = owned.position_id and moved.block_number = ${blockNumber} and moved.kind = 'TRANSFER'
    and moved.to = ${owner}`;
}

/** Events of several pools, which stand at the account's block; by poolKey. */
export function accountEventPage(
  rows: readonly LiquidityEventRow[],
  pools: ReadonlyMap<string, PoolAt>,
  owner: Owner,
): LiquidityEventAt[] {
  const events = rows.flatMap((row) => {
    const pool = pools.get(poolKey(row));
    return pool === undefined ? [] : [{ row, pool }];
  });
  const page: LiquidityEventPage = {
    positions: lazy(async (ask) => {
      const found = await ask((snapshot) => findPositionsIn(snapshot, pools, owner, rows));
      return new Map([...found.values()].map((position) => [position.row.positionId, position]));
    }),
    fees: lazy((ask) => {
      const collects = events.filter(({ row, pool }) => isCollect(pool, row));
      return ask((snapshot) =>
        feesOf(
          snapshot,
          owner.tip.chainId,
          collects.map(({ row }) => row),
        ),
      );
    }),
  };
  return events.map((event) => ({ ...event, page }));
}
