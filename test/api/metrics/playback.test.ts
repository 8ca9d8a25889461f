import { describe, expect, test } from "vitest";
import { openPlayback, type Playback, playEvent } from "../../../src/api/metrics/playback.ts";
import { openShadow, shadowFees } from "../../../src/api/metrics/shadowPosition.ts";
import { openTickBook } from "../../../src/api/metrics/tickBook.ts";
import { swap } from "../eventRows.ts";
import { SWAPS } from "../swapVector.ts";

const E17 = 10n ** 17n;
const MINTS = [
  { positionId: "A", tickLower: -60, tickUpper: 60, liquidityDelta: 10n * E17, sqrtPriceX96: 2n ** 96n },
  { positionId: "B", tickLower: -600, tickUpper: 600, liquidityDelta: 5n * E17, sqrtPriceX96: 2n ** 96n },
];

/** The pool of metrics.md 5.10 from before its first price on, its swaps a minute apart. */
function play(
  shadow: Playback["shadow"],
  positionId: string | null,
  others: readonly (typeof MINTS)[number][] = [],
): Playback {
  const pool = { protocol: "UNISWAP_V3", tickSpacing: 60, ticks: openTickBook([]), pair: null };
  const unpriced = { ...pool, sqrtPriceX96: 0n, tick: 0, liquidity: 0n };
  const playback = openPlayback({ pool: unpriced, shadow, positionId }, { number: 99, timestamp: 0 }, 0);
  for (const change of [...MINTS, ...others]) {
    playEvent(playback, { kind: "CHANGE", blockNumber: 100, timestamp: 0, change });
  }
  SWAPS.forEach((row, i) => {
    const event = { blockNumber: row.blockNumber, timestamp: 60 * (i + 1) };
    playEvent(playback, { kind: "SWAP", ...event, swap: rowOf(row) });
  });
  return playback;
}

function rowOf(row: (typeof SWAPS)[number]) {
  const { feeLp = null, feeProtocol = 0n, protocolFeeSetting = 0 } = row;
  return { ...swap(row), fee: 3000, pluginFee: 0, protocolFeeSetting, feeLp, feeProtocol };
}

describe("the pool's own positions, played as part of its liquidity", () => {
  test.each([
    ["A", -60, 60, { amount0: 9040182736435n, amount1: 4999999999999n }],
    ["B", -600, 600, { amount0: 20959817263566n, amount1: 18434451769059n }],
  ])("%s earns what the contract owes it", (positionId, tickLower, tickUpper, earned) => {
    const { shadow, pool } = play(openShadow({ tickLower, tickUpper }, 0n, false), positionId);
    expect(shadowFees(shadow)).toEqual(earned);
    expect(pool.liquidity).toBe(15n * E17);
  });
});

describe("a third position beside them", () => {
  test.each([
    // 5 * 10^17: of S1 13560274105656 over 2 * 10^18 a unit, of S5 7500000000000.
    [-60, 60, 5n * E17, { amount0: 3390068526163n, amount1: 1874999999999n }],
    [-120, 60, 25n * 10n ** 16n, { amount0: 3448405789312n, amount1: 2492170333747n }],
    // In the end at tick -61, where the dust swap S4 leaves its one unit.
    [-120, -60, 5n * E17, { amount0: 2266835661542n, amount1: 2131112643478n }],
  ])("[%i, %i) of %s dilutes them by l / (L + l)", (tickLower, tickUpper, liquidity, earned) => {
    const { shadow } = play(openShadow({ tickLower, tickUpper }, liquidity, true), null);
    expect(shadowFees(shadow)).toEqual(earned);
  });

  test("out of the path earns nothing", () => {
    const { shadow } = play(openShadow({ tickLower: 60, tickUpper: 120 }, E17, true), null);
    expect(shadowFees(shadow)).toEqual({ amount0: 0n, amount1: 0n });
  });
});

test("liquidity that is taken out again leaves its ticks as they were", () => {
  const range = { positionId: "C", tickLower: -120, tickUpper: 0, sqrtPriceX96: 2n ** 96n };
  const there = [
    { ...range, liquidityDelta: E17 },
    { ...range, liquidityDelta: -E17 },
  ];
  const { shadow } = play(openShadow({ tickLower: -60, tickUpper: 60 }, 0n, false), "A", there);
  expect(shadowFees(shadow)).toEqual({ amount0: 9040182736435n, amount1: 4999999999999n });
});

test("the parts of all positions are all that the LPs were paid, but for rounding", () => {
  const paid = SWAPS.reduce((sum, { feeLp }) => sum + (feeLp ?? 0n), 0n);
  const parts = [
    { tickLower: -60, tickUpper: 60, positionId: "A" },
    { tickLower: -600, tickUpper: 600, positionId: "B" },
  ].map(({ positionId, ...range }) => shadowFees(play(openShadow(range, 0n, false), positionId).shadow));
  const earned = parts.reduce((sum, { amount0, amount1 }) => sum + amount0 + amount1, 0n);
  expect(paid - earned).toBeGreaterThanOrEqual(0n);
  expect(paid - earned).toBeLessThan(8n);
});
