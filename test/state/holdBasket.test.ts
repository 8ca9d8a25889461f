import { describe, expect, it } from "vitest";
import { getSqrtPriceAtTick } from "../../src/math/tickMath.ts";
import {
  BadFlowError,
  deposit,
  emptyLedger,
  WithdrawalTooLargeError,
  withdraw,
} from "../../src/state/holdBasket.ts";

// The history of metrics.md 4.1, range -202080 to -197280.
const FIRST = {
  liquidityDelta: 10n ** 16n,
  amount0: 31442952788347355012n,
  amount1: 37855704095n,
  sqrtPriceX96: getSqrtPriceAtTick(-200311),
};
const SECOND = {
  liquidityDelta: 5n * 10n ** 15n,
  amount0: 10269081066075328779n,
  amount1: 30391945556n,
  sqrtPriceX96: getSqrtPriceAtTick(-199311),
};
const BURN = {
  liquidityDelta: 9n * 10n ** 15n,
  amount0: 13758161189406625917n,
  amount1: 65416588660n,
  sqrtPriceX96: getSqrtPriceAtTick(-198811),
};
const CLOSE = {
  liquidityDelta: 6n * 10n ** 15n,
  amount0: 15553445685090027117n,
  amount1: 29505906636n,
  sqrtPriceX96: getSqrtPriceAtTick(-199811),
};

const deposited = deposit(deposit(emptyLedger, FIRST), SECOND);
const burned = withdraw(deposited, BURN);
const closed = withdraw(burned, CLOSE);

const PRICE_1 = 2n ** 96n;

describe("deposit", () => {
  it("adds what the mint took to the basket", () => {
    expect(deposit(emptyLedger, FIRST)).toMatchObject({
      liquidity: 10n ** 16n,
      hold0: 31442952788347355012n,
      hold1: 37855704095n,
      deposited0: 31442952788347355012n,
      deposited1: 37855704095n,
    });
    expect(deposited).toMatchObject({
      liquidity: 15n * 10n ** 15n,
      hold0: 41712033854422683791n,
      hold1: 68247649651n,
    });
  });

  it("values each deposit at its own price (metrics.md 4.6)", () => {
    expect(deposit(emptyLedger, FIRST).depositedValue1).toBe(100742876497n);
    expect(deposited.depositedValue1).toBe(100742876497n + 53090468820n);
    expect(deposited.depositedValue0).toBe(74389181144543272744n);
  });

  it("keeps what the basket's token0 was worth when it came", () => {
    expect(deposit(emptyLedger, FIRST).entryValue1).toBe(62887172402n);
    expect(deposited.entryValue1).toBe(62887172402n + 22698523264n);
  });

  it("refuses negative magnitudes and a missing price", () => {
    expect(() => deposit(emptyLedger, { ...FIRST, liquidityDelta: -1n })).toThrow(BadFlowError);
    expect(() => deposit(emptyLedger, { ...FIRST, amount0: -1n })).toThrow(BadFlowError);
    expect(() => deposit(emptyLedger, { ...FIRST, amount1: -1n })).toThrow(BadFlowError);
    expect(() => deposit(emptyLedger, { ...FIRST, sqrtPriceX96: 0n })).toThrow(BadFlowError);
  });
});

describe("withdraw", () => {
  it("releases the basket pro rata, rounded down (metrics.md 4.1)", () => {
    expect(deposited.hold0 - burned.hold0).toBe(25027220312653610274n);
    expect(deposited.hold1 - burned.hold1).toBe(40948589790n);
    expect(burned.liquidity).toBe(6n * 10n ** 15n);
    expect(burned.entryValue1).toBe(85585695666n - 51351417399n);
  });

  it("realises -1717.889797 token1 (metrics.md 4.1), and the same in token0 at that price", () => {
    expect(burned.realizedIl1).toBe(-1717889797n);
    expect(burned.realizedIl0).toBe(-739291376993018930n);
  });

  it("values what it paid at its own price (metrics.md 4.6)", () => {
    expect(burned).toMatchObject({
      withdrawn0: 13758161189406625917n,
      withdrawn1: 65416588660n,
      withdrawnValue1: 97386398493n,
      withdrawnValue0: 41910095027632723244n,
    });
  });

  it("leaves what was deposited as it was", () => {
    expect(burned).toMatchObject({
      deposited0: 41712033854422683791n,
      deposited1: 68247649651n,
      depositedValue1: 153833345317n,
    });
  });

  it("ends at -1889.833649 when the rest is closed (metrics.md 4.1), and the basket empty", () => {
    expect(closed).toMatchObject({ liquidity: 0n, hold0: 0n, hold1: 0n, entryValue1: 0n });
    expect(closed.realizedIl1).toBe(-1889833649n);
  });

  it("releases everything on a close that rounding would have left a unit of", () => {
    const flow = { liquidityDelta: 3n, amount0: 10n, amount1: 10n, sqrtPriceX96: PRICE_1 };
    const third = { liquidityDelta: 1n, amount0: 3n, amount1: 3n, sqrtPriceX96: PRICE_1 };
    const one = withdraw(deposit(emptyLedger, flow), third);
    expect(one).toMatchObject({ hold0: 7n, hold1: 7n, entryValue1: 7n });
    const two = withdraw(one, third);
    expect(two).toMatchObject({ hold0: 4n, hold1: 4n, entryValue1: 4n });
    expect(withdraw(two, third)).toMatchObject({
      hold0: 0n,
      hold1: 0n,
      entryValue1: 0n,
      realizedIl1: -2n,
      realizedIl0: -2n,
    });
  });

  it("starts the basket afresh after a close and keeps what was realised", () => {
    expect(deposit(closed, FIRST)).toMatchObject({
      liquidity: 10n ** 16n,
      hold0: 31442952788347355012n,
      hold1: 37855704095n,
      entryValue1: 62887172402n,
      realizedIl1: -1889833649n,
    });
  });

  it("does nothing on a poke, also on an empty position", () => {
    const poke = { liquidityDelta: 0n, amount0: 0n, amount1: 0n, sqrtPriceX96: PRICE_1 };
    expect(withdraw(burned, poke)).toEqual(burned);
    expect(withdraw(emptyLedger, poke)).toEqual(emptyLedger);
  });

  it("refuses more than the position holds, and negative magnitudes", () => {
    expect(() => withdraw(burned, { ...CLOSE, liquidityDelta: 6n * 10n ** 15n + 1n })).toThrow(
      WithdrawalTooLargeError,
    );
    expect(() => withdraw(emptyLedger, { ...CLOSE, liquidityDelta: 1n })).toThrow(WithdrawalTooLargeError);
    expect(() => withdraw(burned, { ...CLOSE, liquidityDelta: -1n })).toThrow(BadFlowError);
  });
});
