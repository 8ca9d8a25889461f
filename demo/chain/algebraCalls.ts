/**
 * Transactions to Algebra that differ from v3's. Where they do not, `managerCalls.ts` and `poolCalls.ts` serve it:
 * its position manager's other functions, and AlgebraCaller.sol, are called like theirs.
 */
import { type Address, encodeFunctionData, zeroAddress } from "viem";
import { algebraCallerAbi, algebraManagerAbi, algebraPluginAbi, algebraPoolAbi } from "./algebraAbis.ts";
import type { DesiredAmounts, Manager } from "./managerCalls.ts";
import type { Range } from "./poolCalls.ts";
import type { Call } from "./sendInOneBlock.ts";

const forever = 2n ** 256n - 1n;

/** @param deployer of a custom pool; the zero address (default): the pair's own. */
export function mintAlgebraNft({
  manager,
  from,
  recipient = from,
  deployer = zeroAddress,
  ...params
}: Manager &
  DesiredAmounts & {
    token0: Address;
    token1: Address;
    tickLower: number;
    tickUpper: number;
    deployer?: Address;
    recipient?: Address;
  }): Call {
  const args = [
    { ...params, deployer, recipient, amount0Min: 0n, amount1Min: 0n, deadline: forever },
  ] as const;
  return {
    from,
    to: manager,
    data: encodeFunctionData({ abi: algebraManagerAbi, functionName: "mint", args }),
  };
}

/** Takes liquidity out of the sender's core position; 0 is a poke, which is not logged. */
export function burnAlgebra({
  from,
  pool,
  tickLower,
  tickUpper,
  liquidity,
}: Range & { from: Address; liquidity: bigint }): Call {
  const args = [tickLower, tickUpper, liquidity, "0x"] as const;
  return { from, to: pool, data: encodeFunctionData({ abi: algebraPoolAbi, functionName: "burn", args }) };
}

/** Swaps exactly so much in, paying the pool before it swaps. */
export function swapInAdvance({
  caller,
  from,
  pool,
  zeroForOne,
  amount,
  limit,
}: {
  caller: Address;
  from: Address;
  pool: Address;
  zeroForOne: boolean;
  amount: bigint;
  limit?: bigint;
}): Call {
  const farthest = zeroForOne ? 4295128740n : 1461446703485210103287273052203988822378723970341n;
  const args = [pool, from, zeroForOne, amount, limit ?? farthest, from] as const;
  return {
    from,
    to: caller,
    data: encodeFunctionData({ abi: algebraCallerAbi, functionName: "swapInAdvance", args }),
  };
}

interface ToPlugin {
  from: Address;
  plugin: Address;
}

/**
 * Fees in pips that the plugin answers with when a swap begins; 0: none. The override stands in for the pool's fee, if
 * the pool's config has the dynamic-fee flag (else the swap reverts); the plugin's comes on top and is the plugin's.
 */
export function setPluginSwapFees({
  from,
  plugin,
  overrideFee,
  pluginFee,
}: ToPlugin & { overrideFee: number; pluginFee: number }): Call {
  const args = [overrideFee, pluginFee] as const;
  return {
    from,
    to: plugin,
    data: encodeFunctionData({ abi: algebraPluginAbi, functionName: "setSwapFees", args }),
  };
}

/** Pips of a withdrawal's amounts that go to the plugin. */
export function setPluginBurnFee({ from, plugin, fee }: ToPlugin & { fee: number }): Call {
  const data = encodeFunctionData({ abi: algebraPluginAbi, functionName: "setBurnFee", args: [fee] });
  return { from, to: plugin, data };
}

/** The plugin has the pool count what it holds over its reserves, or gives itself that ("skim"). */
export function balancePool({
  from,
  plugin,
  pool,
  by,
}: ToPlugin & { pool: Address; by: "sync" | "skim" }): Call {
  return {
    from,
    to: plugin,
    data: encodeFunctionData({ abi: algebraPluginAbi, functionName: by, args: [pool] }),
  };
}
