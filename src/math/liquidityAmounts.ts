import { getAmount0Delta, getAmount1Delta } from "./sqrtPriceMath.ts";
import { getSqrtPriceAtTick } from "./tickMath.ts";

export type Amounts = { amount0: bigint; amount1: bigint };

export type LiquidityInRange = {
  sqrtPriceX96: bigint;
  tick: number;
  tickLower: number;
  tickUpper: number;
  liquidity: bigint;
  roundUp: boolean;
};

/**
 * The principal behind a liquidity in a range, in raw units: what burning pays out (rounded down) or
 * minting takes in (`roundUp`). Mirrors UniswapV3Pool._modifyPosition.
 *
 * The side is decided by the pool's tick, not by its price: after a swap down that ends exactly on an
 * initialised tick T the price is that of T and the tick is T - 1.
 * Example: at tick 0 and price 2^96, liquidity 10^6 in [-60, 60) is 2995 and 2995, rounded down.
 */
export function getAmountsForLiquidity(position: LiquidityInRange): Amounts {
  const { sqrtPriceX96, tick, tickLower, tickUpper, liquidity, roundUp } = position;
  if (tickLower >= tickUpper) throw new EmptyRangeError(tickLower, tickUpper);
  const lowerX96 = getSqrtPriceAtTick(tickLower);
  const upperX96 = getSqrtPriceAtTick(tickUpper);
  if (tick < tickLower) {
    return { amount0: getAmount0Delta(lowerX96, upperX96, liquidity, roundUp), amount1: 0n };
  }
  if (tick >= tickUpper) {
    return { amount0: 0n, amount1: getAmount1Delta(lowerX96, upperX96, liquidity, roundUp) };
  }
  if (sqrtPriceX96 < lowerX96 || sqrtPriceX96 > upperX96) throw new PriceOffTickError(sqrtPriceX96, tick);
  return {
    amount0: getAmount0Delta(sqrtPriceX96, upperX96, liquidity, roundUp),
    amount1: getAmount1Delta(lowerX96, sqrtPriceX96, liquidity, roundUp),
  };
}

export class EmptyRangeError extends Error {
  override readonly name = "EmptyRangeError";
  readonly tickLower: number;
  readonly tickUpper: number;

  constructor(tickLower: number, tickUpper: number) {
    super(`tickLower ${tickLower} is not below tickUpper ${tickUpper}: check that they were not exchanged`);
    this.tickLower = tickLower;
    this.tickUpper = tickUpper;
  }
}

export class PriceOffTickError extends Error {
  override readonly name = "PriceOffTickError";
  readonly sqrtPriceX96: bigint;
  readonly tick: number;

  constructor(sqrtPriceX96: bigint, tick: number) {
    super(
      `sqrtPriceX96 ${sqrtPriceX96} lies outside a range that tick ${tick} is in: check that both are of one event`,
    );
    this.sqrtPriceX96 = sqrtPriceX96;
    this.tick = tick;
  }
}
