import { CallExecutionError, type Hex } from "viem";
import type { ChainClient } from "./client.ts";
import type { Call } from "./sendInOneBlock.ts";

/**
 * What a transaction would return at the newest block, without sending it; undefined where it would revert.
 *
 * @example const data = await staticCall(client, swap({ ... }));
 */
export async function staticCall(
  client: ChainClient,
  { from, to, data, gas }: Call,
): Promise<Hex | undefined> {
  try {
    const call = { account: from, to: to ?? null, data, ...(gas === undefined ? {} : { gas }) };
    return (await client.call(call)).data;
  } catch (error) {
    if (error instanceof CallExecutionError) return undefined;
    throw error;
  }
}
