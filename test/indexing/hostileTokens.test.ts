import type { Address } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { ownArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployContract,
  deployToken,
  deployUniswapV3,
  fund,
  sortTokens,
} from "../../demo/chain/deploy.ts";
import { mintDirect } from "../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { type App, anvilMarkets, startApp } from "../app.ts";

/** What each of demo/contracts/HostileTokens.sol says of itself, as far as it can be read. */
const TOKENS = {
  Bytes32Token: { symbol: "MKR", name: "Maker", decimals: 18 },
  RevertingToken: { symbol: null, name: null, decimals: null },
  BareToken: { symbol: null, name: null, decimals: null },
  EmptyTextToken: { symbol: null, name: null, decimals: 18 },
  LongNameToken: { symbol: "LONG", name: null, decimals: 18 },
  ControlCharacterToken: { symbol: "A B", name: "[31mred end", decimals: 18 },
  GasBurningToken: { symbol: "BURN", name: "Gas Burner", decimals: null },
  OversizedDecimalsToken: { symbol: "BIG", name: "Oversized Decimals", decimals: null },
} as const;
const NOBODY: Address = "0x00000000000000000000000000000000000b0d1e";

let anvil: Anvil;
let client: ChainClient;
let app: App;
const deployed = new Map<string, { token: Address; pool: Address }>();

beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  const at = await deployUniswapV3(client);
  const base = await deployToken(client, at.deployer, { name: "Base", symbol: "BASE", decimals: 6 });
  for (const name of Object.keys(TOKENS)) {
    const token = await deployContract(client, at.deployer, ownArtifact(name), []);
    deployed.set(name, { token, pool: await openPosition(at, base, token) });
  }
  // No contract at all: a pool can be made of it, and nothing can be put in.
  const [token0, token1] = sortTokens(base, NOBODY);
  await createPool(client, at, { token0, token1, fee: 3000, tickSpacing: 60, sqrtPriceX96: 2n ** 96n });
  app = await startApp(anvilMarkets(anvil.url, at));
  await app.untilIndexed("anvil", Number(await client.getBlockNumber()));
});

afterAll(async () => {
  await app?.stop();
  await anvil?.stop();
  await app?.remove();
});

test.each(Object.entries(TOKENS))(
  "%s has what can be read of it, and null for the rest",
  async (name, said) => {
    const address = deployed.get(name)?.token;
    const { token } = await app.query<{ token: unknown }>(
      `{ token(chainId: 31337, address: "${address}") { symbol name decimals } }`,
    );
    expect(token).toEqual(said);
  },
);

test("an address without code is a token of which nothing is known", async () => {
  const { token } = await app.query<{ token: unknown }>(
    `{ token(chainId: 31337, address: "${NOBODY}") { symbol name decimals } }`,
  );
  expect(token).toEqual({ symbol: null, name: null, decimals: null });
});

test("a page with positions of tokens without decimals has all the others, and raw amounts of all", async () => {
  const { positions } = await app.query<{ positions: { items: Item[] } }>(
    `{ positions(where: { chainId: 31337 }, first: 100) { items {
      pool { poolId price exact caveats token0 { decimals } token1 { decimals } }
      inventory { amounts { amount0 amount1 decimal0 decimal1 value } skewE18 }
      impermanentLoss { unrealized unrealizedRaw1 }
    } } }`,
  );
  expect(positions.items).toHaveLength(Object.keys(TOKENS).length);
  for (const { pool, inventory, impermanentLoss } of positions.items) {
    expect(BigInt(inventory.amounts.amount0) + BigInt(inventory.amounts.amount1)).toBeGreaterThan(0n);
    expect(inventory.skewE18).toMatch(/^-?\d+$/);
    expect(impermanentLoss.unrealizedRaw1).toMatch(/^-?\d+$/);
    const known0 = pool.token0.decimals !== null;
    const known1 = pool.token1.decimals !== null;
    expect(pool.exact).toBe(known0 && known1);
    expect(pool.caveats).toEqual(known0 && known1 ? [] : ["DECIMALS_UNKNOWN"]);
    expect(pool.price === null).toBe(!(known0 && known1));
    expect(inventory.amounts.decimal0 === null).toBe(!known0);
    expect(inventory.amounts.decimal1 === null).toBe(!known1);
    expect(inventory.amounts.value === null).toBe(!known1);
    expect(impermanentLoss.unrealized === null).toBe(!known1);
  }
});

type Item = {
  pool: {
    price: number | null;
    exact: boolean;
    caveats: string[];
    token0: { decimals: number | null };
    token1: { decimals: number | null };
  };
  inventory: {
    amounts: {
      amount0: string;
      amount1: string;
      decimal0: string | null;
      decimal1: string | null;
      value: number | null;
    };
    skewE18: string;
  };
  impermanentLoss: { unrealized: number | null; unrealizedRaw1: string };
};

async function openPosition(at: Deployment, base: Address, token: Address): Promise<Address> {
  const [from] = at.accounts;
  if (from === undefined) throw new Error("the chain has no accounts");
  const [token0, token1] = sortTokens(base, token);
  await fund(client, at, [token0, token1], [from]);
  const terms = { token0, token1, fee: 3000, tickSpacing: 60, sqrtPriceX96: 2n ** 96n };
  const { pool } = await createPool(client, at, terms);
  const range = { pool, tickLower: -600, tickUpper: 600 };
  await sendInOneBlock(client, [
    mintDirect({ caller: at.caller, from, owner: from, ...range, liquidity: 10n ** 18n }),
  ]);
  return pool;
}
