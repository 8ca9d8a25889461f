import type { TokenAmounts } from "../../state/feeLedger.ts";
import { type Lazy, lazy } from "../lazy.ts";
import { feesKnown } from "../metrics/poolCaveats.ts";
import { paysAtOnce } from "../metrics/protocol.ts";
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
      const collects = rows.filter((row) => isCollect(pool, row));
      return ask((snapshot) => feesOf(snapshot, pool.row.chainId, collects));
    }),
  };
  return rows.map((row) => ({ row, pool, page }));
}

/**
 * Whether an event's fees are known, and have to be looked for: whatever is collected may be principal that was withdrawn
 * before. Where each change of liquidity pays out at once, its own row tells.
 */
export function isCollect(pool: PoolAt, event: LiquidityEventRow): boolean {
  return event.kind === "COLLECT" && !paysAtOnce(pool.row) && feesKnownThen(pool, event);
}

/** Its pool's logs had not stopped to fit by then, nor did in the very block; and they tell of all amounts. */
export function feesKnownThen({ row }: PoolAt, { blockNumber }: LiquidityEventRow): boolean {
  const { hooks, quarantinedBlock } = row;
  const since = quarantinedBlock !== null && quarantinedBlock <= blockNumber ? quarantinedBlock : null;
  return feesKnown({ hooks, quarantinedBlock: since });
}
