import { decodeEventLog, type Hex } from "viem";
import { uniswapV3FactoryAbi } from "../../abis/uniswapV3Factory.ts";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import { type LoggedSwap, replaySwap, type SwappablePool } from "../../src/state/replaySwap.ts";
import { swapRuleOf } from "../../src/state/swapRule.ts";
import { clearedTick, type InitializedTick } from "../../src/state/tick.ts";
import type { ReplayLog } from "../../test/replay/replayChain.ts";

/** A swap with all that its replay is given. */
export interface SwapCase {
  pool: SwappablePool;
  ticks: InitializedTick[];
  swap: LoggedSwap;
  timestamp: number;
  /** The log itself, as an RPC sends it. */
  json: string;
}

/** Of the swaps of a recording. */
export const RULE = swapRuleOf("UNISWAP_V3");

type PoolNow = { fee: number; state: SwappablePool; ticks: Map<number, InitializedTick> };

/** Every swap of recorded logs, with pool and ticks as the logs before it left them. */
export function swapCases(logs: readonly ReplayLog[]): SwapCase[] {
  const pools = new Map<string, PoolNow>();
  const cases: SwapCase[] = [];
  for (const log of logs) {
    const topics = log.topics as [Hex, ...Hex[]];
    const created = tryDecode(uniswapV3FactoryAbi, topics, log.data);
    if (created !== undefined) pools.set(created.args.pool.toLowerCase(), newPool(created.args));
    const pool = pools.get(log.address.toLowerCase());
    const event = pool && tryDecode(uniswapV3PoolAbi, topics, log.data);
    if (pool === undefined || event === undefined) continue;
    switch (event.eventName) {
      case "Initialize":
        pool.state = { ...pool.state, ...event.args };
        break;
      case "Mint":
        changeLiquidity(pool, event.args, event.args.amount);
        break;
      case "Burn":
        changeLiquidity(pool, event.args, -event.args.amount);
        break;
      case "Swap": {
        const swap = { ...event.args, fee: pool.fee, pluginFee: 0 };
        const one = { pool: pool.state, ticks: ticksOnTheWay(pool, event.args.tick), swap };
        cases.push({ ...one, timestamp: log.timestamp, json: JSON.stringify(log) });
        takeSwap(pool, cases.at(-1) as SwapCase);
        break;
      }
    }
  }
  return cases;
}

function newPool({ fee, tickSpacing }: { fee: number; tickSpacing: number }): PoolNow {
  const none = { sqrtPriceX96: 0n, tick: 0, liquidity: 0n, feeProtocol0: 0, feeProtocol1: 0 };
  const fees = { feeGrowthGlobal0X128: 0n, feeGrowthGlobal1X128: 0n, protocolFees0: 0n, protocolFees1: 0n };
  return { fee, state: { tickSpacing, ...none, ...fees }, ticks: new Map() };
}

/** Growth outside ticks starts at 0 here: it changes no step of a replay and none of its cost. */
function changeLiquidity(
  pool: PoolNow,
  range: { tickLower: number; tickUpper: number },
  delta: bigint,
): void {
  for (const [tick, net] of [
    [range.tickLower, delta],
    [range.tickUpper, -delta],
  ] as const) {
    const before = pool.ticks.get(tick) ?? { ...clearedTick, tick };
    const liquidityGross = before.liquidityGross + delta;
    const after = { ...before, liquidityGross, liquidityNet: before.liquidityNet + net };
    if (liquidityGross === 0n) pool.ticks.delete(tick);
    else pool.ticks.set(tick, after);
  }
  const { tick, liquidity } = pool.state;
  if (range.tickLower <= tick && tick < range.tickUpper) {
    pool.state = { ...pool.state, liquidity: liquidity + delta };
  }
}

function ticksOnTheWay({ state, ticks }: PoolNow, to: number): InitializedTick[] {
  const [low, high] = [Math.min(state.tick, to), Math.max(state.tick, to)];
  return [...ticks.values()].filter(({ tick }) => low < tick && tick <= high);
}

function takeSwap(pool: PoolNow, { pool: before, ticks, swap, timestamp }: SwapCase): void {
  const {
    crossed,
    feeLp: _,
    feeProtocol: __,
    feePlugin: ___,
    zeroForOne: ____,
    ...growth
  } = replaySwap(RULE, before, ticks, swap, timestamp);
  for (const tick of crossed) pool.ticks.set(tick.tick, tick);
  const { sqrtPriceX96, tick, liquidity } = swap;
  pool.state = { ...pool.state, ...growth, sqrtPriceX96, tick, liquidity };
}

function tryDecode<const Abi extends typeof uniswapV3PoolAbi | typeof uniswapV3FactoryAbi>(
  abi: Abi,
  topics: [Hex, ...Hex[]],
  data: Hex,
) {
  try {
    return decodeEventLog({ abi, topics, data });
  } catch {
    return undefined;
  }
}
