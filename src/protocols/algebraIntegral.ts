import type { ContractEventArgsFromTopics } from "viem";
import type { algebraFactoryAbi } from "../../abis/algebraFactory.ts";
import type { algebraPoolAbi } from "../../abis/algebraPool.ts";
import type { algebraPositionManagerAbi } from "../../abis/algebraPositionManager.ts";
import type { CollectEvent, LiquidityChange, NftChange, PoolTerms, SwapEvent } from "../state/events.ts";
import type { TokenAmounts } from "../state/feeLedger.ts";
import * as uniswap from "./uniswapV3.ts";

type Log<args> = { args: args; log: { address: `0x${string}` } };
type PoolLog<name extends "Initialize" | "Swap" | "Mint" | "Burn" | "Collect" | "ExcessTokens"> = Log<
  ContractEventArgsFromTopics<typeof algebraPoolAbi, name>
>;
type IncreaseLog = Log<ContractEventArgsFromTopics<typeof algebraPositionManagerAbi, "IncreaseLiquidity">>;

export const protocol = "ALGEBRA_INTEGRAL";

const ONE_IN_PIPS = 1_000_000n;

/** Fee and tick spacing are set by events of the pool, and change. */
export function poolTerms({
  args,
  log,
}: Log<ContractEventArgsFromTopics<typeof algebraFactoryAbi, "Pool">>): PoolTerms {
  return {
    poolId: lower(args.pool),
    factory: lower(log.address),
    token0: lower(args.token0),
    token1: lower(args.token1),
    fee: null,
    dynamicFee: true,
    tickSpacing: null,
    hooks: null,
  };
}

export function firstPrice({ args }: PoolLog<"Initialize">): { sqrtPriceX96: bigint; tick: number } {
  return { sqrtPriceX96: args.price, tick: args.tick };
}

/** Amounts are the pool's, as Uniswap's. The fee stands in the SwapFee before, and in the last Fee. */
export function swap({ args: { price, ...args }, log }: PoolLog<"Swap">): SwapEvent {
  return uniswap.swap({ args: { ...args, sqrtPriceX96: price }, log });
}

/** With the liquidity that really came in, which for tokens that pay less than was sent is less than was asked for. */
export function mint({ args, log }: PoolLog<"Mint">): LiquidityChange & { sender: `0x${string}` } {
  return uniswap.mint({ args: { ...inRange(args), amount: args.liquidityAmount }, log });
}

/** Amounts are what the owner is owed: principal less the plugin's part of it. */
export function burn({ args, log }: PoolLog<"Burn">): LiquidityChange {
  return uniswap.burn({ args: { ...inRange(args), amount: args.liquidityAmount }, log });
}

export function collect({ args, log }: PoolLog<"Collect">): CollectEvent {
  return uniswap.collect({ args: inRange(args), log });
}

/** A token of which the pool has less than it should has given nothing: its amount in the log is negative. */
export function excessTokens({ args }: PoolLog<"ExcessTokens">): TokenAmounts {
  const given = (amount: bigint) => (amount < 2n ** 255n ? amount : 0n);
  return { amount0: given(args.amount0), amount1: given(args.amount1) };
}

/** `liquidity` is what came of the liquidity that was asked for. */
export function nftIncrease({ args, log }: IncreaseLog): NftChange {
  return uniswap.nftChange({ args: { ...args, liquidity: args.actualLiquidity }, log });
}

/**
 * Principal less a plugin's part of it, raw, the part rounded down. Mirrors AlgebraPool.burn. `burnFee`: pips.
 * Example: `lessBurnFee({ amount0: 1_999n, amount1: 10n }, 1_000)` is `{ amount0: 1_998n, amount1: 10n }`.
 */
export function lessBurnFee({ amount0, amount1 }: TokenAmounts, burnFee: number): TokenAmounts {
  const less = (amount: bigint) => amount - (amount * BigInt(burnFee)) / ONE_IN_PIPS;
  return { amount0: less(amount0), amount1: less(amount1) };
}

function inRange<T extends { bottomTick: number; topTick: number }>({ bottomTick, topTick, ...args }: T) {
  return { ...args, tickLower: bottomTick, tickUpper: topTick };
}

function lower(hex: `0x${string}`): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`;
}
