import type { Address } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAlgebraRig } from "../../demo/chain/algebraRig.ts";
import { type Anvil, startAnvil } from "../../demo/chain/anvil.ts";
import { type ChainClient, chainClient } from "../../demo/chain/client.ts";
import { startPancakeV3Rig } from "../../demo/chain/pancakeV3Rig.ts";
import type { ProtocolRig } from "../../demo/chain/protocolRig.ts";
import { startUniswapV2Rig } from "../../demo/chain/uniswapV2Rig.ts";
import { startUniswapV3Rig } from "../../demo/chain/uniswapV3Rig.ts";
import { startUniswapV4Rig } from "../../demo/chain/uniswapV4Rig.ts";

const starts: Record<ProtocolRig["protocol"], (client: ChainClient) => Promise<ProtocolRig>> = {
  UNISWAP_V2: startUniswapV2Rig,
  UNISWAP_V3: startUniswapV3Rig,
  UNISWAP_V4: startUniswapV4Rig,
  PANCAKESWAP_V3: startPancakeV3Rig,
  ALGEBRA_INTEGRAL: startAlgebraRig,
};
let anvil: Anvil;
beforeAll(async () => {
  anvil = await startAnvil({ timestamp: 1_700_000_000 });
});
afterAll(() => anvil.stop());

test.each(Object.entries(starts))("%s is driven as every other protocol is", async (protocol, start) => {
  const client = chainClient(anvil.url);
  const rig = await start(client);
  expect(rig.protocol).toBe(protocol);
  const [alice, bob, trader] = rig.accounts as [Address, Address, Address];
  const order = { account: alice, tickLower: -600, tickUpper: 600, liquidity: 1_000_000_000_000n };
  const { position } = await rig.open(order);
  const other = await rig.open({ ...order, account: bob });
  const opened = await rig.liquidityOf(position);
  // Position managers take amounts, rounded up: what they make of them is a little more.
  const more = opened - order.liquidity;
  expect(more >= 0n && more < 100n).toBe(true);

  await rig.swap({ account: trader, zeroForOne: true, amount: 1_000_000_000n });
  const { sqrtPriceX96: low } = await rig.price();
  expect(low < 2n ** 96n).toBe(true);
  await rig.swap({ account: trader, zeroForOne: false, amount: -1_000_000_000n });
  expect((await rig.price()).sqrtPriceX96 > low).toBe(true);

  await rig.add(position, 1_000_000n);
  await rig.remove(position, 2_000_000n);
  const less = opened - (await rig.liquidityOf(position));
  expect(less > 999_000n && less <= 1_000_000n).toBe(true);
  if (protocol !== "UNISWAP_V2") await rig.collect(position);
  const handedOver = await rig.transfer(position, trader);
  expect(handedOver.position.account).toBe(trader);
  await rig.close(handedOver.position);
  await rig.close(other.position);
  // v2 keeps what the first deposit left with nobody.
  expect((await rig.price()).liquidity < 2000n).toBe(true);
});
