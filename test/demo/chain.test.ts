import { keccak256 } from "viem";
import { afterAll, expect, test } from "vitest";
import { factoryAbi, poolAbi } from "../../demo/chain/abis.ts";
import { type Anvil, anvilBinary, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { chainClient } from "../../demo/chain/client.ts";
import { createPool, deployToken, deployUniswapV3, sortTokens } from "../../demo/chain/deploy.ts";
import { runRandomHistory } from "../../demo/chain/history.ts";

const anvils: Anvil[] = [];
const start = async (port?: number) => {
  const anvil = await startAnvil({ timestamp: 1_700_000_000, ...(port === undefined ? {} : { port }) });
  anvils.push(anvil);
  return anvil;
};
afterAll(() => Promise.all(anvils.map((anvil) => anvil.stop())));

test("the published pool bytecode has the canonical init code hash, which the position manager computes with", () => {
  expect(keccak256(publishedArtifact("pool").bytecode)).toBe(
    "0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54",
  );
});

test("a pool is created and initialised at the address that its factory names", async () => {
  const client = chainClient((await start()).url);
  const at = await deployUniswapV3(client);
  const ether = await deployToken(client, at.deployer, { name: "Ether", symbol: "ETH", decimals: 18 });
  const dollar = await deployToken(client, at.deployer, { name: "Dollar", symbol: "USD", decimals: 6 });
  const [token0, token1] = sortTokens(ether, dollar);
  const key = { token0, token1, fee: 100, tickSpacing: 1, sqrtPriceX96: 2n ** 96n };
  const { pool } = await createPool(client, at, key);
  const args = [token0, token1, 100] as const;
  expect(
    await client.readContract({ address: at.factory, abi: factoryAbi, functionName: "getPool", args }),
  ).toBe(pool);
  const slot0 = await client.readContract({ address: pool, abi: poolAbi, functionName: "slot0" });
  expect(slot0.slice(0, 2)).toEqual([79228162514264337593543950336n, 0]);
});

test("a seeded random history gives the same blocks on another chain", async () => {
  const run = async () => {
    const client = chainClient((await start()).url);
    const pools = [
      { fee: 3000, tickSpacing: 60, decimals0: 18, decimals1: 6 },
      { fee: 500, tickSpacing: 10, decimals0: 8, decimals1: 18 },
    ];
    const { nfts, direct, done } = await runRandomHistory(client, { seed: 7, operations: 60, pools });
    const operations = Object.values(done).reduce((sum, count) => sum + count);
    return { nfts, direct, operations, hash: (await client.getBlock()).hash };
  };
  const [first, second] = [await run(), await run()];
  expect(second).toEqual(first);
  expect(first.nfts.length).toBeGreaterThan(5);
  expect(first.direct.length).toBeGreaterThan(2);
  expect(first.operations).toBeGreaterThan(50);
});

test("a port in use is said in a sentence", async () => {
  const { port } = await start();
  await expect(start(port)).rejects.toThrow(
    `Port ${port} is in use by another program: choose another one, or end that program.`,
  );
});

test("where no binary is installed, a sentence says how to get it", () => {
  expect(() => anvilBinary("/nowhere", "plan9")).toThrow(
    /^Anvil is not installed for plan9-.*https:\/\/getfoundry\.sh/,
  );
});

test("where the npm package has no binary for the platform, Anvil is found on PATH", () => {
  const directory = anvilBinary().replace(/\/anvil$/, "");
  expect(anvilBinary(`/nowhere:/x/node_modules/.bin:${directory}`, "plan9")).toBe(`${directory}/anvil`);
});
