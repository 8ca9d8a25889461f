import { createTestClient, defineChain, http, publicActions, walletActions } from "viem";

/**
 * A viem client of a local Anvil: reads, and Anvil's own methods. Requests made at the same time share one HTTP
 * request; nothing waits for polling.
 *
 * @example const client = chainClient(anvil.url); await client.getBlockNumber();
 */
export function chainClient(url: string, chainId = 31337) {
  const chain = defineChain({
    id: chainId,
    name: "anvil",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const transport = http(url, { batch: { wait: 0, batchSize: 200 }, retryCount: 0 });
  return createTestClient({ mode: "anvil", chain, transport, pollingInterval: 20, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions);
}

export type ChainClient = ReturnType<typeof chainClient>;
