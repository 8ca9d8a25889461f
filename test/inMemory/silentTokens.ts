import { encodeAbiParameters } from "viem";
import { staticCallsResult } from "../../abis/staticCalls.ts";

/** Answers that each of a token's three calls failed. */
export const silentTokens = {
  call: async () => ({
    data: encodeAbiParameters(staticCallsResult, [
      [false, false, false],
      ["0x", "0x", "0x"],
    ]),
  }),
};
