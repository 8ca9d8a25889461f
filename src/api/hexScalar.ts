import { Kind, type ValueNode } from "graphql";
import { ApiError } from "./errors.ts";

/** Addresses, hashes and pool ids: in in any letter case, out in lower case. */
export const hexScalar = {
  serialize(value: unknown): string {
    if (typeof value !== "string") throw new TypeError(`a Hex cannot be made of a ${typeof value}`);
    return value.toLowerCase();
  },
  parseValue(value: unknown): `0x${string}` {
    return parseHex(value);
  },
  parseLiteral(node: ValueNode): `0x${string}` {
    return parseHex(node.kind === Kind.STRING ? node.value : undefined);
  },
};

function parseHex(value: unknown): `0x${string}` {
  const text = typeof value === "string" ? value : "";
  const digits = /^0[xX]([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits === undefined) {
    throw new ApiError("BAD_INPUT", "A Hex is a string of 0x and 40 or 64 hex digits.");
  }
  return `0x${digits.toLowerCase()}`;
}
