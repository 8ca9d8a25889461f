import { expect, test } from "vitest";
import { feesKnown, movesAmounts, poolCaveats } from "../../../src/api/metrics/poolCaveats.ts";

const PLAIN = {
  ...{ protocol: "UNISWAP_V3", hooks: null, quarantinedBlock: null, tokenMovesBalances: null },
};
const hooks = (end: string) => `0x${end.padStart(40, "0")}`;

test.each(["1", "2", "4", "8", "f", "c4", "abc8"])("hooks at 0x...%s may move amounts", (end) => {
  expect(movesAmounts(hooks(end))).toBe(true);
  expect(feesKnown({ ...PLAIN, hooks: hooks(end) })).toBe(false);
});

test.each(["0", "10", "80", "3ff0", "c0"])("hooks at 0x...%s do not", (end) => {
  expect(movesAmounts(hooks(end))).toBe(false);
  expect(feesKnown({ ...PLAIN, hooks: hooks(end) })).toBe(true);
});

test("a pool without any caveat is exact", () => {
  expect(poolCaveats(PLAIN, true)).toEqual([]);
});

test("fees are unknown in quarantine, but not for want of decimals nor where the protocol's fee is inferred", () => {
  expect(feesKnown({ ...PLAIN, quarantinedBlock: 7 })).toBe(false);
  const pair = { ...PLAIN, protocol: "UNISWAP_V2", tokenMovesBalances: true };
  expect(feesKnown(pair)).toBe(true);
  expect(poolCaveats(pair, false)).toEqual([
    ...["TOKEN_MOVES_BALANCES", "DECIMALS_UNKNOWN", "PROTOCOL_FEE_INFERRED"],
  ]);
});

test("all that holds of a pool is named", () => {
  const hooked = { ...PLAIN, protocol: "UNISWAP_V4", hooks: hooks("f"), quarantinedBlock: 1 };
  expect(poolCaveats(hooked, true)).toEqual(["HOOK_MOVES_AMOUNTS", "QUARANTINED"]);
});

test("Algebra's pools say that pokes leave no log, and serve fees all the same", () => {
  const algebra = { ...PLAIN, protocol: "ALGEBRA_INTEGRAL" };
  expect(poolCaveats(algebra, true)).toEqual(["UNLOGGED_POKES"]);
  expect(feesKnown(algebra)).toBe(true);
});
