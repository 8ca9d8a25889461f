import { lossVersusRebalancing } from "../math/lossVersusRebalancing.ts";
import { getSqrtPriceAtTick, MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../math/tickMath.ts";
import type { InitializedTick } from "./tick.ts";

/** A pool's price now, and the price, tick and growth of loss versus rebalancing at its last sample. */
export type LvrPool = {
  sqrtPriceX96: bigint;
  tick: number;
  lvrSqrtPriceX96: bigint;
  lvrTick: number;
  lvrGrowthGlobalX128: bigint;
};

export type SettledLvr = {
  lvrGrowthGlobalX128: bigint;
  lvrSqrtPriceX96: bigint;
  lvrTick: number;
  /** The ticks handed over, with `lvrOutsideX128` of the other side. */
  flipped: InitializedTick[];
};

/**
 * Takes a sample: books the move from the last one to the present price as loss versus rebalancing. The move is one
 * step for every range, however many ticks lie within it, so each tick between the two gets the growth below it in
 * closed form. Call it before anything else in the pool's first event of a later block, and before any change of
 * liquidity but 0: these are the samples.
 *
 * `ticks`: exactly the initialised ticks t with min(lvrTick, tick) < t <= max, in any order. Each sample rounds each
 * growth down by less than one unit of 2^-128.
 * Example: from `sqrtPriceX96` 2^96 to 2^97 (price 1 to 4) the growth rises by 2^128: 1 token1 a unit of liquidity.
 */
export function settleLvr(pool: LvrPool, ticks: readonly InitializedTick[]): SettledLvr {
  const { sqrtPriceX96: to, tick, lvrSqrtPriceX96: from, lvrTick, lvrGrowthGlobalX128: before } = pool;
  const after = before + lossVersusRebalancing(MIN_SQRT_PRICE, MAX_SQRT_PRICE, from, to);
  const flipped = ticks.map((state) => {
    if (state.tick <= Math.min(lvrTick, tick) || state.tick > Math.max(lvrTick, tick)) {
      throw new TickNotBetweenError(state.tick, lvrTick, tick);
    }
    const below = lossVersusRebalancing(MIN_SQRT_PRICE, getSqrtPriceAtTick(state.tick), from, to);
    const lvrOutsideX128 =
      tick > lvrTick ? before - state.lvrOutsideX128 + below : after - (state.lvrOutsideX128 + below);
    return { ...state, lvrOutsideX128 };
  });
  return { lvrGrowthGlobalX128: after, lvrSqrtPriceX96: to, lvrTick: tick, flipped };
}

export class TickNotBetweenError extends Error {
  override readonly name = "TickNotBetweenError";
  readonly tick: number;

  constructor(tick: number, lvrTick: number, currentTick: number) {
    super(
      `tick ${tick} does not lie between the last sample at ${lvrTick} and the present ${currentTick}: check which ticks are handed over`,
    );
    this.tick = tick;
  }
}
