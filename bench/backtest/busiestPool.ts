import { decodeEventLog, type Hex } from "viem";
import { uniswapV3PoolAbi } from "../../abis/uniswapV3Pool.ts";
import * as tables from "../../ponder.schema.ts";
import { replaySwap } from "../../src/state/replaySwap.ts";
import { createPglite, type TestDatabase } from "../../test/api/database.ts";
import { liquidityEvent, swap as swapRow } from "../../test/api/eventRows.ts";
import { position } from "../../test/api/rows.ts";
import type { ReplayLog } from "../../test/replay/replayChain.ts";
import type { Recording } from "../recording/recording.ts";
import { RULE, type SwapCase, swapCases } from "../replay/swaps.ts";

export const CHAIN_ID = 1;

type SwapRow = typeof tables.swap.$inferInsert;
type ChangeRow = typeof tables.liquidityEvent.$inferInsert;
type PositionRow = typeof tables.position.$inferInsert;

/** The pool of a recording with the most swaps: each as its replay is given it, and the rows that a backtest reads. */
export type BusiestPool = {
  poolId: Hex;
  cases: SwapCase[];
  swaps: SwapRow[];
  changes: ChangeRow[];
  positions: Map<string, PositionRow>;
};

export function busiestPool({ logs, factory }: Recording): BusiestPool {
  const address = busiest(logs);
  const cases = swapCases(logs.filter((log) => log.address === address || isAt(log, factory)));
  const poolId = address.toLowerCase() as Hex;
  const pool: BusiestPool = { poolId, cases, swaps: [], changes: [], positions: new Map() };
  let sqrtPriceX96 = 0n;
  for (const log of logs) {
    const event = log.address === address ? decode(log) : undefined;
    const { blockNumber, logIndex, timestamp } = log;
    const place = { chainId: CHAIN_ID, poolId, blockNumber, logIndex, timestamp };
    if (event?.eventName === "Initialize" || event?.eventName === "Swap") ({ sqrtPriceX96 } = event.args);
    if (event?.eventName === "Swap") {
      const replayed = cases[pool.swaps.length];
      if (replayed === undefined) throw new NoSwapsError();
      pool.swaps.push(swapRow({ ...place, ...rowOf(replayed) }));
    }
    if (event?.eventName === "Mint" || event?.eventName === "Burn") {
      const { tickLower, tickUpper, amount } = event.args;
      const positionId = `${tickLower}:${tickUpper}`;
      pool.positions.set(
        positionId,
        position({ chainId: CHAIN_ID, positionId, poolId, tickLower, tickUpper }),
      );
      const isMint = event.eventName === "Mint";
      const change = { kind: isMint ? "DEPOSIT" : "WITHDRAW", liquidityDelta: isMint ? amount : -amount };
      pool.changes.push(liquidityEvent({ ...place, ...change, positionId, sqrtPriceX96 }));
    }
  }
  return pool;
}

function busiest(logs: readonly ReplayLog[]): string {
  const counts = new Map<string, number>();
  for (const log of logs) {
    if (decode(log)?.eventName === "Swap") counts.set(log.address, (counts.get(log.address) ?? 0) + 1);
  }
  const [found] = [...counts].sort(([, a], [, b]) => b - a);
  if (found === undefined) throw new NoSwapsError();
  return found[0];
}

/** In PGlite, in memory. */
export async function databaseOf({ swaps, changes, positions }: BusiestPool): Promise<TestDatabase> {
  const db = await createPglite();
  const inserted = async <T>(rows: readonly T[], insert: (page: T[]) => Promise<unknown>) => {
    for (let i = 0; i < rows.length; i += 500) await insert(rows.slice(i, i + 500));
  };
  await inserted([...positions.values()], (page) => db.database.insert(tables.position).values(page));
  await inserted(changes, (page) => db.database.insert(tables.liquidityEvent).values(page));
  await inserted(swaps, (page) => db.database.insert(tables.swap).values(page));
  return db;
}

function rowOf({ pool, ticks, swap, timestamp }: SwapCase) {
  const { feeLp, feeProtocol, zeroForOne } = replaySwap(RULE, pool, ticks, swap, timestamp);
  const { amount0, amount1, sqrtPriceX96, tick, liquidity, fee, pluginFee } = swap;
  const protocolFeeSetting = zeroForOne ? pool.feeProtocol0 : pool.feeProtocol1;
  return {
    amount0,
    amount1,
    sqrtPriceX96,
    tick,
    liquidity,
    fee,
    pluginFee,
    protocolFeeSetting,
    feeLp,
    feeProtocol,
  };
}

function decode({ topics, data }: ReplayLog) {
  try {
    return decodeEventLog({ abi: uniswapV3PoolAbi, topics: topics as [Hex, ...Hex[]], data });
  } catch {
    return undefined;
  }
}

function isAt({ address }: ReplayLog, other: string): boolean {
  return address.toLowerCase() === other.toLowerCase();
}

export class NoSwapsError extends Error {
  override readonly name = "NoSwapsError";

  constructor() {
    super("the recorded chain has no swaps to play: make it anew with npm run bench:recording");
  }
}
