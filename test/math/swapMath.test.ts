import { expect, test } from "vitest";
import { getFeeOnInput, getInputLessFee } from "../../src/math/swapMath.ts";

test("the fee of a step is the contract authors': 600 pips of what comes in with it", () => {
  // SwapMath.spec.ts: exact input capped at its target, exact input all spent.
  expect(getFeeOnInput(9975124224178055n, 600n)).toBe(5988667735148n);
  expect(getInputLessFee(10n ** 18n, 600n)).toBe(999400000000000000n);
});

test("rounds the fee up and what may move the price down", () => {
  expect(getFeeOnInput(1n, 1n)).toBe(1n);
  expect(getFeeOnInput(0n, 999_999n)).toBe(0n);
  expect(getFeeOnInput(7n, 0n)).toBe(0n);
  expect(getFeeOnInput(1n, 999_999n)).toBe(999_999n);
  expect(getInputLessFee(1n, 1n)).toBe(0n);
  expect(getInputLessFee(999_999n, 999_999n)).toBe(0n);
  expect(getInputLessFee(7n, 0n)).toBe(7n);
});

test("a rate of all the input leaves none of it to move the price, and costs nothing where the price stands", () => {
  expect(getInputLessFee(7n, 1_000_000n)).toBe(0n);
  expect(getFeeOnInput(0n, 1_000_000n)).toBe(0n);
});
