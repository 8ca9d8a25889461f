import type { Address } from "viem";
import { poolAbi } from "./abis.ts";
import type { ChainClient } from "./client.ts";

/** What a v3 pool keeps of its price and its fees, as its getters say it. */
export interface PoolState {
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  feeGrowthGlobal0X128: bigint;
  feeGrowthGlobal1X128: bigint;
  protocolFees0: bigint;
  protocolFees1: bigint;
}

/** Reads them all at the newest block, in one HTTP request. @example (await readPoolState(client, pool)).tick */
export async function readPoolState(client: ChainClient, address: Address): Promise<PoolState> {
  const read = { address, abi: poolAbi } as const;
  const [[sqrtPriceX96, tick], liquidity, growth0, growth1, protocolFees] = await Promise.all([
    client.readContract({ ...read, functionName: "slot0" }),
    client.readContract({ ...read, functionName: "liquidity" }),
    client.readContract({ ...read, functionName: "feeGrowthGlobal0X128" }),
    client.readContract({ ...read, functionName: "feeGrowthGlobal1X128" }),
    client.readContract({ ...read, functionName: "protocolFees" }),
  ]);
  return {
    sqrtPriceX96,
    tick,
    liquidity,
    feeGrowthGlobal0X128: growth0,
    feeGrowthGlobal1X128: growth1,
    protocolFees0: protocolFees[0],
    protocolFees1: protocolFees[1],
  };
}
