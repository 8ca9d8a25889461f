import schema from "ponder:schema";
import { compress, flipBit, tickPosition, wordPosition } from "../math/tickBitmap.ts";
import type { InitializedTick, TickState } from "../state/tick.ts";
import type { EventScope } from "./eventScope.ts";

/** Writes a tick, and the tick as it is after this block so far. */
export async function saveTick(
  { db, chainId, blockNumber }: EventScope,
  poolId: `0x${string}`,
  { tick, ...row }: InitializedTick,
): Promise<void> {
  const state = tickState(row);
  await db
    .insert(schema.tick)
    .values({ ...state, chainId, poolId, tick })
    .onConflictDoUpdate(state);
  await db
    .insert(schema.tickSnapshot)
    .values({ ...state, chainId, poolId, tick, blockNumber })
    .onConflictDoUpdate(state);
}

/** Copied by names: a row found in Ponder's store is a proxy, a spread of which costs ten times as much. */
export function tickState(row: TickState): TickState {
  return {
    liquidityGross: row.liquidityGross,
    liquidityNet: row.liquidityNet,
    feeGrowthOutside0X128: row.feeGrowthOutside0X128,
    feeGrowthOutside1X128: row.feeGrowthOutside1X128,
    secondsOutside: row.secondsOutside,
    lvrOutsideX128: row.lvrOutsideX128,
  };
}

/** Turns a tick's bit over: it became initialised, or ceased to be. */
export async function flipTick(
  { db, chainId }: EventScope,
  { poolId, tickSpacing }: { poolId: `0x${string}`; tickSpacing: number },
  tick: number,
): Promise<void> {
  const { word, bit } = tickPosition(compress(tick, tickSpacing));
  const key = { chainId, poolId, word };
  const before = (await db.find(schema.tickWord, key))?.bitmap ?? 0n;
  const bitmap = flipBit(before, bit);
  await db
    .insert(schema.tickWord)
    .values({ ...key, bitmap })
    .onConflictDoUpdate({ bitmap });
  if ((before === 0n) !== (bitmap === 0n)) await flipWord(db, { chainId, poolId }, word);
}

async function flipWord(
  db: EventScope["db"],
  key: { chainId: number; poolId: `0x${string}` },
  word: number,
): Promise<void> {
  const { word: wordIndex, bit } = wordPosition(word);
  const before = (await db.find(schema.tickWordIndex, { ...key, wordIndex }))?.bitmap ?? 0n;
  const bitmap = flipBit(before, bit);
  await db
    .insert(schema.tickWordIndex)
    .values({ ...key, wordIndex, bitmap })
    .onConflictDoUpdate({ bitmap });
}
