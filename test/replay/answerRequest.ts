import { type Hex, isHex, numberToHex } from "viem";
import { answerCall, type RecordedCalls } from "./answerCall.ts";
import type { ReplayChain, ReplayLog } from "./replayChain.ts";
import { RpcError } from "./rpcError.ts";
import { type LogFilter, selectLogs } from "./selectLogs.ts";

export interface ReplayState {
  readonly chain: ReplayChain;
  readonly calls: RecordedCalls;
  readonly dropLog: (log: ReplayLog) => boolean;
  head: number;
}

/** The result of one JSON-RPC request, as a node whose newest block is `state.head` would answer it. */
export function answerRequest(state: ReplayState, method: string, params: readonly unknown[]): unknown {
  const { chain, head } = state;
  switch (method) {
    case "eth_chainId":
      return numberToHex(chain.chainId);
    case "eth_blockNumber":
      return numberToHex(head);
    case "eth_getBlockByNumber":
      return blockOrNull(state, blockNumber(params[0], head), params[1]);
    case "eth_getBlockByHash":
      return blockOrNull(state, chain.numberOfHash(hex(params[0])), params[1]);
    case "eth_getLogs":
      return logs(state, params[0] as LogFilter);
    case "eth_call":
      return answerCall(state.calls, params[0]);
    default:
      throw new RpcError(-32601, `The replay does not serve ${method}`);
  }
}

function blockOrNull({ chain, head }: ReplayState, number: number | undefined, full: unknown) {
  return number === undefined || number > head ? null : chain.blockAt(number, full === true);
}

function logs({ chain, head, dropLog }: ReplayState, filter: LogFilter) {
  const one = filter.blockHash === undefined ? undefined : chain.numberOfHash(filter.blockHash);
  if (filter.blockHash !== undefined && (one === undefined || one > head)) {
    throw new RpcError(-32000, `unknown block ${filter.blockHash}`);
  }
  const from = one ?? blockNumber(filter.fromBlock ?? "latest", head);
  const to = one ?? Math.min(blockNumber(filter.toBlock ?? "latest", head), head);
  const kept = chain.entriesBetween(from, to).filter((entry) => !dropLog(entry.source));
  return selectLogs(
    kept.map((entry) => entry.rpc),
    filter,
  );
}

function blockNumber(value: unknown, head: number): number {
  if (value === "latest") return head;
  if (value === "earliest") return 0;
  return Number(hex(value));
}

function hex(value: unknown): Hex {
  if (!isHex(value))
    throw new RpcError(-32602, `${JSON.stringify(value)} is neither hex, "latest" nor "earliest"`);
  return value;
}
