import type { ChainClient } from "../../demo/chain/client.ts";
import type { Call } from "../../demo/chain/sendInOneBlock.ts";

/**
 * Mines one block with these transactions, in this order, and asks for no receipts: what reverts leaves no log. Two
 * HTTP requests a block, where `sendInOneBlock` of the demo takes one more a transaction.
 */
export async function mineBlock(client: ChainClient, calls: readonly Call[]): Promise<void> {
  const url = client.chain.rpcUrls.default.http[0] ?? "";
  await post(
    url,
    calls.map(({ from, to, data }, id) => ({
      jsonrpc: "2.0",
      id,
      method: "eth_sendTransaction",
      params: [{ from, to, data, gas: "0x4c4b40", gasPrice: "0x1" }],
    })),
  );
  await post(url, [{ jsonrpc: "2.0", id: 0, method: "evm_mine", params: [] }]);
}

async function post(url: string, requests: readonly object[]): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(requests),
  });
  const answers = (await response.json()) as { error?: { message: string } }[];
  const refused = answers.find(({ error }) => error !== undefined);
  if (refused?.error !== undefined) throw new RefusedError(refused.error.message);
}

export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(reason: string) {
    super(`Anvil refuses a request of the recorded history: ${reason}`);
  }
}
