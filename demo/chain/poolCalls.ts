/**
 * Transactions to a v3 pool without the position manager: directly, or through PoolCaller.sol where the pool calls
 * back. Each function only builds one: pass several to `sendInOneBlock`. The sender pays, and must have approved
 * PoolCaller (`fund` does it).
 */
import { type Address, encodeFunctionData, type Hex } from "viem";
import { poolAbi, poolCallerAbi } from "./abis.ts";
import type { Call } from "./sendInOneBlock.ts";

const everything = 2n ** 128n - 1n;

export interface Range {
  pool: Address;
  tickLower: number;
  tickUpper: number;
}

interface ThroughCaller {
  caller: Address;
  from: Address;
}

/** Puts liquidity into the core position of any owner: an account, PoolCaller, even the position manager. */
export function mintDirect({
  caller,
  from,
  pool,
  owner,
  tickLower,
  tickUpper,
  liquidity,
}: ThroughCaller & Range & { owner: Address; liquidity: bigint }): Call {
  const args = [pool, owner, tickLower, tickUpper, liquidity, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: poolCallerAbi, functionName: "mint", args }) };
}

/** Takes liquidity out of the owner's core position; 0 is a poke. The owner is the sender, or PoolCaller if given. */
export function burnDirect({
  caller,
  from,
  pool,
  tickLower,
  tickUpper,
  liquidity,
}: Range & { caller?: Address; from: Address; liquidity: bigint }): Call {
  const functionName = "burn";
  if (caller === undefined) {
    const args = [tickLower, tickUpper, liquidity] as const;
    return { from, to: pool, data: encodeFunctionData({ abi: poolAbi, functionName, args }) };
  }
  const args = [pool, tickLower, tickUpper, liquidity] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: poolCallerAbi, functionName, args }) };
}

/** Collects all that the owner's core position is owed, to the sender. Owner as in `burnDirect`. */
export function collectDirect({
  caller,
  from,
  pool,
  tickLower,
  tickUpper,
}: Range & { caller?: Address; from: Address }): Call {
  const functionName = "collect";
  if (caller === undefined) {
    const args = [from, tickLower, tickUpper, everything, everything] as const;
    return { from, to: pool, data: encodeFunctionData({ abi: poolAbi, functionName, args }) };
  }
  const args = [pool, from, tickLower, tickUpper, everything, everything] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: poolCallerAbi, functionName, args }) };
}

/**
 * @param amount over 0: exactly so much in; under 0: exactly so much out.
 * @param limit sqrtPriceX96 to stop at; a swap that reaches it takes less than `amount`.
 */
export function swap({
  caller,
  from,
  pool,
  zeroForOne,
  amount,
  limit,
}: ThroughCaller & { pool: Address; zeroForOne: boolean; amount: bigint; limit?: bigint }): Call {
  const farthest = zeroForOne ? 4295128740n : 1461446703485210103287273052203988822378723970341n;
  const args = [pool, from, zeroForOne, amount, limit ?? farthest, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: poolCallerAbi, functionName: "swap", args }) };
}

/** Borrows the amounts and pays them back with the extras, which must cover the fee, rounded up. */
export function flash({
  caller,
  from,
  pool,
  amount0,
  amount1,
  extra0,
  extra1,
}: ThroughCaller & {
  pool: Address;
  amount0: bigint;
  amount1: bigint;
  extra0: bigint;
  extra1: bigint;
}): Call {
  const args = [pool, amount0, amount1, extra0, extra1, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: poolCallerAbi, functionName: "flash", args }) };
}

/** Several of the calls above that go through PoolCaller, in one transaction. They must have one sender. */
export function multicall({ caller, from, calls }: ThroughCaller & { calls: Call[] }): Call {
  const args = [calls.map((call): Hex => call.data)] as const;
  return {
    from,
    to: caller,
    data: encodeFunctionData({ abi: poolCallerAbi, functionName: "multicall", args }),
  };
}

/** The protocol takes 1/n of the fees on each token, n being 0 (nothing) or 4 to 10. The factory's owner may. */
export function setFeeProtocol({
  from,
  pool,
  n0,
  n1,
}: {
  from: Address;
  pool: Address;
  n0: number;
  n1: number;
}): Call {
  return {
    from,
    to: pool,
    data: encodeFunctionData({ abi: poolAbi, functionName: "setFeeProtocol", args: [n0, n1] }),
  };
}

/** Pays the protocol all it is owed, but for one unit that stays. The factory's owner may. */
export function collectProtocol({ from, pool }: { from: Address; pool: Address }): Call {
  const args = [from, everything, everything] as const;
  return {
    from,
    to: pool,
    data: encodeFunctionData({ abi: poolAbi, functionName: "collectProtocol", args }),
  };
}
