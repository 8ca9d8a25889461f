import { decodeDeployData, encodeAbiParameters, type Hex, sliceHex } from "viem";
import { staticCallsAbi, staticCallsBytecode, staticCallsResult } from "../../abis/staticCalls.ts";
import { RpcError } from "./rpcError.ts";

/** What an eth_call answers, at any block. */
export interface RecordedCall {
  readonly to: Hex;
  readonly data: Hex;
  readonly result: Hex;
}

export type RecordedCalls = ReadonlyMap<string, Hex>;

/** The table behind eth_call, keyed by target and calldata whatever their case. */
export function indexCalls(calls: readonly RecordedCall[]): RecordedCalls {
  return new Map(calls.map((call) => [key(call.to, call.data), call.result]));
}

/**
 * The recorded result of an eth_call; of a StaticCalls batch (no `to`), each call's, ok = false where there is none.
 * Anything else is the error "not supported" (-32004), which Ponder neither retries nor takes for a revert.
 */
export function answerCall(calls: RecordedCalls, request: unknown): Hex {
  const { to, data, input } = (request ?? {}) as { to?: Hex | null; data?: Hex; input?: Hex };
  const calldata = input ?? data ?? "0x";
  if (!to && calldata.startsWith(staticCallsBytecode)) return answerBatch(calls, calldata);
  const result = to ? calls.get(key(to, calldata)) : undefined;
  if (result === undefined) throw new RpcError(-32004, `No recorded eth_call to ${to} with data ${calldata}`);
  return result;
}

function answerBatch(calls: RecordedCalls, data: Hex): Hex {
  const { args } = decodeDeployData({ abi: staticCallsAbi, bytecode: staticCallsBytecode, data });
  const [targets, datas, , maxReturn] = args;
  const results = targets.map((target, i) => calls.get(key(target, datas[i] ?? "0x")));
  const cut = (result: Hex) => (result === "0x" ? result : sliceHex(result, 0, Number(maxReturn)));
  return encodeAbiParameters(staticCallsResult, [
    results.map((result) => result !== undefined),
    results.map((result) => cut(result ?? "0x")),
  ]);
}

const key = (to: Hex, data: Hex) => `${to}:${data}`.toLowerCase();
