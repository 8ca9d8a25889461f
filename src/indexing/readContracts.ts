import { type BaseError, decodeAbiParameters, encodeDeployData, type Hex } from "viem";
import { staticCallsAbi, staticCallsBytecode, staticCallsResult } from "../../abis/staticCalls.ts";
import type { EventScope } from "./eventScope.ts";

const GAS_EACH = 150_000n;
const MAX_RETURN_BYTES = 1_024n;

const PATIENCE_MILLISECONDS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/**
 * Calls contracts that may be hostile: all of it in one `eth_call` whose own code limits the gas and the answer
 * of each call, so that no contract can stall or stop the indexer. Null for a call that failed. Answers come from
 * the latest block, which must not be older than the event, and are kept with Ponder's other RPC answers: only
 * for what does not change.
 */
export async function readContracts(
  { client, timestamp }: Pick<EventScope, "client" | "timestamp">,
  calls: readonly { target: `0x${string}`; data: Hex }[],
): Promise<(Hex | null)[]> {
  const targets = calls.map(({ target }) => target);
  const datas = calls.map(({ data }) => data);
  const data = encodeDeployData({
    abi: staticCallsAbi,
    bytecode: staticCallsBytecode,
    args: [targets, datas, GAS_EACH, MAX_RETURN_BYTES, BigInt(timestamp)],
  });
  const [ok, returned] = decodeAbiParameters(staticCallsResult, await callWhenThere(client, data));
  return calls.map((_, i) => (ok[i] === true ? (returned[i] ?? null) : null));
}

/** A node behind a load balancer may not have the event's block yet: asks again, for some 16 seconds. */
async function callWhenThere(client: EventScope["client"], data: Hex): Promise<Hex> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { data: result } = await client.call({ data, cache: "immutable" });
      if (result !== undefined) return result;
      throw new Error("an empty answer");
    } catch (error) {
      // viem's message would print the whole code; its class may be another copy's.
      const reason = (error as Partial<BaseError>).shortMessage ?? String(error);
      const wait = PATIENCE_MILLISECONDS[attempt];
      const behind = error instanceof Error && error.message.includes("the node is behind");
      if (!behind || wait === undefined) throw new ReadRefusedError(reason);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

export class ReadRefusedError extends Error {
  override readonly name = "ReadRefusedError";
  readonly reason: string;

  constructor(reason: string) {
    super(
      `the RPC does not answer the eth_call that reads tokens and pools (${reason}): use one that runs creation ` +
        "code in eth_call, with 2,000,000 gas at least, and that keeps up with the chain",
    );
    this.reason = reason;
  }
}
