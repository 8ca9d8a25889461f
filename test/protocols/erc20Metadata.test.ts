import { encodeAbiParameters, type Hex, padHex, stringToHex } from "viem";
import { expect, test } from "vitest";
import { decodeTokenDecimals, decodeTokenText } from "../../src/protocols/erc20Metadata.ts";

const abiString = (text: string) => encodeAbiParameters([{ type: "string" }], [text]);

test.each<[string, Hex | null, string | null]>([
  ["an ABI string", abiString("USDC"), "USDC"],
  ["a bytes32 of early tokens", padHex(stringToHex("MKR"), { dir: "right", size: 32 }), "MKR"],
  ["a call that failed", null, null],
  ["an empty answer", "0x", null],
  ["an empty string", abiString(""), null],
  ["NUL and control characters alone", abiString("\u0000\u0007\u001b"), null],
  [
    "control characters inside, which could forge a line of a table",
    abiString("A\u0000B\n C\u202e"),
    "A B C",
  ],
  ["an emoji", abiString("🦄 UNI"), "🦄 UNI"],
  ["a text that is cut off", abiString("x".repeat(5_000)).slice(0, 2_050) as Hex, null],
  ["a text of 200 letters", abiString("x".repeat(200)), "x".repeat(128)],
  ["bytes that are no UTF-8", `0xff${"00".repeat(31)}`, null],
  ["garbage", `0x${"f".repeat(192)}`, null],
])("the text of %s", (_, returned, text) => {
  expect(decodeTokenText(returned)).toBe(text);
});

test.each<[string, Hex | null, number | null]>([
  ["18", padHex("0x12", { size: 32 }), 18],
  ["0", padHex("0x00", { size: 32 }), 0],
  ["255", padHex("0xff", { size: 32 }), 255],
  ["256, which is no uint8", padHex("0x0100", { size: 32 }), null],
  ["a call that failed", null, null],
  ["an empty answer", "0x", null],
  ["an answer that is too short", "0x12", null],
])("decimals of %s", (_, returned, decimals) => {
  expect(decodeTokenDecimals(returned)).toBe(decimals);
});
