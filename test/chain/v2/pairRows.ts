import type { PairPosition } from "../../../src/state/pairPosition.ts";
import type { PricedPool } from "../../../src/state/pool.ts";
import type { Tables } from "../../inMemory/memoryDatabase.ts";

export type CallRow = { parkedShares: bigint; parkedBasisX64: bigint };
export type EventRow = {
  kind: string;
  logIndex: number;
  positionId: string | null;
  liquidityDelta: bigint;
  amount0: bigint;
  amount1: bigint;
  paidOut0: bigint;
  paidOut1: bigint;
  from: string | null;
  to: string | null;
};
export type PoolRow = PricedPool & { poolId: string };

/** The rows of an index of one pair, as its handlers left them. */
export const poolRow = (tables: Tables): PoolRow => first(rowsOf(tables, "pool"));
export const callRow = (tables: Tables): CallRow => first(rowsOf(tables, "pair_call"));
export const positionRows = (tables: Tables): PairPosition[] => rowsOf(tables, "position");
export const eventRows = (tables: Tables): EventRow[] => rowsOf(tables, "liquidity_event");

export function rowsOf<Row>(tables: Tables, table: string): Row[] {
  return [...(tables.get(table) ?? new Map()).values()] as Row[];
}

function first<Row>([row]: Row[]): Row {
  if (row === undefined) throw new RangeError("there is no such row");
  return row;
}
