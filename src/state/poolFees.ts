import { mulDiv } from "../math/fullMath.ts";
import { toToken0, toToken1, valueX192 } from "../math/valueMath.ts";
import type { FlashEvent, ProtocolFeeChange } from "./events.ts";
import { LostLogError } from "./lostLog.ts";
import { changeBalance, type PricedPool } from "./pool.ts";

const Q128 = 2n ** 128n;
const UINT256 = 2n ** 256n - 1n;
const UINT128 = 2n ** 128n - 1n;

/** Fees of one event in raw units, by the party that they go to. */
export type FeeSplit = { lp0: bigint; lp1: bigint; protocol0: bigint; protocol1: bigint };

/** Adds an event's fees to the pool's sums, valued at its price, truncated. Growth is not touched here. */
export function addFees<T extends PricedPool>(pool: T, { lp0, lp1, protocol0, protocol1 }: FeeSplit): T {
  const { sqrtPriceX96 } = pool;
  const lp = valueX192(lp0, lp1, sqrtPriceX96);
  const protocol = valueX192(protocol0, protocol1, sqrtPriceX96);
  return {
    ...pool,
    feesLp0: pool.feesLp0 + lp0,
    feesLp1: pool.feesLp1 + lp1,
    feesLpValue0: pool.feesLpValue0 + toToken0(lp, sqrtPriceX96),
    feesLpValue1: pool.feesLpValue1 + toToken1(lp),
    feesProtocol0: pool.feesProtocol0 + protocol0,
    feesProtocol1: pool.feesProtocol1 + protocol1,
    feesProtocolValue0: pool.feesProtocolValue0 + toToken0(protocol, sqrtPriceX96),
    feesProtocolValue1: pool.feesProtocolValue1 + toToken1(protocol),
  };
}

/** The protocol's part of what a flash paid of a token, raw, by its fee in the protocol's own unit. */
export type FlashShare = (paid: bigint, feeProtocol: number) => bigint;

/**
 * The pool after a flash paid back more than it lent. Mirrors UniswapV3Pool.flash: the protocol takes its `share`,
 * floor(paid / feeProtocol) on Uniswap, and the rest goes to the liquidity in range.
 */
export function applyFlash<T extends PricedPool>(
  pool: T,
  { paid0, paid1 }: FlashEvent,
  share: FlashShare = oneIn,
): T {
  if (pool.liquidity === 0n) throw new FlashWithoutLiquidityError(paid0, paid1);
  const protocol0 = share(paid0, pool.feeProtocol0);
  const protocol1 = share(paid1, pool.feeProtocol1);
  const [lp0, lp1] = [paid0 - protocol0, paid1 - protocol1];
  const credited = {
    ...pool,
    protocolFees0: (pool.protocolFees0 + protocol0) & UINT128,
    protocolFees1: (pool.protocolFees1 + protocol1) & UINT128,
    feeGrowthGlobal0X128: (pool.feeGrowthGlobal0X128 + mulDiv(lp0, Q128, pool.liquidity)) & UINT256,
    feeGrowthGlobal1X128: (pool.feeGrowthGlobal1X128 + mulDiv(lp1, Q128, pool.liquidity)) & UINT256,
  };
  return changeBalance(addFees(credited, { lp0, lp1, protocol0, protocol1 }), {
    amount0: paid0,
    amount1: paid1,
  });
}

/**
 * The pool after a flash of Algebra Integral's, whose community takes its thousandths of what was paid, rounded down.
 * Mirrors AlgebraPool.flash. The rest becomes the LPs' when a later call finds it, and logs it then.
 */
export function applyCommunityFlash<T extends PricedPool>(pool: T, { paid0, paid1 }: FlashEvent): T {
  const protocol0 = (paid0 * BigInt(pool.feeProtocol0)) / 1000n;
  const protocol1 = (paid1 * BigInt(pool.feeProtocol1)) / 1000n;
  const credited = {
    ...pool,
    protocolFees0: (pool.protocolFees0 + protocol0) & UINT128,
    protocolFees1: (pool.protocolFees1 + protocol1) & UINT128,
  };
  return changeBalance(addFees(credited, { lp0: 0n, lp1: 0n, protocol0, protocol1 }), {
    amount0: protocol0,
    amount1: protocol1,
  });
}

/** The pool with other shares for the protocol of the fee on each token's input, in its own unit; 0 = none. */
export function applyProtocolFee<T extends PricedPool>(pool: T, change: ProtocolFeeChange): T {
  if (pool.feeProtocol0 !== change.feeProtocol0Old || pool.feeProtocol1 !== change.feeProtocol1Old) {
    throw new UnknownProtocolFeeError(pool, change);
  }
  return { ...pool, feeProtocol0: change.feeProtocol0New, feeProtocol1: change.feeProtocol1New };
}

/** The pool after the protocol took some of what it was owed, raw. */
export function applyCollectProtocol<T extends PricedPool>(
  pool: T,
  { amount0, amount1 }: { amount0: bigint; amount1: bigint },
): T {
  const protocolFees0 = pool.protocolFees0 - amount0;
  const protocolFees1 = pool.protocolFees1 - amount1;
  if (protocolFees0 < 0n || protocolFees1 < 0n) throw new ProtocolOverpaidError(pool, amount0, amount1);
  return changeBalance({ ...pool, protocolFees0, protocolFees1 }, { amount0: -amount0, amount1: -amount1 });
}

function oneIn(paid: bigint, feeProtocol: number): bigint {
  return feeProtocol === 0 ? 0n : paid / BigInt(feeProtocol);
}

export class FlashWithoutLiquidityError extends LostLogError {
  override readonly name = "FlashWithoutLiquidityError";

  constructor(paid0: bigint, paid1: bigint) {
    super(`a flash paid ${paid0} and ${paid1} to no liquidity: the RPC left out a log of this pool`);
  }
}

export class UnknownProtocolFeeError extends LostLogError {
  override readonly name = "UnknownProtocolFeeError";

  constructor(
    { feeProtocol0, feeProtocol1 }: { feeProtocol0: number; feeProtocol1: number },
    { feeProtocol0Old, feeProtocol1Old }: ProtocolFeeChange,
  ) {
    super(
      `the protocol's fees change from ${feeProtocol0Old} and ${feeProtocol1Old}, but were ${feeProtocol0} and ` +
        `${feeProtocol1}: the RPC left out a log of this pool`,
    );
  }
}

export class ProtocolOverpaidError extends LostLogError {
  override readonly name = "ProtocolOverpaidError";

  constructor(
    { protocolFees0, protocolFees1 }: { protocolFees0: bigint; protocolFees1: bigint },
    amount0: bigint,
    amount1: bigint,
  ) {
    super(
      `the protocol was owed ${protocolFees0} and ${protocolFees1} and took ${amount0} and ${amount1}: the RPC left out a log of this pool`,
    );
  }
}
