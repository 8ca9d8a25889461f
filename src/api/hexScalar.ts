import { GraphQLScalarType, Kind } from "graphql/index.js";
import { ApiError } from "./errors.ts";

export type Hex = `0x${string}`;

/** Addresses, hashes and pool ids: in in any letter case, out in lower case. */
export const hexScalar = new GraphQLScalarType<Hex, string>({
  name: "Hex",
  serialize: (value) => {
    if (typeof value !== "string") throw new TypeError(`Hex cannot be made of a ${typeof value}`);
    return value.toLowerCase();
  },
  parseValue: (value) => {
    if (typeof value === "string") return parseHex(value);
    throw new ApiError(
      "BAD_INPUT",
      'Write Hex as a string, such as "0x1f98431c8ad98523631ae4a59f267346ea31f984".',
    );
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return parseHex(node.value);
    throw new ApiError(
      "BAD_INPUT",
      'Write Hex as a string, such as "0x1f98431c8ad98523631ae4a59f267346ea31f984".',
    );
  },
});

function parseHex(text: string): Hex {
  const digits = /^0[xX]([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits === undefined) throw new ApiError("BAD_INPUT", "Hex is 0x and 40 or 64 hex digits.");
  return `0x${digits.toLowerCase()}`;
}
