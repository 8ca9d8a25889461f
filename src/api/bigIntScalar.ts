import { GraphQLScalarType, Kind } from "graphql/index.js";
import { ApiError } from "./errors.ts";

const LONGEST = 80;

/** Integers of any size: out as decimal strings, in as decimal strings or as Int literals. */
export const bigIntScalar = new GraphQLScalarType<bigint, string>({
  name: "BigInt",
  serialize: (value) => {
    if (typeof value !== "bigint") throw new TypeError(`BigInt cannot be made of a ${typeof value}`);
    return value.toString();
  },
  parseValue: (value) => {
    if (typeof value === "string") return parseInteger(value);
    if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
    throw new ApiError("BAD_INPUT", 'Write a BigInt as a decimal string, such as "1000000000000000000".');
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseInteger(node.value);
    throw new ApiError("BAD_INPUT", 'Write a BigInt as a decimal string, such as "1000000000000000000".');
  },
});

function parseInteger(text: string): bigint {
  if (text.length > LONGEST || !/^-?\d+$/.test(text)) {
    throw new ApiError("BAD_INPUT", `A BigInt is a decimal integer of at most ${LONGEST} characters.`);
  }
  return BigInt(text);
}
