/**
 * Transactions to the v3 position manager. Each function only builds one: pass several to `sendInOneBlock`.
 * No slippage bounds and no deadline.
 */
import { type Address, encodeFunctionData, type Hex } from "viem";
import { positionManagerAbi as abi } from "./abis.ts";
import type { PoolKey } from "./deploy.ts";
import type { Call } from "./sendInOneBlock.ts";

const forever = 2n ** 256n - 1n;
const everything = 2n ** 128n - 1n;

export interface Manager {
  manager: Address;
  from: Address;
}

export interface DesiredAmounts {
  amount0Desired: bigint;
  amount1Desired: bigint;
}

/** Opens a position with at most the desired amounts; the NFT goes to `recipient`, by default the sender. */
export function mintNft({
  manager,
  from,
  key: { token0, token1, fee },
  recipient = from,
  ...range
}: Manager &
  DesiredAmounts & { key: PoolKey; tickLower: number; tickUpper: number; recipient?: Address }): Call {
  const params = {
    token0,
    token1,
    fee,
    ...range,
    amount0Min: 0n,
    amount1Min: 0n,
    recipient,
    deadline: forever,
  };
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "mint", args: [params] }) };
}

/** Anyone may add to anyone's position. */
export function increaseNft({
  manager,
  from,
  ...params
}: Manager & DesiredAmounts & { tokenId: bigint }): Call {
  const args = [{ ...params, amount0Min: 0n, amount1Min: 0n, deadline: forever }] as const;
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "increaseLiquidity", args }) };
}

/** Takes liquidity out; the tokens stay owed until collected. `liquidity` must be over 0. */
export function decreaseNft({
  manager,
  from,
  ...params
}: Manager & { tokenId: bigint; liquidity: bigint }): Call {
  const args = [{ ...params, amount0Min: 0n, amount1Min: 0n, deadline: forever }] as const;
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "decreaseLiquidity", args }) };
}

/** Collects all that is owed, or at most so much of each token. Reverts where nothing can be. */
export function collectNft({
  manager,
  from,
  tokenId,
  recipient = from,
  amount0Max = everything,
  amount1Max = everything,
}: Manager & { tokenId: bigint; recipient?: Address; amount0Max?: bigint; amount1Max?: bigint }): Call {
  const args = [{ tokenId, recipient, amount0Max, amount1Max }] as const;
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "collect", args }) };
}

/** Destroys the NFT of an empty position. */
export function burnNft({ manager, from, tokenId }: Manager & { tokenId: bigint }): Call {
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "burn", args: [tokenId] }) };
}

export function transferNft({
  manager,
  from,
  to,
  tokenId,
}: Manager & { to: Address; tokenId: bigint }): Call {
  const args = [from, to, tokenId] as const;
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "transferFrom", args }) };
}

/** Several of the calls above in one transaction, all or none. They must have one sender. */
export function multicallManager({ manager, from, calls }: Manager & { calls: Call[] }): Call {
  const args = [calls.map((call): Hex => call.data)] as const;
  return { from, to: manager, data: encodeFunctionData({ abi, functionName: "multicall", args }) };
}
