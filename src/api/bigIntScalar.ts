import { Kind, type ValueNode } from "graphql";
import { ApiError } from "./errors.ts";

const LONGEST = 80;

/** Integers of any size: out as decimal strings, in as decimal strings or as Int literals. */
export const bigIntScalar = {
  serialize(value: unknown): string {
    if (typeof value !== "bigint") throw new TypeError(`a BigInt cannot be made of a ${typeof value}`);
    return value.toString();
  },
  parseValue(value: unknown): bigint {
    if (typeof value === "string") return parseInteger(value);
    if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
    throw notDecimal();
  },
  parseLiteral(node: ValueNode): bigint {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseInteger(node.value);
    throw notDecimal();
  },
};

function parseInteger(text: string): bigint {
  if (text.length > LONGEST || !/^-?\d+$/.test(text)) throw notDecimal();
  return BigInt(text);
}

function notDecimal(): ApiError {
  return new ApiError(
    "BAD_INPUT",
    `A BigInt is a decimal integer of at most ${LONGEST} characters, as a string.`,
  );
}
