import { decodeAbiParameters, encodeDeployData, type Hex } from "viem";
import { staticCallsAbi, staticCallsBytecode, staticCallsResult } from "../../abis/staticCalls.ts";
import type { EventScope } from "./eventScope.ts";

const GAS_EACH = 150_000n;
const MAX_RETURN_BYTES = 1_024n;

/**
 * Calls contracts that may be hostile: all of it in one `eth_call` whose own code limits the gas and the answer
 * of each call, so that no contract can stall or stop the indexer. Null for a call that failed. Answers come
 * from the latest block and are kept with Ponder's other RPC answers: only for what does not change.
 */
export async function readContracts(
  client: EventScope["client"],
  calls: readonly { target: `0x${string}`; data: Hex }[],
): Promise<(Hex | null)[]> {
  const data = encodeDeployData({
    abi: staticCallsAbi,
    bytecode: staticCallsBytecode,
    args: [calls.map((call) => call.target), calls.map((call) => call.data), GAS_EACH, MAX_RETURN_BYTES],
  });
  const { data: result } = await client.call({ data, cache: "immutable" });
  if (result === undefined) throw new EmptyCallResultError();
  const [ok, returned] = decodeAbiParameters(staticCallsResult, result);
  return calls.map((_, i) => (ok[i] === true ? (returned[i] ?? null) : null));
}

export class EmptyCallResultError extends Error {
  override readonly name = "EmptyCallResultError";

  constructor() {
    super(
      "the RPC answered an eth_call without `to` with nothing: use an RPC that runs creation code in eth_call",
    );
  }
}
