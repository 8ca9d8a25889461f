import { isqrt } from "../math/pairMath.ts";
import type { TokenAmounts } from "./feeLedger.ts";
import { LostLogError } from "./lostLog.ts";
import { learnFee } from "./pairFee.ts";
import { marketBasis, moveReserves, pairAmounts, type Reserves, settlePair } from "./pairPool.ts";
import type { PairDeposit } from "./pairPosition.ts";
import { movedByToken } from "./pairSwap.ts";
import type { PricedPool } from "./pool.ts";
import { addFees } from "./poolFees.ts";

const Q64 = 2n ** 64n;
/** LP tokens that the first mint of a pair locks for good. */
export const MINIMUM_LIQUIDITY = 1000n;

/** A Mint with the Transfers and the Sync before it; the first one locks LP tokens at address 0. */
export type PairMint = TokenAmounts & {
  shares: bigint;
  lockedShares: bigint;
  /** Whether LP tokens were minted to the protocol in the same call. */
  feeMinted: boolean;
  after: Reserves;
};

/**
 * The pool after LP tokens were minted, and what of it is the LP's deposit. Mirrors UniswapV2Pair.mint. Booked at the
 * price after it: a deposit in another ratio than the reserves' moves the price, and is worth less to who made it.
 * Principal liquidity is the LP tokens' part of the root of the product after it, rounded down (metrics.md 6.1).
 * `before`: the pool without the Mint's Sync, with the protocol's LP tokens.
 */
export function mintPair<T extends PricedPool>(before: T, mint: PairMint): { pool: T; deposit: PairDeposit } {
  const moved = settlePair(moveReserves(before, mint.after));
  const shares = (before.shares ?? 0n) + mint.lockedShares + mint.shares;
  const part = (some: bigint) => (some * moved.liquidity * Q64) / shares;
  const kAfter = mint.after.reserve0 * mint.after.reserve1;
  const pool = {
    ...moved,
    ...learnFee(before, { minted: mint.feeMinted, kAfter }),
    shares,
    basisX64: (before.basisX64 ?? 0n) + part(mint.lockedShares),
    mints: before.mints + 1,
    tokenMovesBalances: before.tokenMovesBalances ?? false,
  };
  const { amount0, amount1 } = mint;
  return { pool, deposit: { amount0, amount1, shares: mint.shares, basisX64: part(mint.shares) } };
}

/** A Mint is worth what the contract mints for it, and its amounts are what came into the reserves. */
export function requireMint(before: PricedPool, mint: PairMint): void {
  const { balance0, balance1 } = before;
  const { amount0, amount1, shares, lockedShares } = mint;
  const supply = before.shares ?? 0n;
  const fits =
    supply === 0n
      ? lockedShares === MINIMUM_LIQUIDITY && shares === isqrt(amount0 * amount1) - MINIMUM_LIQUIDITY
      : lockedShares === 0n &&
        balance0 > 0n &&
        balance1 > 0n &&
        shares === least((amount0 * supply) / balance0, (amount1 * supply) / balance1) &&
        !movedByToken(before, mint, mint.after);
  if (!fits) throw new MintMisfitError(shares);
}

/**
 * The pool after LP tokens were burnt, without its positions' principal. Mirrors UniswapV2Pair.burn. Tokens that had
 * come without a Sync are in what it pays and leaves: a donation, as fees.
 */
export function burnPair<T extends PricedPool>(
  before: T,
  burn: TokenAmounts & { shares: bigint; feeMinted: boolean; after: Reserves },
): T {
  const kAfter = burn.after.reserve0 * burn.after.reserve1;
  const paid = { amount0: -burn.amount0, amount1: -burn.amount1 };
  const shares = (before.shares ?? 0n) - burn.shares;
  return {
    ...followReserves(before, paid, burn.after),
    ...learnFee(before, { minted: burn.feeMinted, kAfter }),
    shares: shares < 0n ? 0n : shares,
    burns: before.burns + 1,
  };
}

/** The pool after a Sync of its own: what came without a trade is a donation to the LPs, as fees. */
export function syncPair<T extends PricedPool>(before: T, after: Reserves): T {
  return followReserves(before, { amount0: 0n, amount1: 0n }, after);
}

function followReserves<T extends PricedPool>(before: T, paid: TokenAmounts, after: Reserves): T {
  const moved = moveReserves(before, after);
  const byToken = movedByToken(before, paid, after);
  const lp0 = positive(after.reserve0 - before.balance0 - paid.amount0);
  const lp1 = positive(after.reserve1 - before.balance1 - paid.amount1);
  const flagged = { ...moved, tokenMovesBalances: byToken || (before.tokenMovesBalances ?? false) };
  return addFees(flagged, { lp0, lp1, protocol0: 0n, protocol1: 0n });
}

/**
 * The pool after LP tokens were minted to the protocol, and its deposit: bought at market, the amounts rounded up.
 * Nothing is pending then until reserves grow again.
 */
export function mintToProtocol<T extends PricedPool>(
  before: T,
  shares: bigint,
): { pool: T; deposit: PairDeposit } {
  const kLast = before.balance0 * before.balance1;
  const pool = { ...before, feeOn: true, kLast, shares: (before.shares ?? 0n) + shares };
  return { pool, deposit: buyShares(pool, shares) };
}

/** LP tokens that are bought at market: what a burn of them would pay, rounded up, all of it principal. */
export function buyShares(pool: PricedPool, shares: bigint): PairDeposit {
  return { shares, basisX64: marketBasis(pool, shares), ...pairAmounts(pool, shares, true) };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

export class MintMisfitError extends LostLogError {
  override readonly name = "MintMisfitError";

  constructor(shares: bigint) {
    super(
      `${shares} LP tokens were minted, which do not follow from the pair's reserves: the RPC left out a log of this pool`,
    );
  }
}
