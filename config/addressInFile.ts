import { getAddress } from "viem";
import { z } from "zod";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const POOL_ID = /^0x[0-9a-fA-F]{64}$/;
// One expression of both, so that the JSON Schema has it.
const POOL = /^0x([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/;
const POOL_ADVICE = "write a pool's address, or on uniswap-v4 its 32-byte id";

/**
 * An address as a person writes it: 0x and 40 hex digits, either all in lower case or with the capitals of EIP-55.
 *
 * @param what what belongs here, for the message
 * @example addressInFile("a pool's address").safeParse("0x8ad599c3a0ff1de082011efddc58f1908eb6e6d8").success // true
 */
export function addressInFile(what: string) {
  return z
    .string({ error: ({ input }) => `is ${JSON.stringify(input)}: write ${what}` })
    .regex(ADDRESS, {
      abort: true,
      error: ({ input }) => `is "${input}", which is not 0x and 40 hex digits: write ${what}`,
    })
    .refine(hasChecksum, { error: ({ input }) => wrongChecksum(input) });
}

/**
 * A pool as a person writes it: its address, as {@link addressInFile}, or on Uniswap v4 its id, 0x and 64 hex digits.
 *
 * @example poolInFile().safeParse("0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27").success // true
 */
export function poolInFile() {
  return z
    .string({ error: ({ input }) => `is ${JSON.stringify(input)}: ${POOL_ADVICE}` })
    .regex(POOL, {
      abort: true,
      error: ({ input }) =>
        `is "${input}", which is neither 0x and 40 hex digits nor 0x and 64: ${POOL_ADVICE}`,
    })
    .refine((text) => isPoolIdLike(text) || hasChecksum(text), {
      error: ({ input }) => wrongChecksum(input),
    });
}

/** Whether the text has a 32-byte id's form. */
export function isPoolIdLike(text: string): boolean {
  return POOL_ID.test(text);
}

/** Whether the text has an address's form, whatever its capitals. */
export function isAddressLike(text: string): boolean {
  return ADDRESS.test(text);
}

function wrongChecksum(input: unknown): string {
  return `is "${input}", whose checksum is wrong: write "${checksummed(String(input))}" if that is the address, or copy it again`;
}

function hasChecksum(text: string): boolean {
  return text === text.toLowerCase() || text === checksummed(text);
}

function checksummed(text: string): string {
  return getAddress(text.toLowerCase());
}
