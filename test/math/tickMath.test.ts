import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  getSqrtPriceAtTick,
  getTickAtSqrtPrice,
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
  SqrtPriceOutOfRangeError,
  TickOutOfRangeError,
} from "../../src/math/tickMath.ts";

/** Returned by the published contract library, compiled unchanged and called on a local chain. */
const VECTORS: readonly [tick: number, sqrtPriceX96: bigint][] = [
  [-887272, 4295128739n],
  [-887271, 4295343490n],
  [-738203, 7409801140451n],
  [-500000, 1101692437043807371n],
  [-250000, 295440463448801648376846n],
  [-202080, 3243303042980562229967909n],
  [-200311, 3543226830587239509588885n],
  [-197280, 4122996764664022721384799n],
  [-50000, 6504256538020985011912221507n],
  [-3000, 68192822843687888778582228483n],
  [-1000, 75364347830767020784054125655n],
  [-500, 77272108795590369356373805297n],
  [-250, 78244023372248365697264290337n],
  [-100, 78833030112140176575862854579n],
  [-50, 79030349367926598376800521322n],
  [-1, 79224201403219477170569942574n],
  [0, 79228162514264337593543950336n],
  [1, 79232123823359799118286999568n],
  [50, 79426470787362580746886972461n],
  [100, 79625275426524748796330556128n],
  [250, 80224679980005306637834519095n],
  [500, 81233731461783161732293370115n],
  [1000, 83290069058676223003182343270n],
  [3000, 92049301871182272007977902845n],
  [50000, 965075977353221155028623082916n],
  [250000, 21246587762933397357449903968194344n],
  [500000, 5697689776495288729098254600827762987878n],
  [738203, 847134979253254120489401328389043031315994541n],
  [887271, 1461373636630004318706518188784493106690254656249n],
  [887272, 1461446703485210103287273052203988822378723970342n],
];

describe("getSqrtPriceAtTick", () => {
  it.each(VECTORS)("tick %i has the contract's price", (tick, sqrtPriceX96) => {
    expect(getSqrtPriceAtTick(tick)).toBe(sqrtPriceX96);
  });

  it("has the contract's bounds", () => {
    expect([MIN_TICK, MAX_TICK]).toEqual([-887272, 887272]);
    expect(MIN_SQRT_PRICE).toBe(4295128739n);
    expect(MAX_SQRT_PRICE).toBe(1461446703485210103287273052203988822378723970342n);
  });

  it("refuses a tick beyond the bounds and one that is no integer", () => {
    for (const tick of [-887273, 887273, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => getSqrtPriceAtTick(tick)).toThrow(TickOutOfRangeError);
    }
  });

  it("rises with the tick", () => {
    fc.assert(
      fc.property(fc.integer({ min: MIN_TICK, max: MAX_TICK - 1 }), (tick) => {
        expect(getSqrtPriceAtTick(tick) < getSqrtPriceAtTick(tick + 1)).toBe(true);
      }),
    );
  });
});

describe("getTickAtSqrtPrice", () => {
  it.each(VECTORS.filter(([tick]) => tick < 887272))("is %i at that tick's own price", (tick, price) => {
    expect(getTickAtSqrtPrice(price)).toBe(tick);
  });

  it.each(VECTORS.filter(([tick]) => tick > -887272))("is one less than %i just below it", (tick, price) => {
    expect(getTickAtSqrtPrice(price - 1n)).toBe(tick - 1);
  });

  it("refuses a price below the lowest, and the highest itself", () => {
    for (const price of [
      -1n,
      0n,
      4295128738n,
      1461446703485210103287273052203988822378723970342n,
      2n ** 160n - 1n,
    ]) {
      expect(() => getTickAtSqrtPrice(price)).toThrow(SqrtPriceOutOfRangeError);
    }
  });

  it("takes a tick's price back to the tick", () => {
    fc.assert(
      fc.property(fc.integer({ min: MIN_TICK, max: MAX_TICK - 1 }), (tick) => {
        expect(getTickAtSqrtPrice(getSqrtPriceAtTick(tick))).toBe(tick);
      }),
    );
  });

  it("names the tick whose price is at or below, and the next one's above", () => {
    // By size first: a uniform draw would hardly ever fall below tick 800,000.
    const price = fc
      .integer({ min: 34, max: 160 })
      .chain((bits) => fc.bigInt({ min: 2n ** BigInt(bits - 1), max: 2n ** BigInt(bits) - 1n }));
    fc.assert(
      fc.property(price, (sqrtPriceX96) => {
        fc.pre(sqrtPriceX96 < MAX_SQRT_PRICE);
        const tick = getTickAtSqrtPrice(sqrtPriceX96);
        expect(getSqrtPriceAtTick(tick) <= sqrtPriceX96).toBe(true);
        expect(getSqrtPriceAtTick(tick + 1) > sqrtPriceX96).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
