import { type Address, decodeEventLog, encodeFunctionData, keccak256, type TransactionReceipt } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenAbi } from "../../demo/chain/abis.ts";
import { algebraPoolAbi } from "../../demo/chain/algebraAbis.ts";
import {
  balancePool,
  setPluginBurnFee,
  setPluginSwapFees,
  swapInAdvance,
} from "../../demo/chain/algebraCalls.ts";
import { plugIn, pluginFlags, setAlgebraPool } from "../../demo/chain/algebraContracts.ts";
import { type AlgebraRig, addAlgebraPool, startAlgebraRig } from "../../demo/chain/algebraRig.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { flash } from "../../demo/chain/poolCalls.ts";

const unit = 1_000_000_000_000_000n;
const range = { tickLower: -600, tickUpper: 600, liquidity: 1000n * unit };

let anvil: Anvil;
let client: ChainClient;
let rig: AlgebraRig;
let alice: Address;
let bob: Address;
let trader: Address;
beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
});
afterAll(() => anvil.stop());

async function fresh() {
  rig = await startAlgebraRig(client);
  [alice, bob, trader] = rig.accounts as [Address, Address, Address];
}

/** What the pool logs in a transaction, in order: names, and what the test asks of their values. */
function logged({ logs }: TransactionReceipt, ...values: string[]) {
  const { abi } = publishedArtifact("algebraPool");
  return logs
    .filter(({ address }) => address === rig.pool.toLowerCase())
    .map(({ data, topics }) => {
      const { eventName, args } = decodeEventLog({ abi, data, topics }) as {
        eventName: string;
        args: unknown;
      };
      const of = args as Record<string, unknown>;
      return [eventName, ...values.filter((value) => value in of).map((value) => of[value])];
    });
}

const trade = () => rig.swap({ account: trader, zeroForOne: true, amount: unit });
const ofDeployer = () => ({ from: rig.deployer, pool: rig.pool });
const ofPlugin = () => ({ from: rig.deployer, plugin: rig.at.plugin });
const give = (token: Address, amount: bigint) => {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "transfer", args: [rig.pool, amount] });
  return rig.send({ from: trader, to: token, data });
};

test("the published pool has the init code hash that the published position manager computes with", () => {
  const hash = "0x62441ebe4e4315cf3d49d5957f94d66b253dbabe7006f34ad7f70947e60bf15c";
  expect(keccak256(publishedArtifact("algebraPool").bytecode)).toBe(hash);
  expect(publishedArtifact("algebraPositionManager").bytecode).toContain(hash.slice(2));
});

test("an NFT is opened, traded against, collected from, handed over and burnt, in a custom pool too", async () => {
  await fresh();
  for (const custom of [false, true]) {
    const pool = custom ? await addAlgebraPool(client, rig.at, [rig.token0, rig.token1], { custom }) : rig;
    const { position } = await pool.open({ account: alice, ...range });
    expect(await pool.liquidityOf(position)).toBe(1_000_000_000_000_000_010n);
    await pool.swap({ account: trader, zeroForOne: true, amount: unit });
    expect((await pool.price()).sqrtPriceX96).toBe(79149053035755100371513717161n);
    await pool.collect(position);
    await pool.remove(position, 100n * unit);
    await pool.add(position, 50n * unit);
    const { position: handedOver } = await pool.transfer(position, bob);
    await pool.close(handedOver);
    await expect(pool.liquidityOf(position)).rejects.toThrow("Invalid token ID");
  }
});

test("a core position of an account is opened, poked without a log, collected from and closed", async () => {
  await fresh();
  const { position } = await rig.open({ account: alice, ...range, direct: true });
  await trade();
  const block = await client.getBlockNumber();
  expect(logged(await rig.collect(position), "amount0", "amount1")).toEqual([
    ["Collect", 499_999_999_999n, 0n],
  ]);
  expect(await client.getLogs({ address: rig.pool, fromBlock: block + 1n, toBlock: block + 1n })).toEqual([]);
  await rig.close(position);
  expect(await rig.liquidityOf(position)).toBe(0n);
});

test("SwapFee tells every swap's own fee right before its Swap: the pool's, an override, the plugin's on top", async () => {
  await fresh();
  await rig.open({ account: alice, ...range });
  const fees = async () => logged(await trade(), "overrideFee", "pluginFee");
  expect(await fees()).toEqual([["SwapFee", 0, 0], ["Swap"]]);
  const config = pluginFlags.beforeSwap + pluginFlags.dynamicFee;
  await rig.send(...plugIn({ ...ofDeployer(), plugin: rig.at.plugin, config }));
  await rig.send(setPluginSwapFees({ ...ofPlugin(), overrideFee: 2000, pluginFee: 300 }));
  expect(await fees()).toEqual([["SwapFee", 2000, 300], ["Swap"]]);
  const inAdvance = { caller: rig.at.caller, from: trader, pool: rig.pool, zeroForOne: true, amount: unit };
  const [receipt] = await rig.send(swapInAdvance(inAdvance));
  expect(logged(receipt as TransactionReceipt, "overrideFee", "pluginFee", "amount0")).toEqual([
    ["SwapFee", 2000, 300],
    ["Swap", 1_000_000_000_000_000n],
  ]);
});

test("the community fee is a part of the fees, and goes to the vault at once or eight hours later", async () => {
  await fresh();
  await rig.open({ account: alice, ...range });
  await rig.send(setAlgebraPool({ ...ofDeployer(), functionName: "setCommunityFee", value: 150 }));
  const vault = () => {
    const args = [rig.at.vault] as const;
    return client.readContract({ address: rig.token0, abi: tokenAbi, functionName: "balanceOf", args });
  };
  await trade();
  expect(await vault()).toBe(75_000_000_000n);
  await trade();
  expect(await vault()).toBe(75_000_000_000n);
  const { timestamp } = await client.getBlock();
  await client.setNextBlockTimestamp({ timestamp: timestamp + 28_801n });
  await trade();
  expect(await vault()).toBe(225_000_000_000n);
});

test("a gift, and what a flash loan pays less the community's part, are ExcessTokens of the next operation", async () => {
  await fresh();
  const { position } = await rig.open({ account: alice, ...range });
  await rig.send(setAlgebraPool({ ...ofDeployer(), functionName: "setCommunityFee", value: 150 }));
  const loan = { amount0: 1_000_000n, amount1: 0n, extra0: 1000n, extra1: 0n };
  const [flashed] = await rig.send(flash({ caller: rig.at.caller, from: trader, pool: rig.pool, ...loan }));
  expect(logged(flashed as TransactionReceipt, "paid0", "paid1")).toEqual([["Flash", 1000n, 0n]]);
  await give(rig.token1, 777n);
  expect(logged(await rig.add(position, unit), "amount0", "amount1")[0]).toEqual([
    "ExcessTokens",
    850n,
    777n,
  ]);

  await rig.send(...plugIn({ ...ofDeployer(), plugin: rig.at.plugin, config: 0 }));
  await give(rig.token1, 5n);
  const [skimmed] = await rig.send(balancePool({ ...ofPlugin(), pool: rig.pool, by: "skim" }));
  expect(logged(skimmed as TransactionReceipt, "amount0", "amount1")).toEqual([["Skim", 0n, 5n]]);
});

test("a plugin's part of a withdrawal is told before it, and is out of the amounts logged", async () => {
  await fresh();
  const { position } = await rig.open({ account: alice, ...range, direct: true });
  await rig.send(...plugIn({ ...ofDeployer(), plugin: rig.at.plugin, config: pluginFlags.beforePosition }));
  await rig.send(setPluginBurnFee({ ...ofPlugin(), fee: 10_000 }));
  expect(logged(await rig.remove(position, 1000n * unit), "pluginFee", "amount0", "amount1")).toEqual([
    ["BurnFee", 10_000],
    ["Burn", 29_257_480_770_345_798n, 29_257_480_770_345_798n],
  ]);
});

test("a new spacing holds for new positions, and closing old ones still works", async () => {
  await fresh();
  const { position } = await rig.open({ account: alice, ...range });
  await rig.send(setAlgebraPool({ ...ofDeployer(), functionName: "setTickSpacing", value: 100 }));
  const read = { address: rig.pool, abi: algebraPoolAbi, functionName: "tickSpacing" } as const;
  expect(await client.readContract(read)).toBe(100);
  await rig.open({ account: alice, tickLower: -100, tickUpper: 100, liquidity: unit });
  await rig.close(position);
});
