import { type Amounts, getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import type { PoolRow } from "../queries/pools.ts";
import type { PositionAt, PositionRow } from "../queries/positions.ts";
import { type Pair, pairOf } from "./pair.ts";

/** A position at its pool's price: its row, and the principal that a burn would pay out. */
export type Standing = {
  position: PositionAt;
  row: PositionRow;
  pool: PoolRow;
  pair: Pair;
  held: Amounts;
  sqrtPriceX96: bigint;
  tick: number;
};

export function standingOf(position: PositionAt): Standing {
  const { row, pool } = position;
  const { sqrtPriceX96, tick } = pool.row;
  if (sqrtPriceX96 === null || tick === null) throw new UnpricedPositionError(row);
  const { tickLower, tickUpper, liquidity } = row;
  const held = getAmountsForLiquidity({
    sqrtPriceX96,
    tick,
    tickLower,
    tickUpper,
    liquidity,
    roundUp: false,
  });
  return { position, row, pool: pool.row, pair: pairOf(pool), held, sqrtPriceX96, tick };
}

export class UnpricedPositionError extends Error {
  override readonly name = "UnpricedPositionError";
  readonly positionId: string;

  constructor({ positionId, poolId }: PositionRow) {
    super(
      `position ${positionId} is in pool ${poolId}, which has no price: check that Initialize was indexed`,
    );
    this.positionId = positionId;
  }
}
