import type { Address, TransactionReceipt } from "viem";
import type { ChainClient } from "../../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  sortTokens,
} from "../../../demo/chain/deploy.ts";
import { burnDirect, mintDirect, swap } from "../../../demo/chain/poolCalls.ts";
import { seededRandomness } from "../../../demo/chain/randomness.ts";
import { readPoolState } from "../../../demo/chain/readPoolState.ts";
import { type Call, sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";

export type Lp = { owner: Address; tickLower: number; tickUpper: number };
/** Who sent a swap: those who know the market's price, those who do not, and one who surrounds another's. */
export type Trader = "ARBITRAGE" | "NOISE" | "SANDWICH";
/** `traders`: by transaction hash. */
export type FlowScript = {
  at: Deployment;
  pool: Address;
  lps: Lp[];
  traders: Map<string, Trader>;
  sandwichBlock: number;
};

const Q96 = 2n ** 96n;
const E18 = 10n ** 18n;
const BLOCKS = 40;
const SECONDS = 60;

/**
 * A pool of three LPs, its market price a random walk that arbitrage follows up to the fee, noise that does not care, a
 * change of liquidity between two swaps of one block, and at last a sandwich: up, up, and back to where it began.
 */
export async function scriptFlow(client: ChainClient): Promise<FlowScript> {
  const at = await deployUniswapV3(client);
  const [maker, other, informed, noisy] = at.accounts;
  if (!maker || !other || !informed || !noisy) throw new Error("Anvil has too few accounts");
  const named = { name: "Test", symbol: "TST", decimals: 18 };
  const [a, b] = [
    await deployToken(client, at.deployer, named),
    await deployToken(client, at.deployer, named),
  ];
  const [token0, token1] = sortTokens(a, b);
  await fund(client, at, [token0, token1], [maker, other, informed, noisy]);
  const terms = { token0, token1, fee: 500, tickSpacing: 10, sqrtPriceX96: Q96 };
  const { pool } = await createPool(client, at, terms);
  const lps = [
    { owner: maker, tickLower: -60_000, tickUpper: 60_000, liquidity: 2_000n * E18 },
    { owner: maker, tickLower: -300, tickUpper: 310, liquidity: 5_000n * E18 },
    { owner: other, tickLower: -120, tickUpper: 60, liquidity: 9_000n * E18 },
  ];
  const { caller } = at;
  await sendInOneBlock(
    client,
    lps.map((lp) => mintDirect({ caller, from: lp.owner, pool, ...lp })),
  );
  const traders = new Map<string, Trader>();
  const note = (receipts: TransactionReceipt[], kinds: readonly (Trader | null)[]) => {
    for (const [i, kind] of kinds.entries()) if (kind) traders.set(receipts[i]?.transactionHash ?? "", kind);
  };
  const random = seededRandomness(12);
  let market = 1;
  for (let i = 0; i < BLOCKS; i++) {
    market *= Math.exp((random.whole(-100, 100) / 100) * 0.006);
    const calls: Call[] = [];
    const kinds: (Trader | null)[] = [];
    for (let j = random.whole(0, 2); j > 0; j--) {
      const zeroForOne = random.chance(0.5);
      calls.push(
        swap({ caller, from: noisy, pool, zeroForOne, amount: BigInt(random.whole(1, 400)) * 10n ** 16n }),
      );
      kinds.push("NOISE");
    }
    if (i === BLOCKS / 2) {
      const tenth = { pool, tickLower: -300, tickUpper: 310, liquidity: 500n * E18 };
      calls.push(burnDirect({ from: maker, ...tenth }));
      kinds.push(null);
    }
    const arbitrage = arbitrageOf((await readPoolState(client, pool)).sqrtPriceX96, market);
    if (arbitrage !== null) {
      calls.push(swap({ caller, from: informed, pool, amount: 10n ** 30n, ...arbitrage }));
      kinds.push("ARBITRAGE");
    }
    await setTime(client);
    note(await sendInOneBlock(client, calls, { allowRevert: true }), kinds);
  }
  // At rest, so that the sandwich stands for itself.
  await setTime(client);
  await client.mine({ blocks: 1 });
  const { sqrtPriceX96: limit } = await readPoolState(client, pool);
  await setTime(client);
  const sandwich = await sendInOneBlock(client, [
    swap({ caller, from: informed, pool, zeroForOne: false, amount: 20n * E18 }),
    swap({ caller, from: noisy, pool, zeroForOne: false, amount: 5n * E18 }),
    swap({ caller, from: informed, pool, zeroForOne: true, amount: 10n ** 30n, limit }),
  ]);
  note(sandwich, ["SANDWICH", "NOISE", "SANDWICH"]);
  return { at, pool, lps, traders, sandwichBlock: Number(sandwich[0]?.blockNumber) };
}

/** To the market's price less what the fee eats; null where that is not worth a swap. */
function arbitrageOf(sqrtPriceX96: bigint, market: number): { zeroForOne: boolean; limit: bigint } | null {
  const price = (Number(sqrtPriceX96) / 2 ** 96) ** 2;
  const zeroForOne = price > market;
  const aim = zeroForOne ? market / (1 - 0.0005) : market * (1 - 0.0005);
  if (zeroForOne ? aim >= price : aim <= price) return null;
  return { zeroForOne, limit: (BigInt(Math.round(Math.sqrt(aim) * 2 ** 50)) * Q96) / 2n ** 50n };
}

async function setTime(client: ChainClient): Promise<void> {
  const { timestamp } = await client.getBlock();
  await client.setNextBlockTimestamp({ timestamp: timestamp + BigInt(SECONDS) });
}
