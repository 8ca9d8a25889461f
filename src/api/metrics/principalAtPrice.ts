import { type Amounts, getAmountsForLiquidity } from "../../math/liquidityAmounts.ts";
import { MAX_TICK, MIN_TICK } from "../../math/tickMath.ts";

type Priced = { sqrtPriceX96: bigint; tick: number };
type Range = { tickLower: number; tickUpper: number; liquidity: bigint };

/**
 * What poolPrincipal says of the same ticks, for many prices (metrics.md 1.1): each segment is turned into amounts once,
 * and of a price only the segment that it is in. Raw, rounded down by segment. `steps`: initialised ticks, lowest first.
 * Example: of one position in [-60, 60) it is, at any price, that position's principal.
 */
export function principalAtPrice(
  steps: readonly { tick: number; liquidityNet: bigint }[],
): (pool: Priced) => Amounts {
  const segments = segmentsOf(steps);
  // Of all segments from the i-th on as token0, and of all before it as token1.
  const from0 = [0n];
  for (const range of [...segments].reverse()) from0.push((from0.at(-1) ?? 0n) + allBelow(range));
  from0.reverse();
  const before1 = [0n];
  for (const range of segments) before1.push((before1.at(-1) ?? 0n) + allAbove(range));
  return ({ sqrtPriceX96, tick }) => {
    const above = countBelow(segments, tick);
    const range = segments[above];
    const isIn = range !== undefined && range.tickLower <= tick;
    const own = isIn ? getAmountsForLiquidity({ ...range, sqrtPriceX96, tick, roundUp: false }) : NOTHING;
    return {
      amount0: own.amount0 + (from0[isIn ? above + 1 : above] ?? 0n),
      amount1: own.amount1 + (before1[above] ?? 0n),
    };
  };
}

const NOTHING: Amounts = { amount0: 0n, amount1: 0n };

function segmentsOf(steps: readonly { tick: number; liquidityNet: bigint }[]): Range[] {
  let liquidity = 0n;
  return steps.flatMap(({ tick, liquidityNet }, i) => {
    liquidity += liquidityNet;
    const next = steps[i + 1];
    return next === undefined ? [] : [{ tickLower: tick, tickUpper: next.tick, liquidity }];
  });
}

/** How many segments end at or below the tick: those hold token1 alone. */
function countBelow(segments: readonly Range[], tick: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((segments[middle]?.tickUpper ?? MAX_TICK) <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The token0 of a segment with the price below it. */
function allBelow(range: Range): bigint {
  const at = { sqrtPriceX96: 0n, tick: MIN_TICK - 1, roundUp: false };
  return getAmountsForLiquidity({ ...range, ...at }).amount0;
}

/** Its token1 with the price above it. */
function allAbove(range: Range): bigint {
  const at = { sqrtPriceX96: 0n, tick: MAX_TICK + 1, roundUp: false };
  return getAmountsForLiquidity({ ...range, ...at }).amount1;
}
