import { expect, test } from "vitest";
import { collectedFees } from "../../../src/api/metrics/collectedFees.ts";

test.each([
  {
    ...{ title: "no principal waits: all is fees", paid: { amount0: 12n, amount1: 0n } },
    ...{ waiting: { amount0: 0n, amount1: 0n }, fees: { amount0: 12n, amount1: 0n } },
  },
  {
    ...{ title: "less than the principal that waits: none is", paid: { amount0: 7n, amount1: 4n } },
    ...{ waiting: { amount0: 7n, amount1: 5n }, fees: { amount0: 0n, amount1: 0n } },
  },
  {
    ...{ title: "more than it: what is beyond it", paid: { amount0: 12n, amount1: 6n } },
    ...{ waiting: { amount0: 7n, amount1: 5n }, fees: { amount0: 5n, amount1: 1n } },
  },
  {
    ...{ title: "each token by itself", paid: { amount0: 1n, amount1: 1n } },
    ...{ waiting: { amount0: 0n, amount1: 5n }, fees: { amount0: 1n, amount1: 0n } },
  },
])("$title", ({ waiting, paid, fees }) => {
  expect(collectedFees(waiting, paid)).toEqual(fees);
});
