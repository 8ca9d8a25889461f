import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { ownership, ownershipSnapshot, position, positionSnapshot } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { columnOf, columnsOf } from "./columnsOf.ts";
import type { OwnershipRow } from "./ownerships.ts";
import type { Tip } from "./tips.ts";

type Hex = `0x${string}`;

/** Whose positions, as of which block; `past`: it was asked for. */
export type Owner = { address: Hex; tip: Tip; past: boolean };

/** Of an owner's settled times with positions of one pool: those that no swap moves any more, added up. */
export type SettledBook = {
  poolId: Hex;
  /** Of the pool that it owned at any time, these and all others. */
  positions: number;
  /** How many of these times last: nothing is held in them and nothing is owed. */
  lasting: number;
  /** The longest of them had liquidity. */
  secondsOpen: number;
  sums: Record<Sum, bigint>;
  /** Own fees in token amounts; null where one of them is unknown. */
  fees: { amount0: bigint; amount1: bigint } | null;
};

const SUMS = [
  ...(["realizedIl0", "realizedIl1", "deposited0", "deposited1", "withdrawn0", "withdrawn1"] as const),
  ...(["depositedValue0", "depositedValue1", "withdrawnValue0", "withdrawnValue1"] as const),
  ...(["capitalSeconds1", "maxCapital1"] as const),
  ...(["recoveredValue0", "recoveredValue1", "feesCollectedValue0", "feesCollectedValue1"] as const),
  ...(["receivedValue0", "receivedValue1"] as const),
];

type Sum = (typeof SUMS)[number];

/** Its times with positions that hold something, or are owed something; `limit` of them at most. One query. */
export function findLiveOwnerships(snapshot: Snapshot, owner: Owner, limit: number): Promise<OwnershipRow[]> {
  return find(snapshot, owner, sql`not ${isSettled}`, limit);
}

/** The others, one by one. */
export function findSettledOwnerships(
  snapshot: Snapshot,
  owner: Owner,
  limit: number,
): Promise<OwnershipRow[]> {
  return find(snapshot, owner, isSettled, limit);
}

async function find(
  snapshot: Snapshot,
  owner: Owner,
  condition: SQL,
  limit: number,
): Promise<OwnershipRow[]> {
  const rows = await snapshot
    .select({ ...columnsOf("owned", begun), ...columnsOf("state", state) })
    .from(ownedBy(owner))
    .where(condition)
    .orderBy(sql`owned.position_id`, sql`owned.number`)
    .limit(limit);
  // TypeScript cannot follow columns that are named by entries.
  return rows as unknown as OwnershipRow[];
}

/** By pool, all its other times with positions, however many; `limit` pools at most. One query. */
export async function sumSettledOwnerships(
  snapshot: Snapshot,
  owner: Owner,
  limit: number,
): Promise<SettledBook[]> {
  const sumOf = (value: SQL) => sql<bigint>`coalesce(sum(${value}) filter (where ${isSettled}), 0)::text`;
  const sums = SUMS.map((name) => {
    const column = columnOf(name in begun ? "owned" : "state", name);
    return [name, sumOf(column).mapWith(BigInt)] as const;
  });
  const [fees0, fees1] = [settledFees(0), settledFees(1)];
  const rows = await snapshot
    .select({
      ...(Object.fromEntries(sums) as Record<Sum, SQL<bigint>>),
      poolId: sql<Hex>`owned.pool_id`,
      secondsOpen: sql<number>`coalesce(max(state.seconds_open) filter (where ${isSettled}), 0)`,
      positions: sql<number>`count(distinct owned.position_id)::integer`,
      lasting: sql<number>`(count(*) filter (where ${isSettled} and state.to_block is null))::integer`,
      known: sql<boolean>`coalesce(bool_and(${fees0} is not null and ${fees1} is not null)
        filter (where ${isSettled}), true)`,
      earned0: sumOf(fees0).mapWith(BigInt),
      earned1: sumOf(fees1).mapWith(BigInt),
    })
    .from(ownedBy(owner))
    .groupBy(sql`owned.pool_id`)
    .orderBy(sql`owned.pool_id`)
    .limit(limit);
  return rows.map(({ poolId, positions, lasting, secondsOpen, known, earned0, earned1, ...sums }) => ({
    ...{ poolId, positions, lasting, secondsOpen, sums },
    fees: known ? { amount0: earned0, amount1: earned1 } : null,
  }));
}

const { blockNumber: _, ...state } = getTableColumns(ownershipSnapshot);
const { owner, poolId, tickLower, tickUpper, fromBlock, fromTimestamp, ...values } =
  getTableColumns(ownership);
const { feesBefore0, feesBefore1, receivedValue0, receivedValue1 } = values;
const begun = {
  ...{ owner, poolId, tickLower, tickUpper, fromBlock, fromTimestamp },
  ...{ feesBefore0, feesBefore1, receivedValue0, receivedValue1 },
};

/** It ended, or nothing is held and nothing is owed. `standing` is the position. */
const isSettled = sql`(state.to_block is not null
  or (standing.liquidity = 0 and standing.tokens_owed0 = 0 and standing.tokens_owed1 = 0))`;

/** Own fees of a settled time; of one that lasts all that were ever collected less those before it, v2's of either sign. */
function settledFees(token: 0 | 1): SQL {
  const name = (column: string) => sql.raw(`${column}${token}`);
  return sql`case when state.to_block is not null then state.${name("fees_after")} - owned.${name("fees_before")}
    else greatest(standing.${name("collected")} - standing.${name("withdrawn")}, ${LEAST}) - owned.${name("fees_before")} end`;
}

/** Principal that was not paid in full is no fee, but of LP tokens. */
const LEAST = sql`(case when standing.basis_x_64 is null then 0 end)`;

/** Its times with positions, each as it was at the block, with the position as it was then. */
function ownedBy({ address, tip, past }: Owner): SQL {
  const { chainId, number } = tip;
  const from = sql`(select * from ${ownership} where ${ownership.owner} = ${address}
      and ${ownership.chainId} = ${chainId} and ${ownership.fromBlock} <= ${number}) as owned`;
  if (!past) {
    return sql`${from} cross join lateral (select owned.*) as state
      join ${position} as standing on standing.chain_id = owned.chain_id and standing.position_id = owned.position_id`;
  }
  const ofPosition = sql`where chain_id = ${chainId} and position_id = owned.position_id`;
  const newest = sql`and block_number <= ${number} order by block_number desc limit 1`;
  return sql`${from}
    cross join lateral (select * from ${ownershipSnapshot} ${ofPosition} and number = owned.number ${newest}) as state
    cross join lateral (select * from ${positionSnapshot} ${ofPosition} ${newest}) as standing`;
}
