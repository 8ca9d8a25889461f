/**
 * Transactions to a v2 pair: through V2Caller.sol, or directly. Each function only builds one: pass several to
 * `sendInOneBlock`. The sender pays, and must have approved V2Caller (`fundV2` and `createV2Pair` do it).
 */
import { type Address, encodeFunctionData, type Hex } from "viem";
import { tokenAbi } from "./abis.ts";
import type { Call } from "./sendInOneBlock.ts";
import { v2CallerAbi, v2FactoryAbi, v2PairAbi } from "./uniswapV2Abis.ts";

interface ThroughCaller {
  caller: Address;
  from: Address;
  pair: Address;
}

/** Deposits both amounts, whatever their ratio: what is over the pair's own goes to all. Shares to `to`. */
export function mintShares({
  caller,
  from,
  pair,
  amount0,
  amount1,
  to = from,
}: ThroughCaller & { amount0: bigint; amount1: bigint; to?: Address }): Call {
  const args = [pair, amount0, amount1, to, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: v2CallerAbi, functionName: "mint", args }) };
}

/** Burns shares of the sender; the tokens go to `to`. */
export function burnShares({
  caller,
  from,
  pair,
  shares,
  to = from,
}: ThroughCaller & { shares: bigint; to?: Address }): Call {
  const args = [pair, shares, to, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: v2CallerAbi, functionName: "burn", args }) };
}

/** @param amount over 0: exactly so much in; under 0: exactly so much out. */
export function swapV2({
  caller,
  from,
  pair,
  zeroForOne,
  amount,
}: ThroughCaller & { zeroForOne: boolean; amount: bigint }): Call {
  const args = [pair, zeroForOne, amount, from, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: v2CallerAbi, functionName: "swap", args }) };
}

/** Takes both amounts out and pays both in within the pair's callback; what is paid must cover 0.3 %. */
export function flashV2({
  caller,
  from,
  pair,
  out0,
  out1,
  in0,
  in1,
}: ThroughCaller & { out0: bigint; out1: bigint; in0: bigint; in1: bigint }): Call {
  const args = [pair, out0, out1, in0, in1, from] as const;
  return { from, to: caller, data: encodeFunctionData({ abi: v2CallerAbi, functionName: "flash", args }) };
}

/** Several of the calls above in one transaction. They must have one sender. */
export function multicallV2({ caller, from, calls }: Omit<ThroughCaller, "pair"> & { calls: Call[] }): Call {
  const args = [calls.map((call): Hex => call.data)] as const;
  return {
    from,
    to: caller,
    data: encodeFunctionData({ abi: v2CallerAbi, functionName: "multicall", args }),
  };
}

type Directly = Omit<ThroughCaller, "caller">;

/** Hands shares over; to the pair itself: they wait there for whoever burns next. */
export function transferShares({ from, pair, to, shares }: Directly & { to: Address; shares: bigint }): Call {
  const args = [to, shares] as const;
  return { from, to: pair, data: encodeFunctionData({ abi: v2PairAbi, functionName: "transfer", args }) };
}

/** A token sent to the pair without a deposit: it is in no log of the pair until one syncs. */
export function giveToPair({
  from,
  pair,
  token,
  amount,
}: Directly & { token: Address; amount: bigint }): Call {
  const args = [pair, amount] as const;
  return { from, to: token, data: encodeFunctionData({ abi: tokenAbi, functionName: "transfer", args }) };
}

/** Makes the reserves what the pair holds: gifts become everyone's. */
export function syncPair({ from, pair }: Directly): Call {
  return { from, to: pair, data: encodeFunctionData({ abi: v2PairAbi, functionName: "sync" }) };
}

/** Sends what the pair holds over its reserves to the sender. No log of the pair. */
export function skimPair({ from, pair }: Directly): Call {
  return { from, to: pair, data: encodeFunctionData({ abi: v2PairAbi, functionName: "skim", args: [from] }) };
}

/** Turns the protocol fee of all pairs on (an address that gets it) or off (the zero address). No log. */
export function setFeeTo({
  from,
  factory,
  feeTo,
}: {
  from: Address;
  factory: Address;
  feeTo: Address;
}): Call {
  const data = encodeFunctionData({ abi: v2FactoryAbi, functionName: "setFeeTo", args: [feeTo] });
  return { from, to: factory, data };
}
