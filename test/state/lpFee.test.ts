import fc from "fast-check";
import { expect, test } from "vitest";
import { lpFeeAfter, lpFeeOf, SwapFeeMismatchError, totalFee } from "../../src/state/lpFee.ts";
import { calculateSwapFee } from "./contractSwapV4.ts";

const lpFees = fc.integer({ min: 0, max: 1_000_000 });
const protocolFees = fc.integer({ min: 0, max: 1000 });

test("the total is the contract's: the protocol's part of the input, and the LPs' of the rest, rounded up", () => {
  expect([totalFee(3000, 500), totalFee(0, 1000), totalFee(1_000_000, 1000), totalFee(1, 1)]).toEqual([
    3499, 1000, 1_000_000, 2,
  ]);
  fc.assert(
    fc.property(lpFees, protocolFees, (lpFee, protocolFee) => {
      expect(totalFee(lpFee, protocolFee)).toBe(calculateSwapFee(protocolFee, lpFee));
    }),
    { numRuns: 2_000 },
  );
});

test("the LP fee of a total gives that total again, and no higher one does", () => {
  expect([lpFeeOf(3499, 500), lpFeeOf(500, 500), lpFeeOf(1_000_000, 1000), lpFeeOf(0, 0)]).toEqual([
    3000, 0, 1_000_000, 0,
  ]);
  // 2999 gives 3997 too.
  expect(lpFeeOf(3997, 1000)).toBe(3000);
  fc.assert(
    fc.property(lpFees, protocolFees, (lpFee, protocolFee) => {
      const found = lpFeeOf(calculateSwapFee(protocolFee, lpFee), protocolFee);
      expect(calculateSwapFee(protocolFee, found)).toBe(calculateSwapFee(protocolFee, lpFee));
      expect([0, 1]).toContain(found - lpFee);
      const next = calculateSwapFee(protocolFee, found + 1);
      expect(next).toBeGreaterThan(calculateSwapFee(protocolFee, lpFee));
    }),
    { numRuns: 5_000 },
  );
});

test("a swap that a hook took over tells a dynamic fee only where both directions give the same", () => {
  const pool = { fee: 3000, dynamicFee: true };
  expect(lpFeeAfter(pool, 899, [999, 0])).toBe(3000);
  expect(lpFeeAfter({ ...pool, fee: null }, 899, [999, 0])).toBe(null);
  expect(lpFeeAfter(pool, 1500, [500, 500])).toBe(1000);
});

test("a pool's own fee must give what each swap paid", () => {
  const pool = { fee: 3000, dynamicFee: false };
  expect(lpFeeAfter(pool, 3499, [500])).toBe(3000);
  expect(lpFeeAfter(pool, 3000, [500, 0])).toBe(3000);
  expect(() => lpFeeAfter(pool, 3499, [0])).toThrow(SwapFeeMismatchError);
  expect(() => lpFeeAfter(pool, 3000, [500])).toThrow(
    "a swap paid 3000 pips, but the pool's fee is 3000 and the protocol's 500: the RPC left out a log of this pool",
  );
});
