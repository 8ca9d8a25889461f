import type { ContractEventArgsFromTopics } from "viem";
import type { pancakeV3PoolAbi } from "../../abis/pancakeV3Pool.ts";
import type { SwapEvent } from "../state/events.ts";
import { swap as uniswapSwap } from "./uniswapV3.ts";

/** All logs but this one, and its NFTs', are Uniswap v3's: uniswapV3.ts reads them. */
type SwapLog = {
  args: ContractEventArgsFromTopics<typeof pancakeV3PoolAbi, "Swap">;
  log: { address: `0x${string}` };
};

export const protocol = "PANCAKESWAP_V3";

const DENOMINATOR = 10_000n;

/** The log also says what the protocol took of the input: one of the two, the other is 0. */
export function swap(event: SwapLog): SwapEvent {
  const { protocolFeesToken0, protocolFeesToken1 } = event.args;
  return { ...uniswapSwap(event), feeProtocol: protocolFeesToken0 + protocolFeesToken1 };
}

/**
 * The protocol's share of the fees from the start, in ten-thousandths on either token's input: PancakeV3Pool.initialize
 * sets it by the fee, in pips, and logs nothing of it. Example: `initialFeeProtocol(500)` is 3400 on both.
 */
export function initialFeeProtocol(fee: number | null): { feeProtocol0: number; feeProtocol1: number } {
  const feeProtocol = fee === 100 ? 3300 : fee === 500 ? 3400 : 3200;
  return { feeProtocol0: feeProtocol, feeProtocol1: feeProtocol };
}

/**
 * The protocol's part of what a flash paid, raw, rounded down. Mirrors PancakeV3Pool.flash, whose product goes round at
 * 2^256. Example: `flashFeeProtocol(100n, 3200)` is 32n.
 */
export function flashFeeProtocol(paid: bigint, feeProtocol: number): bigint {
  return BigInt.asUintN(256, paid * BigInt(feeProtocol)) / DENOMINATOR;
}
