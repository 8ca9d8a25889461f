import { type Address, parseEventLogs, type TransactionReceipt } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import type { ChainClient } from "../../demo/chain/client.ts";
import {
  createPool,
  type Deployment,
  deployToken,
  deployUniswapV3,
  fund,
  type PoolKey,
  sortTokens,
} from "../../demo/chain/deploy.ts";
import { mintDirect, swap } from "../../demo/chain/poolCalls.ts";
import { sendInOneBlock } from "../../demo/chain/sendInOneBlock.ts";
import { MAX_TICK, MIN_TICK } from "../../src/math/tickMath.ts";

/** So little that all tokens of an account push the price from one end to the other. */
const LIQUIDITY = 10n ** 12n;

/** Each of 6,932 words is looked up once, at some 8,000 gas. */
const GAS = 200_000_000n;

export interface SweptPool {
  key: PoolKey;
  deployment: Deployment;
  owner: Address;
  minted: TransactionReceipt;
  /** One swap in a block of its own to the lowest price there is, the next one to the highest, and so on. */
  sweep(): Promise<LoggedSweep>;
}

export type LoggedSweep = {
  blockNumber: number;
  sender: Address;
  recipient: Address;
  amount0: bigint;
  amount1: bigint;
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
};

/** A pool of spacing 1 at price 1 whose only position is a full range: its bitmap is as empty as can be. */
export async function openSweptPool(client: ChainClient): Promise<SweptPool> {
  const deployment = await deployUniswapV3(client);
  const { deployer, caller, accounts } = deployment;
  const token = (symbol: string) => deployToken(client, deployer, { name: symbol, symbol, decimals: 18 });
  const [token0, token1] = sortTokens(await token("A"), await token("B"));
  const from = accounts[0] ?? deployer;
  await fund(client, deployment, [token0, token1], [from]);
  const terms = { token0, token1, fee: 100, tickSpacing: 1, sqrtPriceX96: 2n ** 96n };
  const key = await createPool(client, deployment, terms);
  const range = { tickLower: MIN_TICK, tickUpper: MAX_TICK };
  const { pool } = key;
  const mint = mintDirect({ caller, from, pool, owner: caller, ...range, liquidity: LIQUIDITY });
  const [minted] = await sendInOneBlock(client, [mint]);
  if (minted === undefined) throw new NoSweepError("mint");
  let zeroForOne = false;
  const sweep = async (): Promise<LoggedSweep> => {
    zeroForOne = !zeroForOne;
    const call = { ...swap({ caller, from, pool, zeroForOne, amount: 2n ** 111n }), gas: GAS };
    const [receipt] = await sendInOneBlock(client, [call]);
    const [log] = parseEventLogs({ abi: uniswapV3PoolAbi, eventName: "Swap", logs: receipt?.logs ?? [] });
    if (log === undefined) throw new NoSweepError("swap");
    return { blockNumber: Number(log.blockNumber), ...log.args };
  };
  return { key, deployment, owner: caller, minted, sweep };
}

export class NoSweepError extends Error {
  override readonly name = "NoSweepError";

  constructor(what: string) {
    super(`the ${what} of the swept pool left no log`);
  }
}
