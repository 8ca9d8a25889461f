import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { deployToken, deployUniswapV3, sortTokens } from "../../demo/chain/deploy.ts";
import { type App, startApp } from "../app.ts";
import { deployProtocols, initializeV4, type Protocols } from "../cli/deployProtocols.ts";

let anvil: Anvil;
let client: ChainClient;
let tokens: ReturnType<typeof sortTokens>;
let at: Protocols;
let app: App | undefined;

beforeAll(async () => {
  anvil = await startAnvil({ automine: true, timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  const { deployer } = await deployUniswapV3(client);
  const named = { name: "Test", symbol: "TST", decimals: 18 };
  tokens = sortTokens(await deployToken(client, deployer, named), await deployToken(client, deployer, named));
  at = await deployProtocols(client, tokens);
});
afterAll(async () => {
  await app?.stop();
  await app?.remove();
  await anvil?.stop();
});

test("of a PoolManager's pools the listed ids are indexed and no other, made before the start or after it", async () => {
  const early = await initializeV4(client, at.v4.poolManager, tokens, 500);
  const { poolManager, positionManager } = at.v4;
  const market = { protocol: "uniswap-v4", poolManager, positionManager, startBlock: 0, pools: [at.v4.pool] };
  app = await startApp({ chains: [{ id: 31337, name: "anvil", rpc: [anvil.url], markets: [market] }] });
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
  const late = await initializeV4(client, at.v4.poolManager, tokens, 100);
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
  const { pools } = await app.query<{ pools: { items: { id: string }[] } }>("{ pools { items { id } } }");
  expect(new Set([early, late, at.v4.pool]).size).toBe(3);
  expect(pools.items).toEqual([{ id: `31337:${at.v4.pool}` }]);
});
