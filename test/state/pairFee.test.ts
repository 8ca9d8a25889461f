import { expect, test } from "vitest";
import { FeeMintError, learnFee, requireFeeMint } from "../../src/state/pairFee.ts";

// 600 LP tokens, and a root of the reserves' product that went from 100 to 200: 54 for the protocol.
const grown = { balance0: 200n, balance1: 200n, shares: 600n, kLast: 10_000n, feeOn: null };
const same = { ...grown, balance0: 100n, balance1: 100n };
const kAfter = 50_000n;

test("a mint for the protocol says that its fee is on, whatever was known", () => {
  for (const feeOn of [null, false, true]) {
    expect(learnFee({ ...grown, feeOn }, { minted: true, kAfter })).toEqual({ feeOn: true, kLast: kAfter });
  }
});

test("growth without a mint for the protocol says that its fee is off, whatever was known", () => {
  for (const feeOn of [null, false, true]) {
    expect(learnFee({ ...grown, feeOn }, { minted: false, kAfter })).toEqual({ feeOn: false, kLast: kAfter });
  }
});

test("without enough growth for one LP token nothing is learnt, and the product is kept for the next time", () => {
  const little = { ...grown, shares: 10n, balance0: 101n, balance1: 101n };
  for (const feeOn of [null, false, true]) {
    expect(learnFee({ ...same, feeOn }, { minted: false, kAfter })).toEqual({ feeOn, kLast: kAfter });
    expect(learnFee({ ...little, feeOn }, { minted: false, kAfter })).toEqual({ feeOn, kLast: kAfter });
  }
});

test("the first Mint of all tells nothing", () => {
  const empty = { balance0: 0n, balance1: 0n, shares: null, kLast: null, feeOn: null };
  expect(learnFee(empty, { minted: false, kAfter })).toEqual({ feeOn: null, kLast: kAfter });
});

test("switched on: the first Mint or Burn mints nothing, the second mints for growth since the first", () => {
  const first = learnFee({ ...grown, feeOn: false }, { minted: false, kAfter: 40_000n });
  const second = { ...grown, ...first, balance0: 400n, balance1: 400n };
  expect(first.feeOn).toBe(false);
  // 600 * (400 - 200) / (5 * 400 + 200)
  expect(() => requireFeeMint(second, 54n)).not.toThrow();
  expect(learnFee(second, { minted: true, kAfter: 160_000n })).toEqual({ feeOn: true, kLast: 160_000n });
});

test("any other number of LP tokens than growth says is a lost log", () => {
  expect(() => requireFeeMint(grown, 54n)).not.toThrow();
  expect(() => requireFeeMint(grown, 53n)).toThrow(FeeMintError);
  expect(() => requireFeeMint(grown, 55n)).toThrow(FeeMintError);
  expect(() => requireFeeMint(same, 1n)).toThrow(FeeMintError);
});
