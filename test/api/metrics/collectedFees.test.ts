import { expect, test } from "vitest";
import { collectedFees } from "../../../src/api/metrics/collectedFees.ts";

test.each([
  {
    ...{ title: "nothing was withdrawn: all is fees", paid: { amount0: 12n, amount1: 0n } },
    ...{ before: { withdrawn0: 0n, withdrawn1: 0n, collected0: 0n, collected1: 0n } },
    fees: { amount0: 12n, amount1: 0n },
  },
  {
    ...{ title: "less than the principal that waits: none is", paid: { amount0: 7n, amount1: 4n } },
    ...{ before: { withdrawn0: 10n, withdrawn1: 5n, collected0: 3n, collected1: 0n } },
    fees: { amount0: 0n, amount1: 0n },
  },
  {
    ...{ title: "more than it: what is beyond it", paid: { amount0: 12n, amount1: 6n } },
    ...{ before: { withdrawn0: 10n, withdrawn1: 5n, collected0: 3n, collected1: 0n } },
    fees: { amount0: 5n, amount1: 1n },
  },
  {
    ...{ title: "fees were paid before, of token0 alone", paid: { amount0: 12n, amount1: 6n } },
    ...{ before: { withdrawn0: 10n, withdrawn1: 5n, collected0: 40n, collected1: 5n } },
    fees: { amount0: 12n, amount1: 6n },
  },
  {
    ...{ title: "each token by itself", paid: { amount0: 1n, amount1: 1n } },
    ...{ before: { withdrawn0: 10n, withdrawn1: 5n, collected0: 40n, collected1: 0n } },
    fees: { amount0: 1n, amount1: 0n },
  },
])("$title", ({ before, paid, fees }) => {
  expect(collectedFees(before, paid)).toEqual(fees);
});
