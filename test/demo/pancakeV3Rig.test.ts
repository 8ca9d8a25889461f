import { type Address, decodeEventLog, keccak256, parseAbi } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenAbi } from "../../demo/chain/abis.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { publishedArtifact } from "../../demo/chain/artifacts.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { collectPancakeProtocol, setPancakeFeeProtocol } from "../../demo/chain/pancakeV3Contracts.ts";
import { addPancakePool, startPancakeV3Rig } from "../../demo/chain/pancakeV3Rig.ts";
import { flash } from "../../demo/chain/poolCalls.ts";
import { startUniswapV3Rig } from "../../demo/chain/uniswapV3Rig.ts";

const unit = 1_000_000_000_000_000n;
const range = { tickLower: -600, tickUpper: 600, liquidity: 1000n * unit };
const swapAbi = parseAbi([
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint128 protocolFeesToken0, uint128 protocolFeesToken1)",
]);

let anvil: Anvil;
let client: ChainClient;
beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
  client = chainClient(anvil.url);
});
afterAll(() => anvil.stop());

test("the published pool has the canonical init code hash of PancakeSwap v3", () => {
  expect(keccak256(publishedArtifact("pancakeV3Pool").bytecode)).toBe(
    "0x6ce8eb472fa82df5469c6ab6d485f17c3ad13c8cd7af59b3d4a8026c5ce0f7e2",
  );
});

test("an NFT is opened, traded against, added to, collected from, handed over and burnt, as on Uniswap v3", async () => {
  for (const start of [startPancakeV3Rig, startUniswapV3Rig]) {
    const rig = await start(client, { fee: 500, tickSpacing: 10 });
    const [alice, bob, trader] = rig.accounts as [Address, Address, Address];
    const { position } = await rig.open({ account: alice, ...range });
    expect(position.tokenId).toBe(1n);
    expect(await rig.liquidityOf(position)).toBe(1_000_000_000_000_000_010n);
    await rig.swap({ account: trader, zeroForOne: true, amount: unit });
    expect((await rig.price()).sqrtPriceX96).toBe(79149053035755100371513717161n);
    await rig.add(position, 100n * unit);
    await rig.remove(position, 100n * unit);
    await rig.collect(position);
    const { position: handedOver } = await rig.transfer(position, bob);
    await rig.close(handedOver);
    await expect(rig.liquidityOf(position)).rejects.toThrow("Invalid token ID");
  }
});

test("a core position of an account is opened, collected from and closed", async () => {
  const rig = await startPancakeV3Rig(client);
  const [alice, , trader] = rig.accounts as [Address, Address, Address];
  const { position } = await rig.open({ account: alice, ...range, direct: true });
  await rig.swap({ account: trader, zeroForOne: true, amount: unit });
  const args = [alice] as const;
  const read = { address: rig.token0, abi: tokenAbi, functionName: "balanceOf", args } as const;
  const before = await client.readContract(read);
  await rig.collect(position);
  // 2500 pips, less the protocol's 32 % (the default of that fee).
  expect((await client.readContract(read)) - before).toBe(1_699_999_999_999n);
  await rig.close(position);
  expect(await rig.liquidityOf(position)).toBe(0n);
});

test("the protocol's part is in the swap's own log, of 10,000, and is paid out by the factory", async () => {
  const rig = await startPancakeV3Rig(client, { fee: 100, tickSpacing: 1 });
  const [alice, , trader] = rig.accounts as [Address, Address, Address];
  await rig.open({ account: alice, ...range });
  const of = { from: rig.deployer, factory: rig.factory, pool: rig.pool };
  await rig.send(setPancakeFeeProtocol({ ...of, part0: 4000, part1: 1000 }));
  const { logs } = await rig.swap({ account: trader, zeroForOne: true, amount: unit });
  const log = logs.find(({ address }) => address === rig.pool.toLowerCase());
  const { args } = decodeEventLog({
    abi: swapAbi,
    data: log?.data ?? "0x",
    topics: log?.topics ?? [],
  } as never);
  expect(args).toMatchObject({ protocolFeesToken0: 40_000_000_000n, protocolFeesToken1: 0n });
  const [collected] = await rig.send(collectPancakeProtocol(of));
  expect(BigInt(`0x${collected?.logs[0]?.data.slice(2)}`)).toBe(39_999_999_999n);

  const loan = { caller: rig.at.caller, from: trader, pool: rig.pool, amount0: 1000n, amount1: 0n };
  await rig.send(flash({ ...loan, extra0: 1n, extra1: 0n }));
  const pool = await addPancakePool(client, rig.at, [rig.token0, rig.token1], { fee: 777, tickSpacing: 7 });
  expect([pool.key.fee, pool.tickSpacing]).toEqual([777, 7]);
});
