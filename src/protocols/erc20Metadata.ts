import { decodeAbiParameters, type Hex, hexToBigInt, hexToBytes, size } from "viem";

/** Longer symbols and names are cut: nobody can read them, and rows stay small. */
export const MAX_TEXT_LENGTH = 128;

/**
 * A token's `symbol()` or `name()` from what the call returned: an ABI string, or the bytes32 of early tokens.
 * Control characters are dropped, white space folded, length cut to `MAX_TEXT_LENGTH`. Null where nothing
 * readable is left. Example: the bytes32 `0x4d4b52…00` is `"MKR"`.
 */
export function decodeTokenText(returned: Hex | null): string | null {
  if (returned === null) return null;
  const text = size(returned) === 32 ? decodeBytes32(returned) : decodeString(returned);
  if (text === null) return null;
  const readable = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\uFFFD]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return readable === "" ? null : [...readable].slice(0, MAX_TEXT_LENGTH).join("").trimEnd();
}

/** A token's `decimals()`, 0 to 255; null where the call gave no such word. */
export function decodeTokenDecimals(returned: Hex | null): number | null {
  if (returned === null || size(returned) < 32) return null;
  const value = hexToBigInt(returned.slice(0, 66) as Hex);
  return value <= 255n ? Number(value) : null;
}

function decodeString(returned: Hex): string | null {
  try {
    return decodeAbiParameters([{ type: "string" }], returned)[0];
  } catch {
    return null;
  }
}

function decodeBytes32(returned: Hex): string {
  const bytes = hexToBytes(returned);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}
