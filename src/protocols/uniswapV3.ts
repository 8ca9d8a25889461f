import type { ContractEventArgsFromTopics } from "viem";
import type { nonfungiblePositionManagerAbi } from "../../abis/nonfungiblePositionManager.ts";
import type { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import type { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import type {
  CollectEvent,
  FlashEvent,
  LiquidityChange,
  NftChange,
  NftCollect,
  NftTransfer,
  PoolTerms,
  ProtocolFeeChange,
  SwapEvent,
} from "../state/events.ts";

type Log<args> = { args: args; log: { address: `0x${string}` } };
type FactoryLog = Log<ContractEventArgsFromTopics<typeof uniswapV3FactoryAbi, "PoolCreated">>;
type PoolLog<
  name extends "Swap" | "Mint" | "Burn" | "Collect" | "Flash" | "SetFeeProtocol" | "CollectProtocol",
> = Log<ContractEventArgsFromTopics<typeof uniswapV3PoolAbi, name>>;
type ManagerLog<name extends "IncreaseLiquidity" | "DecreaseLiquidity" | "Collect" | "Transfer"> = Log<
  ContractEventArgsFromTopics<typeof nonfungiblePositionManagerAbi, name>
>;

export const protocol = "UNISWAP_V3";

export function poolTerms({ args, log }: FactoryLog): PoolTerms {
  return {
    poolId: lower(args.pool),
    factory: lower(log.address),
    token0: lower(args.token0),
    token1: lower(args.token1),
    fee: args.fee,
    dynamicFee: false,
    tickSpacing: args.tickSpacing,
    hooks: null,
  };
}

/** v3 logs amounts from the pool's side already: positive is what the pool received. */
export function swap({ args, log }: PoolLog<"Swap">): SwapEvent {
  return {
    poolId: lower(log.address),
    sender: lower(args.sender),
    recipient: lower(args.recipient),
    fee: null,
    amount0: args.amount0,
    amount1: args.amount1,
    sqrtPriceX96: args.sqrtPriceX96,
    tick: args.tick,
    liquidity: args.liquidity,
  };
}

export function mint({ args, log }: PoolLog<"Mint">): LiquidityChange & { sender: `0x${string}` } {
  return { ...range(args, log), ...amounts(args), liquidityDelta: args.amount, sender: lower(args.sender) };
}

export function burn({ args, log }: PoolLog<"Burn">): LiquidityChange {
  return { ...range(args, log), ...amounts(args), liquidityDelta: -args.amount };
}

export function collect({ args, log }: PoolLog<"Collect">): CollectEvent {
  return { ...range(args, log), ...amounts(args) };
}

export function flash({ args }: PoolLog<"Flash">): FlashEvent {
  return { paid0: args.paid0, paid1: args.paid1 };
}

/** The protocol takes 1 / feeProtocol of the fee on each token's input, 0 = nothing. */
export function protocolFee({ args }: PoolLog<"SetFeeProtocol">): ProtocolFeeChange {
  const { feeProtocol0Old, feeProtocol1Old, feeProtocol0New, feeProtocol1New } = args;
  return { feeProtocol0Old, feeProtocol1Old, feeProtocol0New, feeProtocol1New };
}

export function protocolCollect({ args }: PoolLog<"CollectProtocol">): { amount0: bigint; amount1: bigint } {
  return amounts(args);
}

export function poolOf({ log }: Pick<Log<unknown>, "log">): `0x${string}` {
  return lower(log.address);
}

/** What was taken off an NFT's owed amounts; the pool's Collect before it says what was paid. */
export function nftCollect({ args, log }: ManagerLog<"Collect">): NftCollect {
  return { manager: lower(log.address), tokenId: args.tokenId, ...amounts(args) };
}

export function nftChange({
  args,
  log,
}: ManagerLog<"IncreaseLiquidity"> | ManagerLog<"DecreaseLiquidity">): NftChange {
  return {
    manager: lower(log.address),
    tokenId: args.tokenId,
    liquidity: args.liquidity,
    ...amounts(args),
  };
}

export function nftTransfer({ args, log }: ManagerLog<"Transfer">): NftTransfer {
  return { manager: lower(log.address), tokenId: args.tokenId, from: lower(args.from), to: lower(args.to) };
}

/**
 * Where the pool's Mint stands that an IncreaseLiquidity belongs to. Nothing re-entrant lies between the two:
 * a new NFT logs Mint, Transfer from 0, IncreaseLiquidity; more liquidity for an NFT logs Mint,
 * IncreaseLiquidity. The NFT's first Transfer and the manager's Collect follow the pool's log at once.
 */
export function mintLogIndex(increaseLogIndex: number, newNft: boolean): number {
  return increaseLogIndex - (newNft ? 2 : 1);
}

/** Where the pool's own log stands that the manager's Transfer from 0 or Collect follows. */
export function poolLogIndexBefore(managerLogIndex: number): number {
  return managerLogIndex - 1;
}

function range(
  args: { owner: `0x${string}`; tickLower: number; tickUpper: number },
  log: { address: `0x${string}` },
) {
  return {
    poolId: lower(log.address),
    owner: lower(args.owner),
    tickLower: args.tickLower,
    tickUpper: args.tickUpper,
  };
}

function amounts(args: { amount0: bigint; amount1: bigint }) {
  return { amount0: args.amount0, amount1: args.amount1 };
}

function lower(hex: `0x${string}`): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`;
}
