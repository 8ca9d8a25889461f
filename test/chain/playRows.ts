import type * as schema from "../../ponder.schema.ts";
import { openPlayback, type PlayedEvent, playEvent } from "../../src/api/metrics/playback.ts";
import { openShadow } from "../../src/api/metrics/shadowPosition.ts";
import { openTickBook } from "../../src/api/metrics/tickBook.ts";
import type { Tables } from "../inMemory/memoryDatabase.ts";

type Pool = typeof schema.pool.$inferSelect;
type Swap = typeof schema.swap.$inferSelect;
type Change = typeof schema.liquidityEvent.$inferSelect;
type Position = typeof schema.position.$inferSelect;

type Placed = { blockNumber: number; logIndex: number; event: PlayedEvent };

/**
 * Plays every pool's history again from its rows alone: from before its first price through all of its swaps, each held
 * against its own fees, price, tick and liquidity. Answers how many swaps that were, and what did not fit.
 */
export function playRows(tables: Tables): { swaps: number; wrong: string[] } {
  const wrong: string[] = [];
  let swaps = 0;
  for (const pool of rowsOf<Pool>(tables, "pool")) {
    const events = eventsOf(tables, pool.poolId);
    const unpriced = { sqrtPriceX96: 0n, tick: 0, liquidity: 0n, ticks: openTickBook([]), pair: null };
    const played = { protocol: pool.protocol, tickSpacing: pool.tickSpacing ?? 1, ...unpriced };
    const shadow = openShadow({ tickLower: -600, tickUpper: 600 }, 10n ** 15n, true);
    const playback = openPlayback(
      { pool: played, shadow, positionId: null },
      { number: 0, timestamp: 0 },
      60,
    );
    try {
      for (const event of events) {
        playEvent(playback, event);
        if (event.kind === "SWAP") swaps++;
      }
    } catch (error) {
      wrong.push(`${pool.protocol} ${pool.poolId}: ${error}`);
      continue;
    }
    const { sqrtPriceX96, tick, liquidity } = played;
    const same = sqrtPriceX96 === pool.sqrtPriceX96 && tick === pool.tick && liquidity === pool.liquidity;
    if (events.length > 0 && !same)
      wrong.push(`${pool.poolId} ends at ${sqrtPriceX96}, ${tick}, ${liquidity}`);
  }
  return { swaps, wrong };
}

function eventsOf(tables: Tables, poolId: string): PlayedEvent[] {
  const positions = new Map(rowsOf<Position>(tables, "position").map((row) => [row.positionId, row]));
  const swaps = rowsOf<Swap>(tables, "swap")
    .filter((row) => row.poolId === poolId)
    .map((swap): Placed => ({ ...swap, event: { kind: "SWAP", ...swap, swap } }));
  const changes = rowsOf<Change>(tables, "liquidity_event")
    .filter((row) => row.poolId === poolId && (row.kind === "DEPOSIT" || row.kind === "WITHDRAW"))
    .map((row): Placed => {
      const position = positions.get(row.positionId ?? "");
      if (position === undefined) throw new Error(`no position ${row.positionId}`);
      const { tickLower, tickUpper } = position;
      return { ...row, event: { ...row, kind: "CHANGE", change: { ...row, tickLower, tickUpper } } };
    });
  return [...swaps, ...changes]
    .sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
    .map(({ event }) => event);
}

function rowsOf<T>(tables: Tables, name: string): T[] {
  return [...(tables.get(name)?.values() ?? [])] as T[];
}
