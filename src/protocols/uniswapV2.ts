import type { ContractEventArgsFromTopics } from "viem";
import type { uniswapV2FactoryAbi } from "../../abis/uniswapV2Factory.ts";
import type { uniswapV2PairAbi } from "../../abis/uniswapV2Pair.ts";
import type { PoolTerms } from "../state/events.ts";
import type { PairChange, PairSwap, PairSync, PairTransfer } from "../state/pairEvents.ts";

type Log<args> = { args: args; log: { address: `0x${string}` } };
type FactoryLog = Log<ContractEventArgsFromTopics<typeof uniswapV2FactoryAbi, "PairCreated">>;
type PairLog<name extends "Swap" | "Mint" | "Burn" | "Sync" | "Transfer"> = Log<
  ContractEventArgsFromTopics<typeof uniswapV2PairAbi, name>
>;

/** Pips: 3/1000 of each input, on every pair. */
const FEE = 3000;

export function pairTerms({ args, log }: FactoryLog): PoolTerms {
  return pairTermsOf({
    poolId: lower(args.pair),
    factory: lower(log.address),
    token0: lower(args.token0),
    token1: lower(args.token1),
  });
}

/** What all pairs have in common with what a pair itself says. */
export function pairTermsOf(pair: Pick<PoolTerms, "poolId" | "factory" | "token0" | "token1">): PoolTerms {
  return { ...pair, fee: FEE, dynamicFee: false, tickSpacing: null, hooks: null };
}

export function swap({ args, log }: PairLog<"Swap">): PairSwap {
  return {
    poolId: lower(log.address),
    sender: lower(args.sender),
    recipient: lower(args.to),
    amount0In: args.amount0In,
    amount1In: args.amount1In,
    amount0Out: args.amount0Out,
    amount1Out: args.amount1Out,
  };
}

export function change({ args, log }: PairLog<"Mint"> | PairLog<"Burn">): PairChange {
  return { poolId: lower(log.address), amount0: args.amount0, amount1: args.amount1 };
}

export function sync({ args, log }: PairLog<"Sync">): PairSync {
  return { poolId: lower(log.address), reserve0: args.reserve0, reserve1: args.reserve1 };
}

export function transfer({ args, log }: PairLog<"Transfer">): PairTransfer {
  return { poolId: lower(log.address), from: lower(args.from), to: lower(args.to), shares: args.value };
}

function lower(hex: `0x${string}`): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`;
}
