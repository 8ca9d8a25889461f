import { parseEventLogs } from "viem";
import { positionManagerAbi } from "../../../demo/chain/abis.ts";
import type { ChainClient } from "../../../demo/chain/client.ts";
import { createPool } from "../../../demo/chain/deploy.ts";
import type { RandomHistory } from "../../../demo/chain/history.ts";
import { mintNft, transferNft } from "../../../demo/chain/managerCalls.ts";
import { swap } from "../../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../../demo/chain/sendInOneBlock.ts";

export type Scripted = { id: string; pool: `0x${string}` };

const ONE = 2n ** 96n;
/** The square root of 2. */
const DOUBLED = 112_045_541_949_572_279_837_463_876_454n;
const MILLION = 10n ** 12n;

/**
 * The case of metrics.md 4.5 on a pool without fees: a million token1 (of 6 decimals) and as many raw units of token0
 * over all prices at raw price 1, handed over at price 2; then the price comes back.
 */
export async function transferAtTwice(
  client: ChainClient,
  { deployment, pools }: RandomHistory,
): Promise<Scripted> {
  const [first] = pools;
  const [from, to] = deployment.accounts;
  if (first === undefined || from === undefined || to === undefined) throw new RangeError("no world to use");
  const { caller, positionManager: manager } = deployment;
  const { token0, token1 } = first;
  const terms = { token0, token1, fee: 0, tickSpacing: 200, sqrtPriceX96: ONE };
  const key = await createPool(client, deployment, terms);
  const range = { tickLower: -887_200, tickUpper: 887_200 };
  const amounts = { amount0Desired: MILLION, amount1Desired: MILLION };
  const [receipt] = await sendInOneBlock(client, [mintNft({ manager, from, key, ...range, ...amounts })]);
  const [minted] = parseEventLogs({
    abi: positionManagerAbi,
    eventName: "Transfer",
    logs: receipt?.logs ?? [],
  });
  const tokenId = minted?.args.tokenId ?? 0n;
  const trade = { caller, from, pool: key.pool, amount: 2n ** 100n };
  await sendInOneBlock(client, [swap({ ...trade, zeroForOne: false, limit: DOUBLED })]);
  await sendInOneBlock(client, [transferNft({ manager, from, to, tokenId })]);
  await sendInOneBlock(client, [swap({ ...trade, zeroForOne: true, limit: ONE })]);
  return { id: `31337:${manager}:${tokenId}`.toLowerCase(), pool: key.pool };
}
