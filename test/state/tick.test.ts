import { expect, test } from "vitest";
import { NegativeLiquidityError } from "../../src/state/pool.ts";
import { emptyTick, updateTick } from "../../src/state/tick.ts";

test("a tick that is the upper bound of one range and the lower bound of the next keeps both sides apart", () => {
  const upper = updateTick(emptyTick, { liquidityDelta: 7n, upper: true });
  expect(upper).toEqual({ tick: { liquidityGross: 7n, liquidityNet: -7n }, flipped: true });
  const both = updateTick(upper.tick, { liquidityDelta: 10n, upper: false });
  expect(both).toEqual({ tick: { liquidityGross: 17n, liquidityNet: 3n }, flipped: false });
});

test("a tick flips when its first liquidity comes and when its last goes", () => {
  const first = updateTick(emptyTick, { liquidityDelta: 7n, upper: false });
  const part = updateTick(first.tick, { liquidityDelta: -3n, upper: false });
  const last = updateTick(part.tick, { liquidityDelta: -4n, upper: false });
  expect([first.flipped, part.flipped, last.flipped]).toEqual([true, false, true]);
  expect(last.tick).toEqual(emptyTick);
});

test("more liquidity than there is cannot leave", () => {
  expect(() => updateTick(emptyTick, { liquidityDelta: -1n, upper: false })).toThrow(NegativeLiquidityError);
});
