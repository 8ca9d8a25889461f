import { type Address, keccak256 } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { v2PairAbi } from "../../demo/chain/uniswapV2Abis.ts";
import { flashV2, giveToPair, setFeeTo, skimPair, syncPair } from "../../demo/chain/uniswapV2Calls.ts";
import { startUniswapV2Rig, type V2Rig } from "../../demo/chain/uniswapV2Rig.ts";

let anvil: Anvil;
let client: ChainClient;
let rig: V2Rig;
let alice: Address;
let bob: Address;
let trader: Address;
beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
});
afterAll(() => anvil.stop());

async function fresh() {
  rig = await startUniswapV2Rig(client);
  [alice, bob, trader] = rig.accounts as [Address, Address, Address];
  return rig;
}
const ofPair = () => ({ address: rig.pool, abi: v2PairAbi }) as const;
const reserves = async () =>
  (await client.readContract({ ...ofPair(), functionName: "getReserves" })).slice(0, 2);
const balance = (token: Address, account: Address) =>
  client.readContract({ address: token, abi: tokenAbi, functionName: "balanceOf", args: [account] });
const whole = { tickLower: 0, tickUpper: 0 };

test("the published factory deploys the pair whose init code hash the canonical one is", () => {
  const { bytecode } = publishedArtifact("uniswapV2Pair");
  expect(publishedArtifact("uniswapV2Factory").bytecode).toContain(bytecode.slice(2));
  expect(keccak256(bytecode)).toBe("0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f");
});

test("shares are minted, traded against, added to, handed over and burnt", async () => {
  await fresh();
  const { position } = await rig.open({ account: alice, ...whole, liquidity: 1_000_000n });
  expect(await rig.liquidityOf(position)).toBe(1_000_000n);
  expect(await reserves()).toEqual([1_001_000n, 1_001_000n]);
  expect(await rig.price()).toEqual({ sqrtPriceX96: 79228162514264337593543950336n, liquidity: 1_001_000n });

  await rig.swap({ account: trader, zeroForOne: true, amount: 10_000n });
  expect(await reserves()).toEqual([1_011_000n, 991_129n]);
  await rig.swap({ account: trader, zeroForOne: false, amount: -10_000n });
  expect(await reserves()).toEqual([1_001_000n, 1_001_061n]);

  await rig.add(position, 500_000n);
  expect(await rig.liquidityOf(position)).toBe(500_000n + 1_000_000n);
  const { position: handedOver } = await rig.transfer(position, bob);
  expect([await rig.liquidityOf(position), await rig.liquidityOf(handedOver)]).toEqual([0n, 1_500_000n]);
  await rig.remove(handedOver, 500_000n);
  await rig.close(handedOver);
  expect(await rig.liquidityOf(handedOver)).toBe(0n);
  expect(await client.readContract({ ...ofPair(), functionName: "totalSupply" })).toBe(1000n);
  await expect(rig.collect(position)).rejects.toThrow("UNISWAP_V2 has no collect");
});

test("with feeTo set, a sixth of the growth is minted to it at the next deposit or withdrawal", async () => {
  await fresh();
  await rig.send(setFeeTo({ from: rig.deployer, factory: rig.factory, feeTo: bob }));
  const { position } = await rig.open({ account: alice, ...whole, liquidity: 1_000_000_000n });
  expect(await client.readContract({ ...ofPair(), functionName: "kLast" })).toBe(1_000_002_000_001_000_000n);
  await rig.swap({ account: trader, zeroForOne: true, amount: 100_000_000n });
  expect(await balance(rig.pool, bob)).toBe(0n);
  await rig.remove(position, 1000n);
  expect(await balance(rig.pool, bob)).toBe(22_729n);
});

test("gifts are nobody's until a sync, may be skimmed before, and a flash loan pays its fee", async () => {
  await fresh();
  await rig.open({ account: alice, ...whole, liquidity: 1_000_000n });
  const { deployer: from, pool: pair, token0: token } = rig;
  await rig.send(giveToPair({ from, pair, token, amount: 77n }), skimPair({ from, pair }));
  expect(await balance(token, pair)).toBe(1_001_000n);
  await rig.send(giveToPair({ from, pair, token, amount: 77n }), syncPair({ from, pair }));
  expect(await reserves()).toEqual([1_001_077n, 1_001_000n]);
  const loan = { caller: rig.at.caller, from, pair, out0: 1000n, out1: 1000n, in0: 1004n, in1: 1004n };
  await rig.send(flashV2(loan));
  expect(await reserves()).toEqual([1_001_081n, 1_001_004n]);
});
