import { expect, test } from "vitest";
import { riskToken } from "../../src/state/riskToken.ts";

const cash = { stablecoins: new Set(["0xusdc", "0xdai"]), wrappedNative: "0xweth" };

test.each([
  ["0xweth", "0xusdc", 0],
  ["0xusdc", "0xweth", 1],
  ["0xuni", "0xweth", 0],
  ["0xweth", "0xzrx", 1],
  ["0xdai", "0xzrx", 1],
  ["0xdai", "0xusdc", 0],
  ["0xaave", "0xuni", 0],
  ["0x0000000000000000000000000000000000000000", "0xpepe", 1],
  ["0x0000000000000000000000000000000000000000", "0xusdc", 0],
  ["0x0000000000000000000000000000000000000000", "0xweth", 0],
] as const)("in %s/%s the risk is token%i", (token0, token1, risk) => {
  expect(riskToken(token0, token1, cash)).toBe(risk);
});
