import { describe, expect, it } from "vitest";
import { DecimalsOutOfRangeError, decimalAmount } from "../../../src/api/metrics/decimalAmount.ts";

describe("decimalAmount", () => {
  it.each([
    [31442952788347355011n, 18, "31.442952788347355011"],
    [37855704094n, 6, "37855.704094"],
    [-1717889797n, 6, "-1717.889797"],
    [1500000n, 6, "1.5"],
    [-1n, 6, "-0.000001"],
    [1000000n, 6, "1"],
    [10n, 0, "10"],
    [0n, 18, "0"],
    [0n, 0, "0"],
    [-7n, 0, "-7"],
    [2n ** 256n - 1n, 0, "115792089237316195423570985008687907853269984665640564039457584007913129639935"],
    [1n, 255, `0.${"0".repeat(254)}1`],
  ])("%s raw with %i decimals is exactly %s", (raw, decimals, text) => {
    expect(decimalAmount(raw, decimals)).toBe(text);
  });

  it("is null without decimals", () => {
    expect(decimalAmount(1n, null)).toBeNull();
  });

  it.each([-1, 256, 1.5, Number.NaN])("refuses %s decimals", (decimals) => {
    expect(() => decimalAmount(1n, decimals)).toThrow(DecimalsOutOfRangeError);
  });
});
