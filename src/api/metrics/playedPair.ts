import { getSqrtPriceAtReserves, isqrt } from "../../math/pairMath.ts";
import { Q96 } from "../../math/sqrtPriceMath.ts";
import { getTickAtSqrtPrice } from "../../math/tickMath.ts";
import { learnFee } from "../../state/pairFee.ts";
import { MINIMUM_LIQUIDITY } from "../../state/pairLiquidity.ts";
import type { PairSupply } from "../../state/pairPool.ts";
import type { PlayedPool, RecordedSwap } from "./playedPool.ts";

/** Of a root, where reserves were found from it. */
const ROUNDED_OFF = 4n;

/**
 * A v2 pair somewhere in its history: its reserves, its LP tokens, and what its next burn mints first. `kLast` is null where
 * a Mint or Burn did not follow from the reserves, up to the next swap, before which they are known.
 */
export type PlayedPair = PairSupply & {
  /** In this block. */
  swapped: boolean;
};

/** LP tokens that were minted, burnt or sent, as they are kept. */
export type PairChange = {
  /** Whose they are or were, who gets them if they were sent, and how many the former has more. */
  positionId: string | null;
  receiverId: string | null;
  shares: bigint;
  kind: "MINT" | "BURN" | "SEND" | "MINT_TO_PROTOCOL";
  /** Changes of the reserves. */
  amount0: bigint;
  amount1: bigint;
  sqrtPriceX96: bigint;
};

/** A pair after a block, as it is kept. */
export type PairAfter = PairSupply & { sqrtPriceX96: bigint; tick: number; liquidity: bigint };

/**
 * Takes a pair to right before one of its swaps. Reserves from which the swap's amounts do not lead to the price and the
 * root of their product that it left were moved by a Sync alone: then they are what these two tell, to what they round off.
 * Example: what a swap of 20 for 80 that left a price of 4 and a root of 240 found was 100 and 560, whatever stood before.
 */
export function meetSwap(pool: PlayedPool, pair: PlayedPair, swap: RecordedSwap): void {
  const { sqrtPriceX96, liquidity, amount0, amount1 } = swap;
  if (!isLeft(pair.balance0 + amount0, pair.balance1 + amount1, swap)) {
    const balance0 = (liquidity * Q96 + sqrtPriceX96 / 2n) / sqrtPriceX96 - amount0;
    const balance1 = (liquidity * sqrtPriceX96 + Q96 / 2n) / Q96 - amount1;
    if (balance0 > 0n && balance1 > 0n) setReserves(pool, pair, balance0, balance1);
  }
  pair.kLast ??= pair.balance0 * pair.balance1;
}

/** After {@link meetSwap}. */
export function takePairSwap(pair: PlayedPair, { amount0, amount1 }: RecordedSwap): void {
  pair.balance0 += amount0;
  pair.balance1 += amount1;
  pair.swapped = true;
}

/** Mirrors what UniswapV2Pair's mint and burn do to reserves, supply and kLast. */
export function takePairChange(pool: PlayedPool, pair: PlayedPair, change: PairChange): void {
  const { kind, shares } = change;
  if (kind === "SEND") return;
  const supply = pair.shares ?? 0n;
  const locked = kind === "MINT" && supply === 0n ? MINIMUM_LIQUIDITY : 0n;
  pair.shares = supply + locked + shares;
  if (kind === "MINT_TO_PROTOCOL") {
    Object.assign(pair, { feeOn: true, kLast: pair.balance0 * pair.balance1 });
    return;
  }
  const before = { ...pair, shares: supply };
  setReserves(pool, pair, pair.balance0 + change.amount0, pair.balance1 + change.amount1);
  const { feeOn, kLast } = learnFee(before, { minted: false, kAfter: pair.balance0 * pair.balance1 });
  Object.assign(pair, { feeOn, kLast: follows(before, pool, change) ? kLast : null });
}

/** What a block left, as it is kept. Throws for `strict` where swaps of it may have been played with another supply of LP tokens. */
export function endPairBlock(pool: PlayedPool, pair: PlayedPair, after: PairAfter, strict: boolean): void {
  if (strict && pair.swapped && !isSameSupply(pair, after)) throw new PairSupplyError();
  const { balance0, balance1, shares, kLast, feeOn, ...price } = after;
  Object.assign(pair, { balance0, balance1, shares, kLast, feeOn, swapped: false });
  Object.assign(pool, price);
}

/** Whether LP tokens are as many, those that the protocol has coming too; roots of a product that a swap told round off. */
function isSameSupply(pair: PlayedPair, { shares, feeOn, kLast }: PairAfter): boolean {
  if (pair.shares !== shares || pair.feeOn !== feeOn) return false;
  if (feeOn !== true || pair.kLast === null) return true;
  const less = isqrt(pair.kLast) - isqrt(kLast ?? 0n);
  return -ROUNDED_OFF <= less && less <= ROUNDED_OFF;
}

/** Whether a change's amounts, or a deposit's price, are those of the reserves before it: not where a Sync alone moved them. */
function follows({ balance0, shares: supply }: PairSupply, pool: PlayedPool, change: PairChange): boolean {
  if (change.kind === "MINT") return pool.sqrtPriceX96 === change.sqrtPriceX96;
  return supply !== null && supply > 0n && (change.shares * balance0) / supply === change.amount0;
}

/** Whether a price and a root of the product, both rounded down, are those of these reserves. */
function isLeft(
  balance0: bigint,
  balance1: bigint,
  { sqrtPriceX96: root, liquidity }: RecordedSwap,
): boolean {
  const [product, ratioX192] = [balance0 * balance1, balance1 << 192n];
  return (
    liquidity * liquidity <= product &&
    product < (liquidity + 1n) * (liquidity + 1n) &&
    root * root * balance0 <= ratioX192 &&
    ratioX192 < (root + 1n) * (root + 1n) * balance0
  );
}

/** A deposit in another ratio than the reserves' moves a pair's price without a swap. */
function setReserves(pool: PlayedPool, pair: PlayedPair, balance0: bigint, balance1: bigint): void {
  Object.assign(pair, { balance0, balance1 });
  if (balance0 <= 0n || balance1 <= 0n) return;
  pool.liquidity = isqrt(balance0 * balance1);
  pool.sqrtPriceX96 = getSqrtPriceAtReserves(balance0, balance1);
  pool.tick = getTickAtSqrtPrice(pool.sqrtPriceX96);
}

/** No fault of the logs: not all burns have an event each. */
export class PairSupplyError extends Error {
  override readonly name = "PairSupplyError";

  constructor() {
    super("the pair's LP tokens at a swap in a block with other changes of them are not known");
  }
}
