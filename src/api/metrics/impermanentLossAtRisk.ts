import { toDouble } from "../../math/toDouble.ts";
import { Q192, valueX192 } from "../../math/valueMath.ts";
import { offsetAt } from "./lognormalRisk.ts";
import { normalQuantile } from "./normalQuantile.ts";
import { gainBetween, lossToHolding, type ValueCurve } from "./valueCurve.ts";

const HALVINGS = 100;
/** An offset from which on, at four times the price, what a move adds is no longer small against what is held. */
const FAR = 1;

/** What is held, the basket that it is held against, what was realised, and the price of now; raw. */
export type HeldAgainst = {
  held: { amount0: bigint; amount1: bigint };
  hold0: bigint;
  hold1: bigint;
  realizedIl1: bigint;
  sqrtPriceX96: bigint;
};

/**
 * Total impermanent loss, what is realised included, as a size: above 0 is a loss; raw token1, by the offset of the price's
 * root (see ValueCurve). What it is now and the net inventory are exact; only what a move adds is in doubles. Far up
 * that is two sums which may cancel: there it is the basket's worth less that of what is held.
 * Example: 3 and 6 held against 5 and 5 at price 1 is 1 at offset 0.
 */
export function lossByOffset(curve: ValueCurve, against: HeldAgainst): (offset: number) => number {
  const { held, hold0, hold1, realizedIl1, sqrtPriceX96 } = against;
  const net0 = hold0 - held.amount0;
  const now = toDouble(valueX192(net0, hold1 - held.amount1 - realizedIl1, sqrtPriceX96), Q192);
  const net = toDouble(valueX192(net0, 0n, sqrtPriceX96), Q192);
  const basket0 = toDouble(valueX192(hold0, 0n, sqrtPriceX96), Q192);
  const rest = toDouble(valueX192(-held.amount0, hold1 - held.amount1 - realizedIl1, sqrtPriceX96), Q192);
  return (offset) =>
    offset > FAR
      ? basket0 * (1 + offset) ** 2 + rest - gainBetween(curve, 0, offset)
      : now + net * offset * (2 + offset) + lossToHolding(curve, offset);
}

/**
 * The total impermanent loss that a horizon does not exceed but with probability `tail`, raw token1, 0 or more (metrics.md
 * 9). Loss grows with moves in both directions: of the ranges of prices with all but `tail` of the probability the one with
 * one loss at both ends is sought, by halving. `deviation` as in lognormalRisk. Example: without deviation the loss of now.
 */
export function impermanentLossAtRisk(
  curve: ValueCurve,
  against: HeldAgainst,
  deviation: number,
  tail: number,
): number {
  const lossAt = lossByOffset(curve, against);
  if (deviation === 0) return Math.max(0, lossAt(0));
  const lossAtQuantile = (z: number) => lossAt(offsetAt(z, deviation));
  const lower = (below: number) => lossAtQuantile(normalQuantile(below));
  const upper = (below: number) => lossAtQuantile(-normalQuantile(tail - below));
  let [least, most] = [0, tail];
  for (let step = 0; step < HALVINGS; step += 1) {
    const below = (least + most) / 2;
    if (below === least || below === most) break;
    if (lower(below) > upper(below)) least = below;
    else most = below;
  }
  // The side with more of the probability is the one whose quantile moves least with what is left of the interval.
  return Math.max(0, most < tail / 2 ? upper(most) : lower(least));
}
