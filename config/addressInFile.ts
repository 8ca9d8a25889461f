import { getAddress } from "viem";
import { z } from "zod";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

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

/** Whether the text has an address's form, whatever its capitals. */
export function isAddressLike(text: string): boolean {
  return ADDRESS.test(text);
}

/** What to say of an address that fails {@link hasChecksum}. */
export function wrongChecksum(input: unknown): string {
  return `is "${input}", whose checksum is wrong: write "${checksummed(String(input))}" if that is the address, or copy it again`;
}

/** Whether an address is in lower case or has the capitals of EIP-55. */
export function hasChecksum(text: string): boolean {
  return text === text.toLowerCase() || text === checksummed(text);
}

function checksummed(text: string): string {
  return getAddress(text.toLowerCase());
}
