import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a stub chain answers; change it while it runs to start the chain anew. */
export type StubChain = {
  url: string;
  chainId: number;
  clientVersion: string;
  /** Block hashes by number, from genesis to head. */
  hashes: string[];
  /** Answers every request with this text instead. */
  page: string | undefined;
  /** Answers nothing at all. */
  silent: boolean;
  close(): Promise<void>;
};

/** A JSON-RPC server on a free port that knows what is asked of a chain before Ponder starts. */
export async function stubChain(chainId: number, hashes: string[]): Promise<StubChain> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += piece;
    if (chain.silent) return;
    response.setHeader("content-type", "application/json");
    response.end(
      chain.page ?? JSON.stringify({ jsonrpc: "2.0", id: 1, result: answer(chain, JSON.parse(text)) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const chain: StubChain = {
    url: `http://127.0.0.1:${port}`,
    chainId,
    clientVersion: "Geth/v1.16.0",
    hashes,
    page: undefined,
    silent: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return chain;
}

function answer(chain: StubChain, request: { method: string; params: [string, ...unknown[]] }): unknown {
  if (request.method === "eth_chainId") return `0x${chain.chainId.toString(16)}`;
  if (request.method === "web3_clientVersion") return chain.clientVersion;
  if (request.method === "eth_blockNumber") return `0x${(chain.hashes.length - 1).toString(16)}`;
  const hash = chain.hashes[Number(request.params[0])];
  return hash === undefined ? null : { hash };
}
