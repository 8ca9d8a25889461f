import { describe, expect, it } from "vitest";
import { allFlowsAtSpot } from "../../../src/api/metrics/allFlowsAtSpot.ts";
import { impermanentLoss } from "../../../src/api/metrics/impermanentLoss.ts";
import { getAmountsForLiquidity } from "../../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick } from "../../../src/math/tickMath.ts";
import { deposit, emptyLedger, type PositionLedger, withdraw } from "../../../src/state/holdBasket.ts";

const R = { tickLower: -202080, tickUpper: -197280 };

function flowAt(tick: number, liquidityDelta: bigint, roundUp: boolean) {
  const sqrtPriceX96 = getSqrtPriceAtTick(tick);
  const at = { ...R, tick, sqrtPriceX96, liquidity: liquidityDelta, roundUp };
  return { ...getAmountsForLiquidity(at), liquidityDelta, sqrtPriceX96 };
}

function markAt(ledger: PositionLedger, tick: number) {
  return { ...ledger, ...flowAt(tick, ledger.liquidity, false) };
}

describe("deposit, deposit, withdraw, mark (metrics.md 4.1)", () => {
  const first = deposit(emptyLedger, flowAt(-200311, 10n ** 16n, true));
  const second = deposit(first, flowAt(-199311, 5n * 10n ** 15n, true));
  const burned = withdraw(second, flowAt(-198811, 9n * 10n ** 15n, false));
  const marked = markAt(burned, -199811);

  it("takes in and pays out what the example says", () => {
    expect([first.hold0, first.hold1]).toEqual([31442952788347355012n, 37855704095n]);
    expect([second.hold0 - first.hold0, second.hold1 - first.hold1]).toEqual([
      10269081066075328779n,
      30391945556n,
    ]);
    expect([burned.withdrawn0, burned.withdrawn1]).toEqual([13758161189406625917n, 65416588660n]);
    expect([second.hold0 - burned.hold0, second.hold1 - burned.hold1]).toEqual([
      25027220312653610274n,
      40948589790n,
    ]);
    expect([marked.amount0, marked.amount1]).toEqual([15553445685090027117n, 29505906636n]);
  });

  it("is realised -1717.889797, unrealised -171.943852 (-0.275638 %), total -1889.833649", () => {
    const loss = impermanentLoss(marked);
    expect(loss).toMatchObject({
      realizedRaw1: -1717889797n,
      unrealizedRaw1: -171943852n,
      totalRaw1: -1889833649n,
    });
    expect(((loss.ratio ?? Number.NaN) * 100).toFixed(6)).toBe("-0.275638");
  });

  it("holds a basket worth 62380.203304, which the example rounds to 62380.203305", () => {
    expect(impermanentLoss(marked).holdValueRaw1).toBe(62380203304n);
  });

  it("is the same differences over the price in token0", () => {
    expect(impermanentLoss(marked)).toMatchObject({
      holdValueRaw0: 29668418947280517162n,
      realizedRaw0: -739291376993018930n,
      unrealizedRaw0: -81777582767836830n,
      totalRaw0: -821068959760855760n,
    });
  });

  it("is +601.964665 with all flows at spot, in token0 the same over the price", () => {
    expect(allFlowsAtSpot(marked)).toEqual({ raw0: 286298199294799243n, raw1: 601964665n });
  });

  it("ends at -1889.833649 with nothing unrealised when closed there, at any later price", () => {
    const closed = withdraw(burned, flowAt(-199811, 6n * 10n ** 15n, false));
    for (const tick of [-199811, -210000, -190000]) {
      expect(impermanentLoss(markAt(closed, tick))).toMatchObject({
        unrealizedRaw0: 0n,
        unrealizedRaw1: 0n,
        totalRaw1: -1889833649n,
        ratio: null,
      });
    }
  });

  it("loses the unit that the mint rounded up at the price of entry", () => {
    expect(impermanentLoss(markAt(first, -200311))).toMatchObject({
      unrealizedRaw1: -1n,
      unrealizedRaw0: -499989928n,
      totalRaw1: -1n,
    });
  });
});

describe("R, one deposit at -200311 (metrics.md 4.2)", () => {
  const ledger = deposit(emptyLedger, flowAt(-200311, 10n ** 16n, true));

  it.each([
    [-198311, "2442.830", -4946124766n, "-4.313525"],
    [-202311, "1637.511", -3995606863n, "-4.472166"],
    [-197000, "2785.008, above", -14391623680n, "-11.474325"],
    // The example rounds this one, to -6249.902673.
    [-203000, "1528.491, below", -6249902672n, "-7.274437"],
  ])("at tick %i, price %s, is %s raw token1", (tick, _price, raw1, percent) => {
    const loss = impermanentLoss(markAt(ledger, tick));
    expect(loss.unrealizedRaw1).toBe(raw1);
    expect(((loss.ratio ?? Number.NaN) * 100).toFixed(6)).toBe(percent);
  });
});

describe("a full-range position (metrics.md 4.2)", () => {
  const FULL = { tickLower: -887272, tickUpper: 887272, liquidity: 10n ** 30n };
  const ratio = (entry: [number, bigint], now: [number, bigint]) => {
    const [entryTick, entryPrice] = entry;
    const [tick, sqrtPriceX96] = now;
    const basket = getAmountsForLiquidity({
      ...FULL,
      tick: entryTick,
      sqrtPriceX96: entryPrice,
      roundUp: true,
    });
    const held = getAmountsForLiquidity({ ...FULL, tick, sqrtPriceX96, roundUp: false });
    const hold = { hold0: basket.amount0, hold1: basket.amount1 };
    return impermanentLoss({ ...held, ...hold, realizedIl0: 0n, realizedIl1: 0n, sqrtPriceX96 }).ratio;
  };

  // 2 sqrt(k) / (1 + k) - 1, and floor(sqrt(k) * 2^96), from 60-digit decimals.
  it.each<[string, number, bigint, number]>([
    ["0.5", -6932, 56022770974786139918731938227n, -0.05719095841793663],
    ["2", 6931, 112045541949572279837463876454n, -0.05719095841793663],
    ["1.25", 2231, 88579778557147855148050858080n, -0.006192010000093468],
    ["4", 13863, 158456325028528675187087900672n, -0.2],
  ])("loses 2 sqrt(k) / (1 + k) - 1 at k = %s", (_k, tick, sqrtPriceX96, expected) => {
    expect(ratio([0, 2n ** 96n], [tick, sqrtPriceX96])).toBeCloseTo(expected, 15);
  });

  it("loses 0.497876 % where R loses 4.313525 %", () => {
    const at = (tick: number): [number, bigint] => [tick, getSqrtPriceAtTick(tick)];
    expect(((ratio(at(-200311), at(-198311)) ?? Number.NaN) * 100).toFixed(6)).toBe("-0.497876");
  });
});
