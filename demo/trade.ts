import { getSqrtPriceAtTick } from "../src/math/tickMath.ts";
import { poolAbi, positionManagerAbi } from "./chain/abis.ts";
import type { ChainClient } from "./chain/client.ts";
import { collectNft, decreaseNft } from "./chain/managerCalls.ts";
import { swap } from "./chain/poolCalls.ts";
import type { Randomness } from "./chain/randomness.ts";
import { type Call, sendInOneBlock } from "./chain/sendInOneBlock.ts";
import type { Market } from "./scenario.ts";

/** More than any swap takes: the price limit ends it. */
const plenty = 2n ** 100n;

/**
 * Mines one block of the market's life: one to three swaps that walk the price at random around its home, and in some
 * blocks an LP that withdraws a third or collects. Never an empty block.
 */
export async function tradeOneBlock(client: ChainClient, market: Market, random: Randomness): Promise<void> {
  const { pool } = market.key;
  let [, tick] = await client.readContract({ address: pool, abi: poolAbi, functionName: "slot0" });
  const calls: Call[] = [];
  for (let swaps = random.whole(1, 3); swaps > 0; swaps--) {
    const homeward = Math.round((market.homeTick - tick) / 200);
    const move = homeward + random.whole(-180, 180);
    if (move === 0) continue;
    tick += move;
    const from = random.pick(market.traders) ?? market.deployment.deployer;
    const limit = getSqrtPriceAtTick(tick);
    // The price of a tick is its lower end, so the next move down still starts above it.
    calls.push(
      swap({ caller: market.deployment.caller, from, pool, zeroForOne: move < 0, amount: plenty, limit }),
    );
  }
  if (calls.length === 0 || random.chance(0.08))
    calls.push(...(await liquidityCalls(client, market, random)));
  // After days an LP may have nothing left to withdraw: no reason to stop.
  await sendInOneBlock(client, calls, { allowRevert: true });
}

async function liquidityCalls(
  client: ChainClient,
  { deployment, nfts }: Market,
  random: Randomness,
): Promise<Call[]> {
  const nft = random.pick(nfts);
  if (nft === undefined) return [];
  const { positionManager: address } = deployment;
  const read = { address, abi: positionManagerAbi, functionName: "positions", args: [nft.tokenId] } as const;
  const liquidity = (await client.readContract(read))[7];
  const at = { manager: address, from: nft.owner, tokenId: nft.tokenId };
  const withdraw = random.chance(0.5) ? [decreaseNft({ ...at, liquidity: liquidity / 3n })] : [];
  return [...withdraw, collectNft(at)];
}
