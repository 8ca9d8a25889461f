import { expect, test } from "vitest";
import { lvrX128At, openPlayback, type Playback, playEvent } from "../../../src/api/metrics/playback.ts";
import { openShadow } from "../../../src/api/metrics/shadowPosition.ts";
import { openTickBook } from "../../../src/api/metrics/tickBook.ts";
import { swap } from "../eventRows.ts";

const E9 = 10n ** 9n;
const ALL = { tickLower: -887272, tickUpper: 887272 };
const MINT = {
  kind: "MINT",
  positionId: "B",
  receiverId: null,
  shares: 0n,
  sqrtPriceX96: 2n ** 96n,
} as const;

/** A pair of 10^9 of either token and as many LP tokens, of which "A" has a quarter; or with 10^12 of liquidity beside it. */
function open(beside: boolean): Playback {
  const supply = { balance0: E9, balance1: E9, shares: E9, kLast: null, feeOn: null };
  const pair = { ...supply, swapped: false };
  const price = { sqrtPriceX96: 2n ** 96n, tick: 0, liquidity: E9 };
  const pool = { protocol: "UNISWAP_V2", tickSpacing: 1, ticks: openTickBook([]), ...price, pair };
  const shadow = openShadow(ALL, beside ? 10n ** 12n : E9 / 4n, beside);
  const positionId = beside ? null : "A";
  return openPlayback({ pool, shadow, positionId }, { number: 99, timestamp: 0 }, 0);
}

/** Prices and roots of products are worked out apart from the code. */
const FIRST = {
  ...{ blockNumber: 100, logIndex: 1, amount0: 1_000_000n, amount1: -996_006n, tick: -20 },
  ...{ sqrtPriceX96: 79149132144808441156605693702n, liquidity: 1_000_001_498n, feeLp: 3_000n },
};
/** After a donation of 10^7 of token1 that a Sync alone took in, in the same block. */
const AFTER_GIFT = {
  ...{ blockNumber: 100, logIndex: 5, amount0: 1_000_000n, amount1: -1_000_000n, tick: 59 },
  ...{ sqrtPriceX96: 79465175968035480447521095511n, liquidity: 1_004_997_513n, feeLp: 3_000n },
};

function trade(playback: Playback, row: typeof FIRST): void {
  const { feeLp } = row;
  const terms = { fee: 3000, pluginFee: 0, protocolFeeSetting: 0, feeLp, feeProtocol: 0n };
  const { blockNumber } = row;
  playEvent(playback, { kind: "SWAP", blockNumber, timestamp: 60, swap: { ...swap(row), ...terms } });
}

test("a position's part of a swap is what a burn of its LP tokens pays more or less after it, fees included", () => {
  const playback = open(false);
  trade(playback, FIRST);
  // A quarter of 1,001,000,000 and 999,003,994, rounded down.
  expect(playback.markouts.trades).toEqual([
    { timestamp: 60, change0X128: 250_000n << 128n, change1X128: -249_002n << 128n, notional1: 249_002n },
  ]);
});

test("what a Sync alone took in before a swap of its block is no part of the swap", () => {
  const playback = open(false);
  trade(playback, FIRST);
  trade(playback, AFTER_GIFT);
  // A quarter of 1,008,003,994 less a quarter of 1,009,003,994: both rounded down.
  expect(playback.markouts.trades[1]).toMatchObject({
    ...{ change0X128: 250_000n << 128n, change1X128: -250_000n << 128n, notional1: 250_000n },
  });
  expect(playback.pool.pair).toMatchObject({ balance0: 1_002_000_000n, balance1: 1_008_003_994n });
});

test("a Sync alone is in the price from the end of its block on: of markouts, and of loss versus rebalancing", () => {
  const playback = open(true);
  const left = { balance0: E9, balance1: 4n * E9, shares: E9, kLast: null, feeOn: null };
  const price = { sqrtPriceX96: 2n ** 97n, tick: 13863, liquidity: 2n * E9 };
  playEvent(playback, { kind: "PAIR_AFTER", blockNumber: 100, timestamp: 60, after: { ...left, ...price } });
  expect(playback.pool).toMatchObject({ ...price, pair: left });
  // From a root of 1 to 2: (2 - 1)^2 / 1 for each unit.
  expect(lvrX128At(playback)).toBe((10n ** 12n) << 128n);
});

test("a deposit in another ratio moves a pair's price: no swap after it is blamed for that", () => {
  const playback = open(true);
  const change = { ...MINT, sqrtPriceX96: 2n ** 97n, amount0: 0n, amount1: 3n * E9 };
  playEvent(playback, { kind: "PAIR_CHANGE", blockNumber: 100, timestamp: 60, change });
  expect(playback.pool).toMatchObject({ sqrtPriceX96: 2n ** 97n, tick: 13863, liquidity: 2n * E9 });
  expect(lvrX128At(playback)).toBe((10n ** 12n) << 128n);
  const nothing = { amount0: 0n, amount1: 0n, sqrtPriceX96: 2n ** 97n, tick: 13863, liquidity: 2n * E9 };
  trade(playback, { ...FIRST, ...nothing, feeLp: 0n });
  expect(playback.markouts.trades).toEqual([]);
});

test("LP tokens are its own from the mint, the burn or the transfer on that brings them or takes them", () => {
  const playback = open(false);
  const moved = { amount0: 0n, amount1: 0n };
  const own = () => playback.shadow.liquidity;
  const take = (change: object) =>
    playEvent(playback, {
      ...{ kind: "PAIR_CHANGE", blockNumber: 100, timestamp: 60 },
      change: { ...MINT, ...moved, ...change },
    });
  take({ positionId: "A", shares: 50n });
  expect(own()).toBe(250_000_050n);
  take({ kind: "SEND", positionId: "B", receiverId: "A", shares: -7n });
  expect(own()).toBe(250_000_057n);
  take({ kind: "SEND", positionId: "A", receiverId: "B", shares: -250_000_000n });
  take({ kind: "BURN", positionId: "A", shares: -57n });
  expect(own()).toBe(0n);
  expect(playback.pool.pair?.shares).toBe(E9 - 7n);
});

test("a swap among changes of LP tokens that do not lead to the supply after the block is not told a part of", () => {
  const after = { balance0: 1_001_000_000n, balance1: 999_003_994n, kLast: null, feeOn: null };
  const { sqrtPriceX96, liquidity, tick } = FIRST;
  for (const [beside, shares, known] of [
    [false, E9 + 10n, true],
    [false, E9 + 11n, false],
    [true, E9 + 11n, true],
  ] as const) {
    const playback = open(beside);
    const change = { ...MINT, shares: 10n, amount0: 0n, amount1: 0n };
    playEvent(playback, { kind: "PAIR_CHANGE", blockNumber: 100, timestamp: 60, change });
    trade(playback, FIRST);
    const end = { ...after, shares, sqrtPriceX96, liquidity, tick };
    const ended = () =>
      playEvent(playback, { kind: "PAIR_AFTER", blockNumber: 100, timestamp: 60, after: end });
    if (known) ended();
    else expect(ended).toThrow("LP tokens at a swap in a block");
  }
});

test("nor is any in a block that burnt LP tokens without an event, before the swap or after it", () => {
  const playback = open(false);
  trade(playback, FIRST);
  const { sqrtPriceX96, liquidity, tick } = FIRST;
  const after = {
    balance0: 1_001_000_000n,
    balance1: 999_003_994n,
    shares: E9 - 1n,
    kLast: null,
    feeOn: null,
  };
  const end = { ...after, sqrtPriceX96, liquidity, tick };
  expect(() =>
    playEvent(playback, { kind: "PAIR_AFTER", blockNumber: 100, timestamp: 60, after: end }),
  ).toThrow("LP tokens at a swap in a block");
});

/** With the protocol's fee on, and a Sync alone that took in 3 * 10^9 of token1 before a deposit. */
const MINTED = { ...MINT, sqrtPriceX96: 2n ** 97n, amount0: 1_000_000n, amount1: 4_000_000n };
function mintAfterGift(): Playback {
  const playback = open(false);
  Object.assign(playback.pool.pair ?? {}, { feeOn: true, kLast: E9 * E9 });
  const at = { kind: "PAIR_CHANGE", blockNumber: 100, timestamp: 60 } as const;
  const fee = { kind: "MINT_TO_PROTOCOL", positionId: "C", shares: 90_909_090n } as const;
  playEvent(playback, { ...at, change: { ...MINTED, ...fee, amount0: 0n, amount1: 0n } });
  playEvent(playback, { ...at, change: { ...MINTED, shares: 1_090_909n } });
  return playback;
}
const AFTER_MINT = {
  ...{ blockNumber: 100, logIndex: 9, amount0: 100_000_000n, amount1: -362_677_205n, tick: 11_961 },
  ...{ sqrtPriceX96: 144083919548565047166531119976n, liquidity: 2_002_272_807n, feeLp: 250_000n },
};

test("what a Sync alone took in before a deposit of its block is not counted as growth after it", () => {
  const playback = mintAfterGift();
  trade(playback, AFTER_MINT);
  // A quarter of 10^9 in 1,091,999,999, and 24,797 more that the protocol has coming by the swap; to what the root rounds off.
  const [{ change0X128, change1X128 } = { change0X128: 0n, change1X128: 0n }] = playback.markouts.trades;
  expect([22_888_049n, 22_888_050n]).toContain(change0X128 >> 128n);
  expect([-83_049_426n, -83_049_425n]).toContain(change1X128 >> 128n);
  const { sqrtPriceX96, liquidity, tick } = AFTER_MINT;
  const left = { balance0: 1_101_000_000n, balance1: 3_641_322_795n, shares: 1_091_999_999n, feeOn: true };
  const kept = (kLast: bigint) => () =>
    playEvent(playback, {
      ...{ kind: "PAIR_AFTER", blockNumber: 100, timestamp: 60 },
      after: { ...left, kLast, sqrtPriceX96, liquidity, tick },
    });
  expect(kept(1_001_000_000n * 1_004_000_000n)).toThrow("LP tokens at a swap in a block");
  expect(kept(1_001_000_000n * 4_004_000_000n)).not.toThrow();
});

test("a deposit that mints nothing for growth tells that the protocol's fee is off, from the next swap on", () => {
  const playback = open(false);
  const { pair } = playback.pool;
  Object.assign(pair ?? {}, { feeOn: true, kLast: (E9 * E9) / 4n });
  const change = { ...MINT, shares: 10n, amount0: 10n, amount1: 10n };
  playEvent(playback, { kind: "PAIR_CHANGE", blockNumber: 100, timestamp: 60, change });
  expect(pair?.feeOn).toBe(false);
});

test("loss versus rebalancing is sampled at the price that a change of LP tokens tells, also where a Sync alone led there", () => {
  const playback = open(true);
  const at = { blockNumber: 100, timestamp: 60 };
  const sent = { ...MINT, kind: "SEND", sqrtPriceX96: 2n ** 97n, amount0: 0n, amount1: 0n } as const;
  playEvent(playback, { ...at, kind: "PAIR_CHANGE", change: sent });
  const left = { balance0: E9, balance1: E9, shares: E9, kLast: null, feeOn: null };
  const price = { sqrtPriceX96: 2n ** 96n, tick: 0, liquidity: E9 };
  playEvent(playback, { ...at, kind: "PAIR_AFTER", after: { ...left, ...price } });
  // From a root of 1 to 2, (2 - 1)^2 / 1 for each unit, and back, (1 - 2)^2 / 2.
  expect(lvrX128At(playback)).toBe(((3n * 10n ** 12n) / 2n) << 128n);
});
