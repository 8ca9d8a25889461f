import { describe, expect, test } from "vitest";
import { clearedTick, NegativeLiquidityError, updateTick } from "../../src/state/tick.ts";

const POOL = {
  tick: 10,
  feeGrowthGlobal0X128: 100n,
  feeGrowthGlobal1X128: 200n,
  seconds: 1_700_000_000,
  lvrGrowthGlobalX128: 300n,
};
const ALL_OUTSIDE = {
  feeGrowthOutside0X128: 100n,
  feeGrowthOutside1X128: 200n,
  secondsOutside: 1_700_000_000,
  lvrOutsideX128: 300n,
};

test("a tick that is the upper bound of one range and the lower bound of the next keeps both sides apart", () => {
  const upper = updateTick(clearedTick, { tick: 20, liquidityDelta: 7n, upper: true }, POOL);
  expect(upper).toEqual({
    state: { ...clearedTick, liquidityGross: 7n, liquidityNet: -7n },
    flipped: true,
  });
  const both = updateTick(upper.state, { tick: 20, liquidityDelta: 10n, upper: false }, POOL);
  expect(both).toEqual({
    state: { ...clearedTick, liquidityGross: 17n, liquidityNet: 3n },
    flipped: false,
  });
});

test("a tick flips when its first liquidity comes and when its last goes", () => {
  const first = updateTick(clearedTick, { tick: 20, liquidityDelta: 7n, upper: false }, POOL);
  const part = updateTick(first.state, { tick: 20, liquidityDelta: -3n, upper: false }, POOL);
  const last = updateTick(part.state, { tick: 20, liquidityDelta: -4n, upper: false }, POOL);
  expect([first.flipped, part.flipped, last.flipped]).toEqual([true, false, true]);
  expect([last.state.liquidityGross, last.state.liquidityNet]).toEqual([0n, 0n]);
});

test("more liquidity than there is cannot leave", () => {
  const change = { tick: 20, liquidityDelta: -1n, upper: false };
  expect(() => updateTick(clearedTick, change, POOL)).toThrow(NegativeLiquidityError);
});

describe("growth outside of a tick that becomes initialised", () => {
  test.each([
    ["below the pool's tick, all of it", 9, ALL_OUTSIDE],
    ["at the pool's tick, all of it", 10, ALL_OUTSIDE],
    ["above the pool's tick, none", 11, {}],
  ])("%s", (_title, tick, outside) => {
    const { state } = updateTick(clearedTick, { tick, liquidityDelta: 7n, upper: false }, POOL);
    expect(state).toEqual({ ...clearedTick, ...outside, liquidityGross: 7n, liquidityNet: 7n });
  });

  test("does not change with later liquidity, and stays when the last of it goes: it is still to be read", () => {
    const { state } = updateTick(clearedTick, { tick: 9, liquidityDelta: 7n, upper: false }, POOL);
    const later = { ...POOL, feeGrowthGlobal0X128: 1_000n, seconds: 1_800_000_000 };
    const more = updateTick(state, { tick: 9, liquidityDelta: 1n, upper: true }, later);
    expect(more.state).toEqual({ ...ALL_OUTSIDE, liquidityGross: 8n, liquidityNet: 6n });
    const gone = updateTick(state, { tick: 9, liquidityDelta: -7n, upper: false }, later);
    expect(gone.state).toEqual({ ...ALL_OUTSIDE, liquidityGross: 0n, liquidityNet: 0n });
  });
});
