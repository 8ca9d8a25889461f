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

  test("an address without code is neither a factory nor a position manager, and both are said at once", async () => {
    await expect(check({ factory: NOBODY, positionManager: NOBODY })).rejects.toThrow(
      /no Uniswap v3 factory at 0x0{35}b0d1e: correct `factory`.*\n.*no position manager at 0x0{35}b0d1e: correct/,
    );
  });

  test("another contract is neither", async () => {
    await expect(check({ factory: at.weth, positionManager: at.weth })).rejects.toThrow(
      /no Uniswap v3 factory at .*\n.*no position manager at/,
    );
  });

  test("a position manager of another factory is refused, naming that factory", async () => {
    const market = { factory: NOBODY, positionManager: at.positionManager };
    await expect(check(market)).rejects.toThrow(
      `belongs to factory ${at.factory.toLowerCase()}, which no market`,
    );
  });

  test("a start block that the chain has not reached is refused", async () => {
    const market = { factory: at.factory, positionManager: null, startBlock: 1_000_000 };
    await expect(check(market)).rejects.toThrow(
      /startBlock 1000000 is after the chain's newest block \d+: write an earlier one/,
    );
  });

  test("a start block after a listed pool's first price is refused", async () => {
    const market = { factory: at.factory, positionManager: null, pools: [pool] };
    const head = Number(await chainClient(anvil.url).getBlockNumber());
    await expect(check({ ...market, startBlock: head })).resolves.toBeUndefined();
    await chainClient(anvil.url).mine({ blocks: 1 });
    await expect(check({ ...market, startBlock: head + 1 })).rejects.toThrow(
      `startBlock ${head + 1} is after its creation: pool ${pool.toLowerCase()} had a price in block ${head} already`,
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
  market: { factory: string; positionManager: string | null; pools?: string[]; startBlock?: number },
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
