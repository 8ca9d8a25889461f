import { Q192 } from "./valueMath.ts";

/**
 * The square root of a whole number, rounded down. Mirrors Math.sqrt of v2-core, for numbers of any size.
 * `value`: at least 0. Example: `isqrt(8n)` is `2n`.
 */
export function isqrt(value: bigint): bigint {
  if (value < 0n) throw new NegativeRootError(value);
  if (value < 2n) return value;
  // From above, Newton's steps fall until they are there.
  let root = 1n << BigInt((value.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * The square root of token1 raw per token0 raw that a pair's reserves say, X96, rounded down. Both are above 0.
 * Example: `getSqrtPriceAtReserves(1n, 4n)` is `2n ** 97n`.
 */
export function getSqrtPriceAtReserves(reserve0: bigint, reserve1: bigint): bigint {
  return isqrt((reserve1 * Q192) / reserve0);
}

/**
 * Shares that a pair mints to the protocol for growth of the root of its reserves' product since the last Mint or
 * Burn, rounded down. Mirrors UniswapV2Pair._mintFee: a sixth of the growth.
 * Example: of 600 shares, with the root gone from 100 to 200, `getFeeShares(600n, 200n, 100n)` is `54n`.
 */
export function getFeeShares(totalSupply: bigint, rootK: bigint, rootKLast: bigint): bigint {
  if (rootKLast === 0n || rootK <= rootKLast) return 0n;
  return (totalSupply * (rootK - rootKLast)) / (5n * rootK + rootKLast);
}

export class NegativeRootError extends Error {
  override readonly name = "NegativeRootError";
  readonly value: bigint;

  constructor(value: bigint) {
    super(`${value} has no root: check the signs of what it was formed from`);
    this.value = value;
  }
}
