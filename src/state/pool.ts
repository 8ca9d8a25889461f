import { Q96 } from "../math/sqrtPriceMath.ts";
import { toDouble } from "../math/toDouble.ts";
import { LostLogError } from "./lostLog.ts";
import { NegativeLiquidityError } from "./tick.ts";

/** What of a pool changes; the rest of its row is fixed when it is created. Columns: ponder.schema.ts. */
export type PoolState = {
  sqrtPriceX96: bigint | null;
  tick: number | null;
  liquidity: bigint;
  fee: number | null;
  swapFee: number | null;
  feeProtocol0: number;
  feeProtocol1: number;
  sqrtPriceDouble: number | null;
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  protocolFees0: bigint;
  protocolFees1: bigint;
  lvrGrowthGlobalX128: bigint;
  lvrSqrtPriceX96: bigint | null;
  lvrTick: number | null;
  lvrX128: bigint;
  lvrPerSwapX128: bigint;
  balance0: bigint;
  balance1: bigint;
  principalOwed0: bigint;
  principalOwed1: bigint;
  swaps: number;
  mints: number;
  burns: number;
  volume0: bigint;
  volume1: bigint;
  feesProtocol0: bigint;
  feesProtocol1: bigint;
  feesProtocolValue0: bigint;
  feesProtocolValue1: bigint;
  feesLp0: bigint;
  feesLp1: bigint;
  feesLpValue0: bigint;
  feesLpValue1: bigint;
  shares: bigint | null;
  kLast: bigint | null;
  feeOn: boolean | null;
  basisX64: bigint | null;
  tokenMovesBalances: boolean | null;
  quarantinedBlock: number | null;
};

/** A pool after Initialize. */
export type PricedPool = PoolState & {
  sqrtPriceX96: bigint;
  tick: number;
  lvrSqrtPriceX96: bigint;
  lvrTick: number;
};

export type PriceAndTick = { sqrtPriceX96: bigint; tick: number };

export const uninitializedPool: PoolState = {
  sqrtPriceX96: null,
  tick: null,
  liquidity: 0n,
  fee: null,
  swapFee: null,
  feeProtocol0: 0,
  feeProtocol1: 0,
  sqrtPriceDouble: null,
  feeGrowthGlobal0X128: 0n,
  feeGrowthGlobal1X128: 0n,
  protocolFees0: 0n,
  protocolFees1: 0n,
  lvrGrowthGlobalX128: 0n,
  lvrSqrtPriceX96: null,
  lvrTick: null,
  lvrX128: 0n,
  lvrPerSwapX128: 0n,
  balance0: 0n,
  balance1: 0n,
  principalOwed0: 0n,
  principalOwed1: 0n,
  swaps: 0,
  mints: 0,
  burns: 0,
  volume0: 0n,
  volume1: 0n,
  feesProtocol0: 0n,
  feesProtocol1: 0n,
  feesProtocolValue0: 0n,
  feesProtocolValue1: 0n,
  feesLp0: 0n,
  feesLp1: 0n,
  feesLpValue0: 0n,
  feesLpValue1: 0n,
  shares: null,
  kLast: null,
  feeOn: null,
  basisX64: null,
  tokenMovesBalances: null,
  quarantinedBlock: null,
};

/** The pool at its first price. Mirrors UniswapV3Pool.initialize: no liquidity, no protocol fee. */
export function initializePool(pool: PoolState, { sqrtPriceX96, tick }: PriceAndTick): PoolState {
  const sample = { lvrSqrtPriceX96: sqrtPriceX96, lvrTick: tick };
  return { ...movePrice(pool, { sqrtPriceX96, tick }), ...sample };
}

/** The pool at another price, with the double that follows from it. */
export function movePrice<T extends PoolState>(pool: T, to: PriceAndTick): T & PriceAndTick {
  const { sqrtPriceX96, tick } = to;
  return { ...pool, sqrtPriceX96, tick, sqrtPriceDouble: toDouble(sqrtPriceX96, Q96) };
}

/**
 * The pool after liquidity came into a range (`liquidityDelta` > 0) or left it. In-range liquidity changes
 * where `tickLower <= tick < tickUpper`, on the logged tick: after a swap down that ends on an initialised
 * tick the price alone would say the wrong side.
 */
export function changeLiquidity<T extends PricedPool>(
  pool: T,
  change: { tickLower: number; tickUpper: number; liquidityDelta: bigint },
): T {
  if (pool.tick < change.tickLower || pool.tick >= change.tickUpper) return pool;
  const liquidity = pool.liquidity + change.liquidityDelta;
  if (liquidity < 0n) throw new NegativeLiquidityError(pool.liquidity, change.liquidityDelta);
  return { ...pool, liquidity };
}

/** The pool after its log paid amounts in (> 0) or out (< 0), raw. */
export function changeBalance<T extends PoolState>(pool: T, paid: { amount0: bigint; amount1: bigint }): T {
  const balance0 = pool.balance0 + paid.amount0;
  const balance1 = pool.balance1 + paid.amount1;
  if (balance0 < 0n || balance1 < 0n) throw new NegativeBalanceError(pool, paid);
  return { ...pool, balance0, balance1 };
}

export class NegativeBalanceError extends LostLogError {
  override readonly name = "NegativeBalanceError";
  readonly balance0: bigint;
  readonly balance1: bigint;

  constructor(
    { balance0, balance1 }: { balance0: bigint; balance1: bigint },
    paid: { amount0: bigint; amount1: bigint },
  ) {
    super(
      `balances of ${balance0} and ${balance1} cannot change by ${paid.amount0} and ${paid.amount1}: the RPC left out a log of this pool`,
    );
    this.balance0 = balance0;
    this.balance1 = balance1;
  }
}
