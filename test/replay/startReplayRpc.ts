import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { indexCalls, type RecordedCall } from "./answerCall.ts";
import { answerRequest, type ReplayState } from "./answerRequest.ts";
import { buildReplayChain, type ReplayLog } from "./replayChain.ts";
import { RpcError } from "./rpcError.ts";

export interface ReplayOptions {
  readonly chainId: number;
  readonly logs: readonly ReplayLog[];
  readonly calls?: readonly RecordedCall[];
  /** The newest block at the start; left out: the last one with a log. May lie after it. */
  readonly head?: number;
  /** Unix seconds of blocks without a log. */
  readonly blockTimes?: ReadonlyMap<number, number>;
  /** A log left out of eth_getLogs only, its block's bloom and transactions unchanged: a provider that loses one. */
  readonly dropLog?: (log: ReplayLog) => boolean;
}

/**
 * Serves recorded logs as a chain over JSON-RPC on a free local port. `setHead` makes blocks appear (or vanish);
 * `counts` are the requests so far by method.
 *
 * @example const rpc = await startReplayRpc({ chainId: 1, logs, calls, head: 100 }); rpc.setHead(101);
 */
export async function startReplayRpc(options: ReplayOptions) {
  const chain = buildReplayChain(options.chainId, options.logs, options.blockTimes);
  const state: ReplayState = {
    chain,
    calls: indexCalls(options.calls ?? []),
    dropLog: options.dropLog ?? (() => false),
    head: options.head ?? chain.lastBlock,
  };
  const counts: Record<string, number> = {};

  const server = createServer(async (request, response) => {
    const answer = await readJson(request).then((body) =>
      Array.isArray(body) ? body.map((item) => respond(state, counts, item)) : respond(state, counts, body),
    );
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  // Longer than any client's idle socket, or the client meets a closed one.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    setHead(number: number): void {
      state.head = number;
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(state: ReplayState, counts: Record<string, number>, body: unknown) {
  const {
    id = null,
    method,
    params = [],
  } = (body ?? {}) as { id?: unknown; method?: string; params?: unknown[] };
  try {
    if (typeof method !== "string") throw new RpcError(-32600, "A request needs a method");
    counts[method] = (counts[method] ?? 0) + 1;
    return { jsonrpc: "2.0", id, result: answerRequest(state, method, params) };
  } catch (error) {
    const code = error instanceof RpcError ? error.code : -32603;
    return { jsonrpc: "2.0", id, error: { code, message: String((error as Error).message) } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    // Throws when the client goes away half-way.
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}
