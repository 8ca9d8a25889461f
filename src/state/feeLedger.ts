import { mulDiv } from "../math/fullMath.ts";
import { toToken0, toToken1, valueX192 } from "../math/valueMath.ts";
import { feesCollected, feesDebited } from "./feeParts.ts";
import { LostLogError } from "./lostLog.ts";

const Q128 = 2n ** 128n;
const UINT128 = 2n ** 128n - 1n;
const UINT256 = 2n ** 256n - 1n;

/** Fee growth inside a range, modulo 2^256. */
export type FeeGrowthInside = { feeGrowthInside0X128: bigint; feeGrowthInside1X128: bigint };

/** What the contract keeps of a position's fees, under its own names. */
export type CoreFees = {
  liquidity: bigint;
  feeGrowthInside0LastX128: bigint;
  feeGrowthInside1LastX128: bigint;
  /** Fees and withdrawn principal, not yet collected, modulo 2^128. */
  tokensOwed0: bigint;
  tokensOwed1: bigint;
};

/** A position's fees and payments, raw. Columns: ponder.schema.ts. */
export type FeeLedger = CoreFees & {
  feesAccrued0: bigint;
  feesAccrued1: bigint;
  withdrawn0: bigint;
  withdrawn1: bigint;
  collected0: bigint;
  collected1: bigint;
  debited0: bigint;
  debited1: bigint;
  feesTaken0: bigint;
  feesTaken1: bigint;
  feesCollected0Value1: bigint;
  feesCollected1Value0: bigint;
};

export const emptyFees: Omit<FeeLedger, "liquidity" | "withdrawn0" | "withdrawn1"> = {
  feeGrowthInside0LastX128: 0n,
  feeGrowthInside1LastX128: 0n,
  tokensOwed0: 0n,
  tokensOwed1: 0n,
  feesAccrued0: 0n,
  feesAccrued1: 0n,
  collected0: 0n,
  collected1: 0n,
  debited0: 0n,
  debited1: 0n,
  feesTaken0: 0n,
  feesTaken1: 0n,
  feesCollected0Value1: 0n,
  feesCollected1Value0: 0n,
};

export type TokenAmounts = { amount0: bigint; amount1: bigint };

/**
 * Fees that a poke would credit now, raw, rounded down, modulo 2^128. Mirrors Position.update of v3-core.
 * Example: liquidity 10 with growth 2^128 / 4 since the last touch is 2.
 */
export function pendingFees(
  position: Omit<CoreFees, "tokensOwed0" | "tokensOwed1">,
  inside: FeeGrowthInside,
): TokenAmounts {
  const pending = (now: bigint, last: bigint) =>
    mulDiv((now - last) & UINT256, position.liquidity, Q128) & UINT128;
  return {
    amount0: pending(inside.feeGrowthInside0X128, position.feeGrowthInside0LastX128),
    amount1: pending(inside.feeGrowthInside1X128, position.feeGrowthInside1LastX128),
  };
}

/** What a poke and a collect of everything would pay now, raw (metrics.md 5.5). */
export function owedNow(position: CoreFees, inside: FeeGrowthInside): TokenAmounts {
  const { amount0, amount1 } = pendingFees(position, inside);
  return {
    amount0: (position.tokensOwed0 + amount0) & UINT128,
    amount1: (position.tokensOwed1 + amount1) & UINT128,
  };
}

/** The position after a touch: pending fees are owed, growth is counted from here. */
export function settleCoreFees<T extends CoreFees>(position: T, inside: FeeGrowthInside): T {
  const { amount0, amount1 } = owedNow(position, inside);
  return {
    ...position,
    tokensOwed0: amount0,
    tokensOwed1: amount1,
    feeGrowthInside0LastX128: inside.feeGrowthInside0X128,
    feeGrowthInside1LastX128: inside.feeGrowthInside1X128,
  };
}

/** The same for a position that counts what it was credited. */
export function settleFees<T extends FeeLedger>(position: T, inside: FeeGrowthInside): T {
  const { amount0, amount1 } = pendingFees(position, inside);
  return {
    ...settleCoreFees(position, inside),
    feesAccrued0: position.feesAccrued0 + amount0,
    feesAccrued1: position.feesAccrued1 + amount1,
  };
}

/** Principal that a withdrawal released: owed until it is collected. */
export function owePrincipal<T extends CoreFees>(position: T, { amount0, amount1 }: TokenAmounts): T {
  return {
    ...position,
    tokensOwed0: (position.tokensOwed0 + amount0) & UINT128,
    tokensOwed1: (position.tokensOwed1 + amount1) & UINT128,
  };
}

/** What was paid out, taken off what is owed. Mirrors UniswapV3Pool.collect. */
export function payCore<T extends CoreFees>(position: T, debited: TokenAmounts): T {
  const tokensOwed0 = position.tokensOwed0 - debited.amount0;
  const tokensOwed1 = position.tokensOwed1 - debited.amount1;
  if (tokensOwed0 < 0n || tokensOwed1 < 0n) throw new OverpaidError(position, debited);
  return { ...position, tokensOwed0, tokensOwed1 };
}

export type Payment = { paid: TokenAmounts; debited: TokenAmounts; sqrtPriceX96: bigint };

/**
 * A collect: `paid` left the pool at this price, `debited` was taken off what is owed, which for an NFT may be
 * some units more. Its fee part, principal counting as collected first, is booked at this price.
 */
export function pay<T extends FeeLedger>(position: T, { paid, debited, sqrtPriceX96 }: Payment): T {
  const after = {
    ...payCore(position, debited),
    collected0: position.collected0 + paid.amount0,
    collected1: position.collected1 + paid.amount1,
    debited0: position.debited0 + debited.amount0,
    debited1: position.debited1 + debited.amount1,
  };
  const before = feesCollected(position);
  const now = feesCollected(after);
  const value0 = valueX192(now.amount0 - before.amount0, 0n, sqrtPriceX96);
  const value1 = valueX192(0n, now.amount1 - before.amount1, sqrtPriceX96);
  return {
    ...after,
    feesCollected0Value1: position.feesCollected0Value1 + toToken1(value0),
    feesCollected1Value0: position.feesCollected1Value0 + toToken0(value1, sqrtPriceX96),
  };
}

/** Before principal is withdrawn: what was taken off as fees by now stays fees, and pays nothing of it. */
export function keepFeesTaken(position: FeeLedger): Pick<FeeLedger, "feesTaken0" | "feesTaken1"> {
  const { amount0: feesTaken0, amount1: feesTaken1 } = feesDebited(position);
  return { feesTaken0, feesTaken1 };
}

export class OverpaidError extends LostLogError {
  override readonly name = "OverpaidError";

  constructor({ tokensOwed0, tokensOwed1 }: CoreFees, { amount0, amount1 }: TokenAmounts) {
    super(
      `a position was owed ${tokensOwed0} and ${tokensOwed1} and was paid ${amount0} and ${amount1}: the RPC left out a log of this pool`,
    );
  }
}
