import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkContracts } from "../../cli/checkContracts.ts";
import { marketsOf } from "../../config/markets.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { chainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  sortTokens,
} from "../../demo/chain/deploy.ts";

const NOBODY = "0x00000000000000000000000000000000000b0d1e";

import { stubChain } from "./stubChain.ts";

let anvil: Anvil;
let at: Deployment;
let pool: `0x${string}`;

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  const client = chainClient(anvil.url);
  at = await deployUniswapV3(client);
  const named = { name: "Test", symbol: "TST", decimals: 18 };
  const [token0, token1] = sortTokens(
    await deployToken(client, at.deployer, named),
    await deployToken(client, at.deployer, named),
  );
  const terms = { token0, token1, fee: 3000, tickSpacing: 60, sqrtPriceX96: 2n ** 96n };
  pool = (await createPool(client, at, terms)).pool;
});
afterAll(() => anvil?.stop());

describe("before anything starts, the chain is asked for the contracts of the markets file", () => {
  test("and has them", async () => {
    await check({ factory: at.factory, positionManager: at.positionManager });
    await check({ factory: at.factory, positionManager: null, pools: [pool] });
  });

  test("a factory or position manager without code is refused, both at once", async () => {
    await expect(check({ factory: NOBODY, positionManager: NOBODY })).rejects.toThrow(
      /no contract at 0x0{35}b0d1e: correct `factory`.*\n.*correct `positionManager`/,
    );
  });

  test.each([
    ["an address without code", () => NOBODY],
    ["another contract", () => at.weth],
  ])("%s among the pools is refused", async (_, address) => {
    const market = { factory: at.factory, positionManager: null, pools: [address()] };
    await expect(check(market)).rejects.toThrow(/is no Uniswap v3 pool: take it out of `pools`/);
  });

  test("a pool of another factory is refused, naming both", async () => {
    await expect(check({ factory: at.weth, positionManager: null, pools: [pool] })).rejects.toThrow(
      `comes from factory ${at.factory.toLowerCase()}, not from ${at.weth.toLowerCase()}`,
    );
  });
});

test("an RPC that does not run creation code is refused: tokens could not be read through it", async () => {
  const stub = await stubChain(31337, []);
  stub.page = JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32602, message: "missing field to" } });
  const market = { factory: at.factory, positionManager: null };
  await expect(check(market, stub.url)).rejects.toThrow(
    /answers eth_call with an error \(missing field to\): tokens are read by an eth_call without `to`/,
  );
  await stub.close();
});

async function check(
  market: { factory: string; positionManager: string | null; pools?: string[] },
  rpc = anvil.url,
) {
  const file = {
    chains: [
      {
        id: 31337,
        name: "anvil",
        rpc: [rpc],
        quoteMinDepth: 0,
        markets: [{ protocol: "uniswap-v3" as const, startBlock: 0, ...market }],
      },
    ],
  };
  await checkContracts(marketsOf(file, {}).chains);
}
