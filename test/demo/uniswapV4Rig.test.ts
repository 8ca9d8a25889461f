import { type Address, decodeEventLog, encodeFunctionData, parseAbi, type TransactionReceipt } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { v4PositionManagerAbi, v4StateViewAbi } from "../../demo/chain/uniswapV4Abis.ts";
import {
  collectV4ProtocolFees,
  donateV4,
  mintV4Nft,
  setV4DynamicFee,
  setV4OverrideFee,
  setV4ProtocolFee,
} from "../../demo/chain/uniswapV4Calls.ts";
import { deployHook, dynamicFee, v4PoolId } from "../../demo/chain/uniswapV4Contracts.ts";
import { addV4Pool, startUniswapV4Rig, type V4Rig } from "../../demo/chain/uniswapV4Rig.ts";

const price1 = 79228162514264337593543950336n;
const unit = 1_000_000_000_000_000n;
const range = { tickLower: -600, tickUpper: 600, liquidity: 1000n * unit };
const swapEvent = parseAbi([
  "event Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint24 fee)",
]);

let anvil: Anvil;
let client: ChainClient;
let rig: V4Rig;
let alice: Address;
let bob: Address;
let trader: Address;
beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
  rig = await startUniswapV4Rig(client);
  [alice, bob, trader] = rig.accounts as [Address, Address, Address];
});
afterAll(() => anvil.stop());

const balance = (token: Address, account: Address) =>
  client.readContract({ address: token, abi: tokenAbi, functionName: "balanceOf", args: [account] });

/** What the manager logs of a swap: amounts as the swapper's balance changes. */
function swapped({ logs }: TransactionReceipt) {
  const log = logs.find(({ address }) => address === rig.factory.toLowerCase());
  const { args } = decodeEventLog({ abi: swapEvent, data: log?.data, topics: log?.topics ?? [] } as never);
  const { amount0, amount1, fee } = args as unknown as { amount0: bigint; amount1: bigint; fee: number };
  return { amount0, amount1, fee };
}

const onFreshPool = (terms: Parameters<typeof addV4Pool>[3]) =>
  addV4Pool(client, rig.at, [rig.token0, rig.token1], terms);

test("an NFT is opened, traded against, added to, taken from, handed over and burnt", async () => {
  const { position } = await rig.open({ account: alice, ...range });
  expect(position.tokenId).toBe(1n);
  expect(await rig.liquidityOf(position)).toBe(1000n * unit);

  expect(swapped(await rig.swap({ account: trader, zeroForOne: true, amount: unit }))).toEqual({
    amount0: -1_000_000_000_000_000n,
    amount1: 996_006_981_039_903n,
    fee: 3000,
  });
  expect((await rig.price()).sqrtPriceX96).toBe(79149250711305166342700278159n);
  const exactOut = { account: trader, zeroForOne: false, amount: -100_000_000_000_000n };
  expect(swapped(await rig.swap(exactOut)).amount0).toBe(100_000_000_000_000n);
  await rig.swap({ account: trader, zeroForOne: false, amount: 1000n * unit, limit: price1 });
  expect((await rig.price()).sqrtPriceX96).toBe(price1);

  await rig.add(position, 500n * unit);
  await rig.remove(position, 100n * unit);
  expect(await rig.liquidityOf(position)).toBe(1400n * unit);
  const handedOver = await rig.transfer(position, bob);
  const owner = {
    address: rig.at.positionManager,
    abi: v4PositionManagerAbi,
    functionName: "ownerOf",
  } as const;
  expect(await client.readContract({ ...owner, args: [1n] })).toBe(bob);
  await rig.close(handedOver.position);
  expect(await rig.liquidityOf(position)).toBe(0n);
  await expect(client.readContract({ ...owner, args: [1n] })).rejects.toThrow("NOT_MINTED");
});

test("a position without an NFT collects a donation and both protocol fees are taken of the input", async () => {
  const pool = await onFreshPool({ fee: 500, tickSpacing: 10 });
  const { position } = await pool.open({ account: alice, ...range, direct: true });
  const through = { at: pool.at, key: pool.key, from: pool.deployer };
  await pool.send(setV4ProtocolFee({ ...through, fee0: 500, fee1: 1000 }));
  const slot0 = { address: pool.at.stateView, abi: v4StateViewAbi, functionName: "getSlot0" } as const;
  const [, , protocolFee, lpFee] = await client.readContract({ ...slot0, args: [pool.pool] });
  expect([protocolFee, lpFee]).toEqual([4_096_500, 500]);
  // 500 + 500 - 0.25, rounded up.
  expect(swapped(await pool.swap({ account: trader, zeroForOne: true, amount: unit })).fee).toBe(1000);

  const before = await balance(pool.token0, pool.deployer);
  await pool.send(collectV4ProtocolFees({ ...through, currency: pool.token0 }));
  expect((await balance(pool.token0, pool.deployer)) - before).toBe(500_000_000_000n);

  const held = await balance(pool.token1, alice);
  await pool.send(donateV4({ ...through, amount0: 0n, amount1: 2_000_000n }));
  await pool.collect(position);
  // The donation, rounded down by the fee growth.
  expect((await balance(pool.token1, alice)) - held).toBe(1_999_999n);
});

test("a hook sets a lasting fee, or one for each swap, and the swap's log says which", async () => {
  const pool = await onFreshPool({ fee: dynamicFee, hooks: await deployHook(client, rig.at, "V4FeeHook") });
  await pool.open({ account: alice, ...range });
  const fee = async () => swapped(await pool.swap({ account: trader, zeroForOne: true, amount: unit })).fee;
  expect(await fee()).toBe(0);
  await pool.send(setV4DynamicFee({ at: pool.at, key: pool.key, from: alice, fee: 1234 }));
  expect(await fee()).toBe(1234);
  await pool.send(setV4OverrideFee({ key: pool.key, from: alice, fee: 9999 }));
  expect(await fee()).toBe(9999);
  await pool.send(setV4OverrideFee({ key: pool.key, from: alice, fee: null }));
  expect(await fee()).toBe(1234);
});

test("a hook with returned deltas takes a tenth of a swap's output and of a withdrawal", async () => {
  const hooks = await deployHook(client, rig.at, "V4TakingHook");
  expect(BigInt(hooks) & 0x3fffn).toBe(0x145n);
  const pool = await onFreshPool({ hooks });
  const { position } = await pool.open({ account: alice, ...range });
  await pool.swap({ account: trader, zeroForOne: false, amount: unit });
  expect(await balance(pool.token0, hooks)).toBe(99_600_698_103_990n);
  const before = await balance(pool.token1, alice);
  await pool.close(position);
  // Principal 30,550,010,879,137,169 and the swap's fee of 2,999,999,999,999, less a tenth.
  const [paid, taken] = [(await balance(pool.token1, alice)) - before, await balance(pool.token1, hooks)];
  expect([paid, taken]).toEqual([27_497_709_791_223_452n, 3_055_301_087_913_716n]);
});

test("a hook that fills swaps itself leaves the pool's amounts and price at nothing and as it was", async () => {
  const hooks = await deployHook(client, rig.at, "V4CurveHook");
  const pool = await onFreshPool({ hooks });
  await pool.open({ account: alice, ...range });
  const args = [hooks, 1000n * unit] as const;
  const mint = encodeFunctionData({ abi: tokenAbi, functionName: "mint", args });
  await pool.send({ from: alice, to: pool.token1, data: mint });
  const before = await balance(pool.token1, trader);
  const receipt = await pool.swap({ account: trader, zeroForOne: true, amount: unit });
  const logs = receipt.logs.filter(({ address }) => address === rig.factory.toLowerCase());
  expect(logs).toHaveLength(1);
  expect(swapped(receipt)).toMatchObject({ amount0: 0n, amount1: 0n });
  expect((await balance(pool.token1, trader)) - before).toBe(unit);
  expect((await pool.price()).sqrtPriceX96).toBe(price1);
});

test("ether is currency 0 of a pool, and what is sent too much comes back", async () => {
  const ether: Address = "0x0000000000000000000000000000000000000000";
  const pool = await addV4Pool(client, rig.at, [ether, rig.token1]);
  expect(pool.pool).toBe(v4PoolId(pool.key));
  const before = await client.getBalance({ address: pool.factory });
  const through = { at: pool.at, key: pool.key, from: alice, value: 1000n * unit };
  await pool.send(mintV4Nft({ ...through, ...range }));
  expect((await client.getBalance({ address: pool.factory })) - before).toBe(29_553_010_879_137_170n);
  expect(await client.getBalance({ address: pool.at.positionManager })).toBe(0n);
});
