import { Q96 } from "../math/sqrtPriceMath.ts";
import { toDouble } from "../math/toDouble.ts";

/** What of a pool changes; the rest of its row is fixed when it is created. Columns: ponder.schema.ts. */
export type PoolState = {
  sqrtPriceX96: bigint | null;
  tick: number | null;
  liquidity: bigint;
  feeProtocol0: number;
  feeProtocol1: number;
  sqrtPriceDouble: number | null;
};

export type PriceAndLiquidity = { sqrtPriceX96: bigint; tick: number; liquidity: bigint };

export const uninitializedPool: PoolState = {
  sqrtPriceX96: null,
  tick: null,
  liquidity: 0n,
  feeProtocol0: 0,
  feeProtocol1: 0,
  sqrtPriceDouble: null,
};

/** The pool at its first price. Mirrors UniswapV3Pool.initialize: no liquidity, no protocol fee. */
export function initializePool(pool: PoolState, first: { sqrtPriceX96: bigint; tick: number }): PoolState {
  return applySwap(pool, { ...first, liquidity: 0n });
}

/** The pool after a swap, whose event carries price, tick and in-range liquidity as they are then. */
export function applySwap(pool: PoolState, after: PriceAndLiquidity): PoolState {
  return { ...pool, ...after, sqrtPriceDouble: toDouble(after.sqrtPriceX96, Q96) };
}

/**
 * The pool after liquidity came into a range (`liquidityDelta` > 0) or left it. In-range liquidity changes
 * where `tickLower <= tick < tickUpper`, on the logged tick: after a swap down that ends on an initialised
 * tick the price alone would say the wrong side.
 */
export function applyLiquidityChange(
  pool: PoolState,
  change: { tickLower: number; tickUpper: number; liquidityDelta: bigint },
): PoolState {
  if (pool.tick === null) throw new LiquidityBeforePriceError(change.liquidityDelta);
  if (pool.tick < change.tickLower || pool.tick >= change.tickUpper) return pool;
  const liquidity = pool.liquidity + change.liquidityDelta;
  if (liquidity < 0n) throw new NegativeLiquidityError(pool.liquidity, change.liquidityDelta);
  return { ...pool, liquidity };
}

export class LiquidityBeforePriceError extends Error {
  override readonly name = "LiquidityBeforePriceError";
  readonly liquidityDelta: bigint;

  constructor(liquidityDelta: bigint) {
    super(`liquidity changed by ${liquidityDelta} before Initialize: the RPC left out a log of this pool`);
    this.liquidityDelta = liquidityDelta;
  }
}

export class NegativeLiquidityError extends Error {
  override readonly name = "NegativeLiquidityError";
  readonly liquidity: bigint;
  readonly liquidityDelta: bigint;

  constructor(liquidity: bigint, liquidityDelta: bigint) {
    super(
      `${liquidity} of liquidity cannot change by ${liquidityDelta}: the RPC left out a log of this pool`,
    );
    this.liquidity = liquidity;
    this.liquidityDelta = liquidityDelta;
  }
}
