import type { ContractEventArgsFromTopics } from "viem";
import type { uniswapV4PoolManagerAbi } from "../../abis/uniswapV4PoolManager.ts";
import type { uniswapV4PositionManagerAbi } from "../../abis/uniswapV4PositionManager.ts";
import type { LiquidityModification, NftTransfer, PoolTerms, SwapEvent } from "../state/events.ts";
import type { TokenAmounts } from "../state/feeLedger.ts";
import type { PriceAndTick } from "../state/pool.ts";

type Log<args> = { args: args; log: { address: `0x${string}` } };
type PoolLog<name extends "Initialize" | "ModifyLiquidity" | "Swap" | "Donate" | "ProtocolFeeUpdated"> = Log<
  ContractEventArgsFromTopics<typeof uniswapV4PoolManagerAbi, name>
>;
type ManagerLog = Log<ContractEventArgsFromTopics<typeof uniswapV4PositionManagerAbi, "Transfer">>;

/** Stands where a pool's fee would, and is none: LPFeeLibrary.DYNAMIC_FEE_FLAG. */
const DYNAMIC_FEE = 0x800000;

/** All of a pool stands in its first log. Currency 0 may be the chain's own, address 0. */
export function poolTerms({ args, log }: PoolLog<"Initialize">): PoolTerms & PriceAndTick {
  const dynamicFee = args.fee === DYNAMIC_FEE;
  return {
    poolId: lower(args.id),
    factory: lower(log.address),
    token0: lower(args.currency0),
    token1: lower(args.currency1),
    fee: dynamicFee ? null : args.fee,
    dynamicFee,
    tickSpacing: args.tickSpacing,
    hooks: lower(args.hooks),
    sqrtPriceX96: args.sqrtPriceX96,
    tick: args.tick,
  };
}

/** v4 logs what the swapper receives: the pool's change is the opposite. `fee` is all that this swap paid. */
export function swap({ args }: PoolLog<"Swap">): SwapEvent {
  return {
    poolId: lower(args.id),
    sender: lower(args.sender),
    recipient: null,
    fee: args.fee,
    amount0: -args.amount0,
    amount1: -args.amount1,
    sqrtPriceX96: args.sqrtPriceX96,
    tick: args.tick,
    liquidity: args.liquidity,
  };
}

/** The owner in the pool is who called: a position manager, whose salt is the token id, or any other contract. */
export function modification({ args }: PoolLog<"ModifyLiquidity">): LiquidityModification {
  return {
    poolId: lower(args.id),
    owner: lower(args.sender),
    tickLower: args.tickLower,
    tickUpper: args.tickUpper,
    liquidityDelta: args.liquidityDelta,
    salt: lower(args.salt),
  };
}

export function donation({ args }: PoolLog<"Donate">): TokenAmounts & { poolId: `0x${string}` } {
  return { poolId: lower(args.id), amount0: args.amount0, amount1: args.amount1 };
}

/** Pips of the input: the lower 12 bits on token0's, the upper 12 on token1's. */
export function protocolFee({ args }: PoolLog<"ProtocolFeeUpdated">) {
  return {
    poolId: lower(args.id),
    feeProtocol0: args.protocolFee & 0xfff,
    feeProtocol1: args.protocolFee >> 12,
  };
}

export function nftTransfer({ args, log }: ManagerLog): NftTransfer {
  return { manager: lower(log.address), tokenId: args.tokenId, from: lower(args.from), to: lower(args.to) };
}

function lower(hex: `0x${string}`): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`;
}
