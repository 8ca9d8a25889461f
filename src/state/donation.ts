import { mulDiv } from "../math/fullMath.ts";
import type { TokenAmounts } from "./feeLedger.ts";
import { LostLogError } from "./lostLog.ts";
import { changeBalance, type PricedPool } from "./pool.ts";
import { addFees } from "./poolFees.ts";

const Q128 = 2n ** 128n;
const UINT256 = 2n ** 256n - 1n;

/**
 * The pool after somebody gave its LPs tokens, raw: fees to the liquidity in range. Mirrors Pool.donate of v4-core.
 * Example: 10 of token0 to a liquidity of 5 raises `feeGrowthGlobal0X128` by 2 x 2^128.
 */
export function applyDonation<T extends PricedPool>(pool: T, given: TokenAmounts): T {
  const { amount0, amount1 } = given;
  if (pool.liquidity === 0n) throw new DonationToNobodyError(given);
  const credited = {
    ...pool,
    feeGrowthGlobal0X128: (pool.feeGrowthGlobal0X128 + mulDiv(amount0, Q128, pool.liquidity)) & UINT256,
    feeGrowthGlobal1X128: (pool.feeGrowthGlobal1X128 + mulDiv(amount1, Q128, pool.liquidity)) & UINT256,
  };
  return changeBalance(
    addFees(credited, { lp0: amount0, lp1: amount1, protocol0: 0n, protocol1: 0n }),
    given,
  );
}

export class DonationToNobodyError extends LostLogError {
  override readonly name = "DonationToNobodyError";

  constructor({ amount0, amount1 }: TokenAmounts) {
    super(`${amount0} and ${amount1} were donated to no liquidity: the RPC left out a log of this pool`);
  }
}
