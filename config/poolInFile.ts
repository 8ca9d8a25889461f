import { z } from "zod";
import { hasChecksum, wrongChecksum } from "./addressInFile.ts";

const ID = /^0x[0-9a-fA-F]{64}$/;
// One expression of both, so that the JSON Schema has it.
const ADDRESS_OR_ID = /^0x([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/;
const ADVICE = "write a pool's address, or on uniswap-v4 its 32-byte id";

/**
 * A pool as a person writes it: its address, in lower case or with the capitals of EIP-55, or on Uniswap v4 its id, 0x
 * and 64 hex digits.
 *
 * @example poolInFile().safeParse("0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8").success // true
 */
export function poolInFile() {
  return z
    .string({ error: ({ input }) => `is ${JSON.stringify(input)}: ${ADVICE}` })
    .regex(ADDRESS_OR_ID, {
      abort: true,
      error: ({ input }) => `is "${input}", which is neither 0x and 40 hex digits nor 0x and 64: ${ADVICE}`,
    })
    .refine((text) => isPoolIdLike(text) || hasChecksum(text), {
      error: ({ input }) => wrongChecksum(input),
    });
}

/** Whether the text has a 32-byte id's form. */
export function isPoolIdLike(text: string): boolean {
  return ID.test(text);
}
