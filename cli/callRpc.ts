const RPC_TIMEOUT_MILLISECONDS = 10_000;

/**
 * One JSON-RPC request over HTTP; gives its result, or throws {@link RpcFault}.
 *
 * @example await callRpc("http://127.0.0.1:8545", "eth_chainId") // "0x7a69"
 */
export async function callRpc(
  url: string,
  method: string,
  params: readonly unknown[] = [],
  timeout: number = RPC_TIMEOUT_MILLISECONDS,
): Promise<unknown> {
  const response = await post(url, { jsonrpc: "2.0", id: 1, method, params }, timeout);
  if (typeof response.body !== "object" || response.body === null || !("jsonrpc" in response.body)) {
    throw new RpcFault(
      response.ok ? "does not answer in JSON-RPC" : `answers with HTTP status ${response.status}`,
    );
  }
  if ("result" in response.body) return response.body.result;
  const error = "error" in response.body ? response.body.error : undefined;
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  throw new RpcFault(`answers ${method} with an error (${String(message)})`);
}

async function post(url: string, body: unknown, timeout: number) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    return { ok: response.ok, status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") {
      throw new RpcFault(`gives no answer within ${timeout / 1000} s`);
    }
    throw new RpcFault(`cannot be reached (${causeOf(error)})`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause ? String(cause.code) : cause.message;
}

/** An endpoint that gives no result; the message reads on from its URL: "cannot be reached (ECONNREFUSED)". */
export class RpcFault extends Error {
  override name = "RpcFault";
}
