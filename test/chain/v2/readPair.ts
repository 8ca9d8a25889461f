import type { Address } from "viem";
import { v2PairAbi } from "../../../demo/chain/uniswapV2Abis.ts";
import type { V2Rig } from "../../../demo/chain/uniswapV2Rig.ts";

/** All that a pair answers of itself. */
export type ChainPair = {
  reserve0: bigint;
  reserve1: bigint;
  supply: bigint;
  kLast: bigint;
  held: Map<Address, bigint>;
  /** Tokens that came without a Sync, which no log of the pair shows. */
  unsynced: boolean;
};

export async function readPair(
  { client, pool: pair, token0, token1 }: V2Rig,
  holders: readonly Address[],
): Promise<ChainPair> {
  const at = { address: pair, abi: v2PairAbi } as const;
  const [[reserve0, reserve1], balance0, balance1, supply, kLast, ...balances] = await Promise.all([
    client.readContract({ ...at, functionName: "getReserves" }),
    client.readContract({ ...at, address: token0, functionName: "balanceOf", args: [pair] }),
    client.readContract({ ...at, address: token1, functionName: "balanceOf", args: [pair] }),
    client.readContract({ ...at, functionName: "totalSupply" }),
    client.readContract({ ...at, functionName: "kLast" }),
    ...holders.map((holder) => client.readContract({ ...at, functionName: "balanceOf", args: [holder] })),
  ]);
  return {
    ...{ reserve0, reserve1, supply, kLast },
    unsynced: balance0 !== reserve0 || balance1 !== reserve1,
    held: new Map(holders.map((holder, i) => [holder, balances[i] ?? 0n])),
  };
}
