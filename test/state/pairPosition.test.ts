import { describe, expect, test } from "vitest";
import { decodeSteps, emptyCall, encodeSteps, inTransaction } from "../../src/state/pairCall.ts";
import { burnPair, MintMisfitError, mintPair, requireMint, syncPair } from "../../src/state/pairLiquidity.ts";
import { moveReserves, settlePair } from "../../src/state/pairPool.ts";
import { depositPair, openPairPosition, withdrawPair } from "../../src/state/pairPosition.ts";
import { initializePool, type PricedPool, uninitializedPool } from "../../src/state/pool.ts";

const Q64 = 2n ** 64n;
const at = (seconds: number) => ({ blockNumber: seconds, timestamp: 1_700_000_000 + seconds });
const open = () => openPairPosition({ poolId: "0xaa", owner: "0xa1", protocol: "UNISWAP_V2" }, at(0));

/** 1,000,000 and 1,000,000, as many LP tokens, first sampled at price 1. */
const even = {
  ...(initializePool(uninitializedPool, { sqrtPriceX96: 2n ** 96n, tick: 0 }) as PricedPool),
  ...{ balance0: 1_000_000n, balance1: 1_000_000n, liquidity: 1_000_000n, shares: 1_000_000n },
  ...{ basisX64: 1_000_000n * Q64, kLast: 10n ** 12n, feeOn: false },
};
/** At price 4 the same product. */
const quadrupled = settlePair(moveReserves(even, { reserve0: 500_000n, reserve1: 2_000_000n }));

describe("a position", () => {
  const deposit = { shares: 10_000n, basisX64: 10_000n * Q64, amount0: 10_000n, amount1: 10_000n };
  const held = depositPair(open(), even, deposit, at(0));

  test("loses to rebalancing by its principal, and is in range at any price", () => {
    // (2 - 1)^2 / 1 a unit of liquidity.
    expect(quadrupled.lvrGrowthGlobalX128).toBe(2n ** 128n);
    const { position } = withdrawPair(
      held,
      quadrupled,
      { shares: 5_000n, paid: { amount0: 2_500n, amount1: 10_000n } },
      at(60),
    );
    expect(position).toMatchObject({
      ...{ lvrX128: 10_000n * 2n ** 128n, lvrInsideLastX128: 2n ** 128n },
      ...{ secondsOpen: 60, secondsInRange: 60, secondsInsideLast: 1_700_000_060 },
    });
    const later = withdrawPair(
      position,
      quadrupled,
      { shares: 5_000n, paid: { amount0: 2_500n, amount1: 10_000n } },
      at(90),
    );
    expect(later.position).toMatchObject({
      lvrX128: 10_000n * 2n ** 128n,
      secondsInRange: 90,
      closedBlock: 90,
    });
  });

  test("releases principal and basket pro rata; what was paid beyond principal is fees at that price", () => {
    const paid = { amount0: 2_503n, amount1: 10_001n };
    const { position, principal } = withdrawPair(held, quadrupled, { shares: 5_000n, paid }, at(60));
    expect(principal).toEqual({ amount0: 2_500n, amount1: 10_000n });
    expect(position).toMatchObject({
      ...{ liquidity: 5_000n, basisX64: 5_000n * Q64, hold0: 5_000n, hold1: 5_000n, released0: 5_000n },
      ...{
        withdrawn0: 2_500n,
        withdrawn1: 10_000n,
        collected0: 2_503n,
        collected1: 10_001n,
        debited0: 2_503n,
      },
      ...{ feesTaken0: 3n, feesTaken1: 1n, tokensOwed0: 0n, tokensOwed1: 0n },
      // 3 token0 at price 4, 1 token1 at 1/4.
      ...{ feesCollected0Value1: 12n, feesCollected1Value0: 0n },
      // 2,500 x 4 + 10,000 against 5,000 x 4 + 5,000.
      realizedIl1: -5_000n,
    });
    expect(position.ownership).toMatchObject({
      liquidity: 5_000n,
      feesCollectedValue0: 3n,
      feesCollectedValue1: 13n,
    });
  });

  test("that is paid less than its principal has fees below 0, which later ones make up for", () => {
    const less = withdrawPair(
      held,
      quadrupled,
      { shares: 5_000n, paid: { amount0: 2_490n, amount1: 10_000n } },
      at(60),
    );
    expect(less.position).toMatchObject({
      feesTaken0: -10n,
      feesTaken1: 0n,
      feesCollected0Value1: -40n,
      tokensOwed0: 0n,
    });
    expect(less.position.ownership.feesCollectedValue1).toBe(-40n);
    const more = { shares: 5_000n, paid: { amount0: 2_512n, amount1: 10_000n } };
    expect(withdrawPair(less.position, quadrupled, more, at(70)).position).toMatchObject({
      ...{ feesTaken0: 2n, feesCollected0Value1: 8n, collected0: 5_002n, withdrawn0: 5_000n },
    });
  });

  test("that comes back after it was closed is the same one, open again", () => {
    const all = { shares: 10_000n, paid: { amount0: 10_000n, amount1: 10_000n } };
    const closed = withdrawPair(held, even, all, at(60)).position;
    expect(closed).toMatchObject({ closedBlock: 60, basisX64: 0n, liquidity: 0n });
    const again = depositPair(closed, even, deposit, at(100));
    expect(again).toMatchObject({
      closedBlock: null,
      basisX64: 10_000n * Q64,
      secondsOpen: 60,
      openedBlock: 0,
    });
  });
});

describe("a Mint", () => {
  const mint = {
    ...{ amount0: 10_000n, amount1: 10_000n, shares: 10_000n, lockedShares: 0n, feeMinted: false },
    after: { reserve0: 1_010_000n, reserve1: 1_010_000n },
  };

  test("in the reserves' ratio is its part of the product's root", () => {
    const { pool, deposit } = mintPair(even, mint);
    expect(deposit).toEqual({ amount0: 10_000n, amount1: 10_000n, shares: 10_000n, basisX64: 10_000n * Q64 });
    expect(pool).toMatchObject({
      shares: 1_010_000n,
      mints: 1,
      liquidity: 1_010_000n,
      kLast: 1_020_100_000_000n,
    });
  });

  test("in another ratio moves the price, is booked at the new one, and gives what is over to all", () => {
    const uneven = { ...mint, amount1: 3_030_000n, after: { reserve0: 1_010_000n, reserve1: 4_030_000n } };
    const { pool, deposit } = mintPair(even, uneven);
    // The root of 1,010,000 x 4,030,000 is 2,017,498, of which 10,000 of 1,010,000 LP tokens have 19,975.2.
    expect(deposit.basisX64 / Q64).toBe(19_975n);
    expect(pool.lvrSqrtPriceX96).toBe(pool.sqrtPriceX96);
    expect(pool.tick).toBe(13_838);
  });

  test.for([
    ["of more LP tokens than either amount is worth", { ...mint, shares: 10_001n }],
    ["of fewer", { ...mint, shares: 9_999n }],
    ["that locks LP tokens though there are some", { ...mint, lockedShares: 1000n }],
    [
      "whose amounts are not in the reserves",
      { ...mint, after: { reserve0: 1_010_001n, reserve1: 1_010_000n } },
    ],
  ] as const)("%s is a lost log", ([, wrong]) => {
    expect(() => requireMint(even, mint)).not.toThrow();
    expect(() => requireMint(even, wrong)).toThrow(MintMisfitError);
  });

  test("of all is the root of its amounts, 1,000 of it locked", () => {
    const none = { ...even, balance0: 0n, balance1: 0n, liquidity: 0n, shares: null };
    const first = { ...mint, shares: 9_000n, lockedShares: 1000n };
    expect(() => requireMint(none, first)).not.toThrow();
    expect(() => requireMint(none, { ...first, lockedShares: 0n })).toThrow(MintMisfitError);
    expect(() => requireMint(none, { ...first, shares: 10_000n })).toThrow(MintMisfitError);
  });
});

test("tokens that lay in the pair without a Sync are in what a Burn pays and leaves: a donation", () => {
  const burn = { amount0: 10_100n, amount1: 10_000n, shares: 10_000n, feeMinted: false };
  const burnt = burnPair(even, { ...burn, after: { reserve0: 999_900n, reserve1: 990_000n } });
  expect(burnt).toMatchObject({
    shares: 990_000n,
    burns: 1,
    feesLp0: 10_000n,
    feesLp1: 0n,
    tokenMovesBalances: true,
  });
  const plain = burnPair(even, {
    ...burn,
    amount0: 10_000n,
    after: { reserve0: 990_000n, reserve1: 990_000n },
  });
  expect(plain).toMatchObject({ feesLp0: 0n, tokenMovesBalances: false, kLast: 980_100_000_000n });
});

test("a Sync of its own gives what came to the LPs, and takes nothing off what they earned where some is gone", () => {
  expect(syncPair(even, { reserve0: 1_000_007n, reserve1: 999_000n })).toMatchObject({
    ...{ feesLp0: 7n, feesLp1: 0n, tokenMovesBalances: true, balance1: 999_000n, shares: 1_000_000n },
  });
});

test("what a call has logged so far is kept as text, and forgotten by the next transaction but for what lies in the pair", () => {
  const sync = { logIndex: 4, before: even };
  const senders = [{ owner: "0xa1" as const, shares: 5n, logIndexes: [1, 2], unsent: open() }];
  const call = inTransaction({ ...emptyCall, parkedShares: 5n, parkedBasisX64: -6n }, "0x01");
  const steps = { ...call.steps, sync, senders, lockedShares: 1000n };
  expect(decodeSteps(encodeSteps(steps))).toEqual(steps);
  expect(inTransaction({ ...call, steps }, "0x01").steps).toEqual(steps);
  expect(inTransaction({ ...call, steps }, "0x02")).toEqual({
    ...{ parkedShares: 5n, parkedBasisX64: -6n },
    steps: { ...emptyCall.steps, transactionHash: "0x02" },
  });
});
