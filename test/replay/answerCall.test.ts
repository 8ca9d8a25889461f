import { decodeAbiParameters, encodeDeployData } from "viem";
import { expect, test } from "vitest";
import { staticCallsAbi, staticCallsBytecode, staticCallsResult } from "../../abis/staticCalls.ts";
import { answerCall, indexCalls } from "./answerCall.ts";
import { ENS_WETH, ensWethCalls } from "./ensWeth.ts";

const { pool, weth, ens } = ENS_WETH;
const SYMBOL = "0x95d89b41";
const table = indexCalls(ensWethCalls());

test("finds a call whatever the case of its target", () => {
  const [, length, text] =
    answerCall(table, { to: ens.toLowerCase(), data: SYMBOL }).slice(2).match(/.{64}/g) ?? [];
  expect([length, text]).toEqual(["3".padStart(64, "0"), "454e53".padEnd(64, "0")]);
  expect(answerCall(table, { to: ens.toUpperCase().replace("0X", "0x"), input: SYMBOL })).toContain("454e53");
});

test("refuses a call that is not in the table, a deployment and nothing at all", () => {
  expect(() => answerCall(table, { to: pool, data: SYMBOL })).toThrow(`No recorded eth_call to ${pool}`);
  expect(() => answerCall(table, { data: "0x6080" })).toThrow("No recorded eth_call");
  expect(() => answerCall(table, undefined)).toThrow("No recorded eth_call");
});

test("answers a StaticCalls batch call by call, cut to the asked size, a missing one as failed", () => {
  const args = [[weth, pool], [SYMBOL, SYMBOL], 100_000n, 40n, 0n] as const;
  const data = encodeDeployData({ abi: staticCallsAbi, bytecode: staticCallsBytecode, args });
  const [ok, answers] = decodeAbiParameters(staticCallsResult, answerCall(table, { to: null, data }));
  expect(ok).toEqual([true, false]);
  expect(answers).toEqual([`0x${"20".padStart(64, "0")}${"0".repeat(16)}`, "0x"]);
});
