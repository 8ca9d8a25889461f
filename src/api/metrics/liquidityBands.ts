import { getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";

export type LiquidityBand = {
  tickLower: number;
  tickUpper: number;
  liquidity: bigint;
  amount0: bigint;
  amount1: bigint;
};

/** From the lower tick to below the upper one. */
export type Bounds = { tickLower: number; tickUpper: number };

type Pool = { sqrtPriceX96: bigint; tick: number; tickSpacing: number };
type Step = { tick: number; liquidityNet: bigint };

/**
 * The bounds of `bands` bands of one tick spacing each, half of them below the price, cut at the ends of the scale.
 * Example: at tick 65 with spacing 60, 4 bands are from -60 to 180.
 */
export function boundsAroundPrice({ tick, tickSpacing }: Omit<Pool, "sqrtPriceX96">, bands: number): Bounds {
  const middle = Math.floor(tick / tickSpacing) * tickSpacing;
  const below = Math.ceil(bands / 2) * tickSpacing;
  const above = Math.max(1, Math.floor(bands / 2)) * tickSpacing;
  return { tickLower: Math.max(MIN_TICK, middle - below), tickUpper: Math.min(MAX_TICK, middle + above) };
}

/**
 * A pool's liquidity over its prices, in at most `bands` bands of equal width, a whole number of tick spacings, of which
 * the last is cut at the upper bound. `liquidity` is the mean over the ticks of the band, rounded down: where nothing
 * starts or ends inside it, the liquidity itself. Amounts are what all positions hold there, raw, each segment rounded
 * down. `steps`: every initialised tick, lowest first.
 * Example: liquidity 10^6 in [-60, 60) at price 1, one band from -120 to 120: 500000, and 2995 of each token.
 */
export function liquidityBands(
  pool: Pool,
  steps: readonly Step[],
  { tickLower, tickUpper }: Bounds,
  bands: number,
): LiquidityBand[] {
  const { tickSpacing } = pool;
  const width = Math.ceil((tickUpper - tickLower) / bands / tickSpacing) * tickSpacing;
  const found: LiquidityBand[] = [];
  let liquidity = 0n;
  let next = 0;
  const passUpTo = (tick: number) => {
    for (let step = steps[next]; step !== undefined && step.tick <= tick; step = steps[++next]) {
      liquidity += step.liquidityNet;
    }
  };
  for (let lower = tickLower; lower < tickUpper; lower += width) {
    const upper = Math.min(lower + width, tickUpper);
    const band = { tickLower: lower, tickUpper: upper, liquidity: 0n, amount0: 0n, amount1: 0n };
    let weighted = 0n;
    for (let from = lower; from < upper; ) {
      passUpTo(from);
      const to = Math.min(steps[next]?.tick ?? upper, upper);
      weighted += liquidity * BigInt(to - from);
      addSegment(band, pool, { from, to, liquidity });
      from = to;
    }
    found.push({ ...band, liquidity: weighted / BigInt(upper - lower) });
  }
  return found;
}

function addSegment(
  band: { amount0: bigint; amount1: bigint },
  { sqrtPriceX96, tick }: Pool,
  { from, to, liquidity }: { from: number; to: number; liquidity: bigint },
): void {
  if (liquidity === 0n) return;
  const range = { tickLower: from, tickUpper: to, liquidity, roundUp: false };
  const { amount0, amount1 } = getAmountsForLiquidity({ sqrtPriceX96, tick, ...range });
  band.amount0 += amount0;
  band.amount1 += amount1;
}
