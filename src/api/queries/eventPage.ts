import type { TokenAmounts } from "../../state/feeLedger.ts";
import { type Lazy, lazy } from "../lazy.ts";
import { feesOf } from "./eventFees.ts";
import { positionsOf } from "./eventPositions.ts";
import type { LiquidityEventRow } from "./liquidityEvents.ts";
import type { PoolAt } from "./pools.ts";
import type { PositionAt } from "./positions.ts";

/** What events of a page need beyond their rows. */
export type LiquidityEventPage = {
  /** By position id, as of the block that the list's parent stands at. */
  positions: Lazy<ReadonlyMap<string, PositionAt>>;
  /** By place. */
  fees: Lazy<ReadonlyMap<string, TokenAmounts>>;
};

/** An event with everything that its figures need. */
export type LiquidityEventAt = { row: LiquidityEventRow; pool: PoolAt; page: LiquidityEventPage };

/** Events of one pool. `known`: the position, where they are all of one that is there already. */
export function eventPage(
  rows: readonly LiquidityEventRow[],
  pool: PoolAt,
  known?: PositionAt,
): LiquidityEventAt[] {
  const page: LiquidityEventPage = {
    positions: lazy(async (ask) => {
      if (known !== undefined) return new Map([[known.row.positionId, known]]);
      const positionIds = [...new Set(rows.map(({ positionId }) => positionId))];
      return ask((snapshot) => positionsOf(snapshot, pool, positionIds));
    }),
    fees: lazy((ask) => {
      const collects = rows.filter((row) => row.kind === "COLLECT" && !isQuarantined(pool, row));
      return ask((snapshot) => feesOf(snapshot, pool.row.chainId, collects));
    }),
  };
  return rows.map((row) => ({ row, pool, page }));
}

/** Its pool's logs had stopped to fit by then, or did in the very block. */
export function isQuarantined({ row }: PoolAt, { blockNumber }: LiquidityEventRow): boolean {
  return row.quarantinedBlock !== null && row.quarantinedBlock <= blockNumber;
}
