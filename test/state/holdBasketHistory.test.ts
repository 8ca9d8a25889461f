import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impermanentLoss } from "../../src/api/metrics/impermanentLoss.ts";
import { getAmountsForLiquidity } from "../../src/math/liquidityAmounts.ts";
import { getSqrtPriceAtTick, getTickAtSqrtPrice, MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";
import { valueX192 } from "../../src/math/valueMath.ts";
import { deposit, emptyLedger, type PositionLedger, withdraw } from "../../src/state/holdBasket.ts";

type Range = { tickLower: number; tickUpper: number };
type Price = { tick: number; sqrtPriceX96: bigint };
type Step = { action: "deposit" | "withdraw" | "close" | "poke"; price: Price; size: bigint };

/** Any size up to 2^bits, small ones as likely as huge ones. */
const sized = (bits: number) =>
  fc.integer({ min: 1, max: bits }).chain((n) => fc.bigInt({ min: 1n, max: 2n ** BigInt(n) }));

const anyTick = fc.oneof(
  fc.integer({ min: MIN_TICK, max: MAX_TICK - 1 }),
  fc.integer({ min: -3000, max: 3000 }),
  fc.integer({ min: -203000, max: -196000 }),
);

/** A price between two ticks too, and one that a swap down left exactly on a tick, with the tick below. */
const anyPrice: fc.Arbitrary<Price> = fc
  .tuple(anyTick, fc.constantFrom("on", "between", "crossed"), fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }))
  .map(([tick, place, fraction]) => {
    const atTick = getSqrtPriceAtTick(tick);
    if (place === "on") return { tick, sqrtPriceX96: atTick };
    if (place === "crossed") return { tick: Math.max(MIN_TICK, tick - 1), sqrtPriceX96: atTick };
    const sqrtPriceX96 = atTick + (((getSqrtPriceAtTick(tick + 1) - atTick) * fraction) >> 32n);
    return { tick: getTickAtSqrtPrice(sqrtPriceX96), sqrtPriceX96 };
  });

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(anyTick, fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2 * MAX_TICK })))
  .map(([tickLower, width]) => ({ tickLower, tickUpper: Math.min(MAX_TICK, tickLower + width) }));

/** Most prices lie near the range: one drawn from all of them would hardly ever be inside. */
const anyHistory = anyRange.chain((range) => {
  const lowest = Math.max(MIN_TICK, range.tickLower - 50);
  const highest = Math.min(MAX_TICK - 1, range.tickUpper + 50);
  const near = fc
    .integer({ min: lowest, max: highest })
    .map((tick): Price => ({ tick, sqrtPriceX96: getSqrtPriceAtTick(tick) }));
  const price = fc.oneof(near, near, anyPrice);
  const step: fc.Arbitrary<Step> = fc.record({
    action: fc.constantFrom("deposit", "deposit", "withdraw", "withdraw", "close", "poke"),
    price,
    size: sized(120),
  });
  return fc.record({
    range: fc.constant(range),
    steps: fc.array(step, { minLength: 1, maxLength: 12 }),
    marks: fc.array(price, { minLength: 1, maxLength: 3 }),
  });
});

function amountsOf(range: Range, price: Price, liquidity: bigint, roundUp: boolean) {
  return getAmountsForLiquidity({ ...range, ...price, liquidity, roundUp });
}

function flowOf(range: Range, price: Price, liquidityDelta: bigint, roundUp: boolean) {
  const { sqrtPriceX96 } = price;
  return { ...amountsOf(range, price, liquidityDelta, roundUp), liquidityDelta, sqrtPriceX96 };
}

function play(ledger: PositionLedger, range: Range, { action, price, size }: Step): PositionLedger {
  if (action === "deposit") return deposit(ledger, flowOf(range, price, size, true));
  const part = (size % ledger.liquidity) + 1n;
  const taken = { withdraw: part, close: ledger.liquidity, poke: 0n }[action];
  return withdraw(ledger, flowOf(range, price, taken, false));
}

/** All ledgers of a history, beginning with the empty one, each with the step that led to it. */
function* playAll(range: Range, steps: readonly Step[]) {
  let ledger: PositionLedger = emptyLedger;
  for (const step of steps) {
    if (step.action !== "deposit" && ledger.liquidity === 0n) continue;
    const before = ledger;
    ledger = play(before, range, step);
    yield { before, after: ledger, step };
  }
}

describe("over any history of deposits, withdrawals, pokes and prices", () => {
  it("unrealised impermanent loss is never positive", () => {
    fc.assert(
      fc.property(anyHistory, ({ range, steps, marks }) => {
        for (const { after, step } of playAll(range, steps)) {
          for (const price of [step.price, ...marks]) {
            const held = amountsOf(range, price, after.liquidity, false);
            const loss = impermanentLoss({ ...after, ...held, sqrtPriceX96: price.sqrtPriceX96 });
            expect(loss.unrealizedRaw1 <= 0n && loss.unrealizedRaw0 <= 0n).toBe(true);
            expect((loss.ratio ?? 0) <= 0).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("a withdrawal realises less than one raw unit of each token in value", () => {
    fc.assert(
      fc.property(anyHistory, ({ range, steps }) => {
        for (const { before, after, step } of playAll(range, steps)) {
          if (step.action === "deposit") continue;
          const { sqrtPriceX96 } = step.price;
          const paid0 = after.withdrawn0 - before.withdrawn0;
          const paid1 = after.withdrawn1 - before.withdrawn1;
          const released0 = before.hold0 - after.hold0;
          const released1 = before.hold1 - after.hold1;
          const realized = valueX192(paid0 - released0, paid1 - released1, sqrtPriceX96);
          expect(realized < valueX192(1n, 1n, sqrtPriceX96)).toBe(true);
          // Booked with the fraction cut off, on the side of zero.
          const booked1 = after.realizedIl1 - before.realizedIl1;
          const cut = realized - booked1 * 2n ** 192n;
          expect(realized < 0n ? cut <= 0n && cut > -(2n ** 192n) : cut >= 0n && cut < 2n ** 192n).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("the basket never goes negative, and is what came in less what was released", () => {
    fc.assert(
      fc.property(anyHistory, ({ range, steps }) => {
        for (const { after } of playAll(range, steps)) {
          for (const field of ["liquidity", "hold0", "hold1", "entryValue1"] as const) {
            expect(after[field] >= 0n).toBe(true);
            if (after.liquidity === 0n) expect(after[field]).toBe(0n);
          }
          expect(after.hold0 <= after.deposited0 && after.hold1 <= after.deposited1).toBe(true);
        }
      }),
    );
  });
});
