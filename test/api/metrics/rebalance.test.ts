import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { poolWithout } from "../../../src/api/metrics/poolWithout.ts";
import { type QuotedPool, quote } from "../../../src/api/metrics/quote.ts";
import { rebalance, rebalanceTrade0, zeroCostTrade } from "../../../src/api/metrics/rebalance.ts";
import { TargetShareOutOfRangeError } from "../../../src/api/metrics/skewVsTarget.ts";
import { MAX_SQRT_PRICE, MIN_SQRT_PRICE } from "../../../src/math/tickMath.ts";
import { swapOnUniswapV3 } from "../../state/contractSwap.ts";
import { type Position, poolOfPositions } from "../../state/poolOfPositions.ts";

const Q96 = 2n ** 96n;
/** Position R of metrics.md at tick -198311: price 2442.83. */
const S = 3915851671308254420761618n;
const R = { amount0: 10165178461257844512n, amount1: 84887571159n, sqrtPriceX96: S };
const NO_SHARES = { shares: null, kLast: null, feeOn: null };
const pool: QuotedPool & typeof NO_SHARES = {
  ...{ protocol: "UNISWAP_V3", hooks: null, quarantinedBlock: null, sqrtPriceX96: S, tick: -198311 },
  ...{ tickSpacing: 10, liquidity: 2n * 10n ** 17n, fee: 500, feeProtocol0: 0, feeProtocol1: 0 },
  ...{ balance0: 0n, balance1: 0n, ...NO_SHARES },
};

describe("the worked example of metrics.md 3.1", () => {
  test("to 30 % in token0 3.309279 are to be bought", () => {
    expect(rebalanceTrade0(R, 0.3)).toBe(-3309279072227467320n);
    expect(zeroCostTrade(R, 0.3)).toEqual({
      ...{ zeroForOne: false, amountIn: 8084007186n, amountOut: 3309279072227467320n },
    });
  });

  test("5 sold into 200,000 of liquidity at 0.05 % bring 12,192.985997 and cost 17.3287 bp", () => {
    const all = { amount0: 5n * 10n ** 18n, amount1: 0n, sqrtPriceX96: S };
    const { quote: found, zeroForOne, after, costRaw1 } = rebalance(all, 0, (o) => quote(pool, [], o));
    expect([zeroForOne, after]).toEqual([true, { amount0: 0n, amount1: found?.amountOut }]);
    // The contract rounds what it pays down, and the input's fee up.
    expect(Number(found?.amountOut) / 1e6).toBeCloseTo(12_192.985997, 5);
    expect(Number(costRaw1) / 1e6).toBeCloseTo(21.1655, 5);
    expect((found?.costRatio ?? 0) * 1e4).toBeCloseTo(17.3287, 4);
    // First order: q P fee + (q (1 - fee))² P^1.5 / L.
    const [q, price, left] = [5, 2442.83, 1 - 0.0005];
    expect(q * price * 0.0005 + ((q * left) ** 2 * price ** 1.5) / 200_000).toBeCloseTo(21.1841, 4);
  });

  test("bought where the pool has its own depth, it gets a little less than it pays for", () => {
    const found = rebalance(R, 0.3, (order) => quote(pool, [], order));
    expect(found).toMatchObject({
      ...{ zeroForOne: false, quote: { amountIn: 8084007186n, amountOut: 3304922999246491353n } },
      ...{ after: { amount0: 13470101460504335865n, amount1: 76803563973n }, costRaw1: 10641146n },
    });
  });
});

describe("a trade that is not made", () => {
  const even = { amount0: 10n, amount1: 10n, sqrtPriceX96: Q96 };
  const never = () => {
    throw new Error("nothing is to be asked for");
  };

  test("at the target and within a unit of it is free", () => {
    const free = { quote: null, zeroForOne: null, costRaw1: 0n };
    expect(rebalance(even, 0.5, never)).toEqual({ ...free, after: { amount0: 10n, amount1: 10n } });
    expect(rebalance(even, 0.51, never)).toEqual({ ...free, after: { amount0: 10n, amount1: 10n } });
  });

  test("is one worth less than a unit of the other token: a pool would take it and pay nothing", () => {
    // At 1831.5e-12 what a pair's roundings leave: too much token0 by a fifth of a unit of token1.
    const amounts = { amount0: 10n ** 13n + 111_580_284n, amount1: 18_315n };
    const sqrtPriceX96 = 3390650649707325099812271n;
    expect(Number(rebalanceTrade0({ ...amounts, sqrtPriceX96 }, 0.5)) / 55_790_142).toBeCloseTo(1, 6);
    expect(rebalance({ ...amounts, sqrtPriceX96 }, 0.5, never)).toEqual({
      ...{ quote: null, zeroForOne: null, costRaw1: 0n, after: amounts },
    });
  });

  test("with nothing held is free", () => {
    const free = { quote: null, zeroForOne: null, costRaw1: 0n };
    const nothing = { amount0: 0n, amount1: 0n, sqrtPriceX96: Q96 };
    expect(rebalance(nothing, 1, never)).toEqual({ ...free, after: { amount0: 0n, amount1: 0n } });
  });

  test("without a quote leaves what a free one would, at an unknown cost", () => {
    const [sold, bought] = [0, 1].map((target) => rebalance(even, target, () => null));
    expect(sold).toEqual({
      ...{ quote: null, zeroForOne: true, after: { amount0: 0n, amount1: 20n }, costRaw1: null },
    });
    expect(bought).toEqual({
      ...{ quote: null, zeroForOne: false, after: { amount0: 20n, amount1: 0n }, costRaw1: null },
    });
  });

  test("keeps what the pool cannot take", () => {
    const ran = (order: Parameters<typeof quote>[2]) => quote({ ...pool, liquidity: 0n }, [], order);
    expect(rebalance(R, 0.3, ran)).toMatchObject({
      ...{ after: { amount0: R.amount0, amount1: R.amount1 }, costRaw1: 0n },
      quote: { amountIn: 8084007186n, amountInUsed: 0n, amountOut: 0n },
    });
  });

  test.each([-0.001, 1.001, Number.NaN])("to a share of %s is refused", (share) => {
    expect(() => rebalance(even, share, never)).toThrow(TargetShareOutOfRangeError);
  });
});

test("any trade at no cost ends within a unit of its target, and never trades more than is held", () => {
  const amount = fc.bigInt(0n, 2n ** 100n);
  fc.assert(
    fc.property(
      ...([amount, amount, fc.bigInt(2n ** 70n, 2n ** 120n), fc.integer({ min: 0, max: 1_000 })] as const),
      (amount0, amount1, sqrtPriceX96, thousandths) => {
        const { after } = rebalance({ amount0, amount1, sqrtPriceX96 }, thousandths / 1_000, () => null);
        expect(after.amount0 >= 0n && after.amount1 >= 0n).toBe(true);
        const value0 = after.amount0 * sqrtPriceX96 ** 2n;
        const excess = value0 * 1_000n - BigInt(thousandths) * (value0 + after.amount1 * Q96 ** 2n);
        const unit = 2_000n * (sqrtPriceX96 ** 2n + Q96 ** 2n);
        expect(excess < unit && excess > -unit).toBe(true);
      },
    ),
  );
});

describe("a pool without a position", () => {
  const tick = fc.integer({ min: -40, max: 40 });
  const range = fc
    .tuple(tick, fc.integer({ min: 1, max: 20 }), fc.bigInt(1n, 10n ** 15n))
    .map(([lower, width, liquidity]) => ({
      ...{ tickLower: lower * 60, tickUpper: (lower + width) * 60, liquidity },
    }));
  const terms = fc.record({ sqrtPriceX96: fc.bigInt(75n * 10n ** 27n, 84n * 10n ** 27n) });
  const rest = { ...pool, tickSpacing: 60, fee: 3000 };

  test("is the pool that the others made, and trades as its contract does", () => {
    const [zeroForOne, amountIn] = [fc.boolean(), fc.bigInt(1n, 10n ** 16n)];
    fc.assert(
      fc.property(
        ...([terms, fc.array(range, { maxLength: 6 }), range, zeroForOne, amountIn] as const),
        ({ sqrtPriceX96 }, others, own, zeroForOne, amountIn) => {
          const built = (all: readonly Position[]) => poolOfPositions({ tickSpacing: 60, sqrtPriceX96 }, all);
          const whole = built([...others, own]);
          const left = built(others);
          const whom = { ...rest, sqrtPriceX96, tick: whole.pool.tick, liquidity: whole.pool.liquidity };
          const without = poolWithout(whom, [...whole.ticks.values()], own);
          expect(without.pool).toEqual({ ...whom, liquidity: left.pool.liquidity });
          const net = (ticks: Iterable<{ tick: number; liquidityNet: bigint }>) =>
            [...ticks].map(({ tick, liquidityNet }) => [tick, liquidityNet]).sort();
          expect(net(without.ticks)).toEqual(net(left.ticks.values()));
          const sqrtPriceLimitX96 = zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n;
          const order = { zeroForOne, amountSpecified: amountIn, sqrtPriceLimitX96, fee: 3000, pluginFee: 0 };
          const truth = swapOnUniswapV3(left.pool, left.ticks, order, 0);
          const found = quote(without.pool, without.ticks, { zeroForOne, amountIn });
          const { amount0 = 0n, amount1 = 0n } = truth?.log ?? {};
          const [paid, got] = zeroForOne ? [amount0, -amount1] : [amount1, -amount0];
          expect([found?.amountInUsed, found?.amountOut]).toEqual([paid, got]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("out of range keeps its liquidity, but not the ticks", () => {
    const own = { tickLower: -120, tickUpper: -60, liquidity: 5n };
    const ticks = [
      { tick: -120, liquidityNet: 5n, liquidityGross: 5n },
      { tick: -60, liquidityNet: 2n, liquidityGross: 12n },
    ];
    const at1 = { ...rest, sqrtPriceX96: Q96, tick: 0, liquidity: 7n };
    expect(poolWithout(at1, ticks, own)).toEqual({
      ...{ pool: at1, ticks: [{ tick: -60, liquidityNet: 7n, liquidityGross: 7n }] },
    });
  });

  test("is without what its LP tokens pay on v2, and as it was without any", () => {
    const pair = { ...rest, protocol: "UNISWAP_V2", balance0: 1_000n, balance1: 4_000n, shares: 2_000n };
    const own = { tickLower: -887272, tickUpper: 887272, liquidity: 500n };
    expect(poolWithout(pair, [], own).pool).toEqual({ ...pair, balance0: 750n, balance1: 3_000n });
    expect(poolWithout(pair, [], { ...own, liquidity: 0n }).pool).toBe(pair);
    const alone = poolWithout(pair, [], { ...own, liquidity: 2_000n }).pool;
    expect(quote(alone, [], { zeroForOne: true, amountIn: 10n })).toMatchObject({
      ...{ amountIn: 10n, amountOut: 0n, amountInUsed: 0n, costRatio: null },
    });
  });
});
