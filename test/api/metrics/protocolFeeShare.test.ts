import { expect, test } from "vitest";
import { protocolFeeShare } from "../../../src/api/metrics/protocolFeeShare.ts";

const KNOWN = { fee: 3000, feeOn: null };

test.each([
  ["UNISWAP_V3", 0, 0],
  ["UNISWAP_V3", 4, 0.25],
  ["PANCAKESWAP_V3", 3200, 0.32],
  ["PANCAKESWAP_V3", 0, 0],
  ["ALGEBRA_INTEGRAL", 150, 0.15],
  ["UNISWAP_V4", 0, 0],
  // 500 + 3000 - 1.5 pips, rounded up.
  ["UNISWAP_V4", 500, 500 / 3499],
])("%s takes with %i pips or parts: %d", (protocol, feeProtocol, share) => {
  expect(protocolFeeShare({ ...KNOWN, protocol }, feeProtocol)).toBe(share);
});

test("v4's is unknown while the LP fee is, all of it where LPs take none, and none of nothing", () => {
  const protocol = "UNISWAP_V4";
  expect(protocolFeeShare({ protocol, fee: null, feeOn: null }, 500)).toBeNull();
  expect(protocolFeeShare({ protocol, fee: 0, feeOn: null }, 500)).toBe(1);
  expect(protocolFeeShare({ protocol, fee: 0, feeOn: null }, 0)).toBeNull();
});

test.each([
  [null, null],
  [true, 1 / 6],
  [false, 0],
])("v2's, its fee being on %s, is %s", (feeOn, share) => {
  expect(protocolFeeShare({ protocol: "UNISWAP_V2", fee: 3000, feeOn }, 0)).toBe(share);
});
