import schema from "ponder:schema";
import { compress, flipBit, tickPosition, wordPosition } from "../math/tickBitmap.ts";
import type { LiquidityChange } from "../state/events.ts";
import { emptyTick, updateTick } from "../state/tick.ts";
import type { EventScope } from "./eventScope.ts";

/** Moves liquidity at both bounds of a range, and keeps the bitmap of initialised ticks. */
export async function saveTicks(
  scope: EventScope,
  change: Pick<LiquidityChange, "poolId" | "tickLower" | "tickUpper" | "liquidityDelta">,
  tickSpacing: number,
): Promise<void> {
  const { poolId, liquidityDelta } = change;
  await saveTick(scope, { poolId, tick: change.tickLower, liquidityDelta, upper: false }, tickSpacing);
  await saveTick(scope, { poolId, tick: change.tickUpper, liquidityDelta, upper: true }, tickSpacing);
}

async function saveTick(
  { db, chainId, blockNumber }: EventScope,
  bound: { poolId: `0x${string}`; tick: number; liquidityDelta: bigint; upper: boolean },
  tickSpacing: number,
): Promise<void> {
  const key = { chainId, poolId: bound.poolId, tick: bound.tick };
  const before = (await db.find(schema.tick, key)) ?? emptyTick;
  const {
    tick: { liquidityGross, liquidityNet },
    flipped,
  } = updateTick(before, bound);
  const state = { liquidityGross, liquidityNet };
  await db
    .insert(schema.tick)
    .values({ ...key, ...state })
    .onConflictDoUpdate(state);
  await db
    .insert(schema.tickSnapshot)
    .values({ ...key, blockNumber, ...state })
    .onConflictDoUpdate(state);
  if (flipped) await flipTick(db, { chainId, poolId: bound.poolId }, compress(bound.tick, tickSpacing));
}

async function flipTick(
  db: EventScope["db"],
  key: { chainId: number; poolId: `0x${string}` },
  compressedTick: number,
): Promise<void> {
  const { word, bit } = tickPosition(compressedTick);
  const before = (await db.find(schema.tickWord, { ...key, word }))?.bitmap ?? 0n;
  const bitmap = flipBit(before, bit);
  await db
    .insert(schema.tickWord)
    .values({ ...key, word, bitmap })
    .onConflictDoUpdate({ bitmap });
  if ((before === 0n) !== (bitmap === 0n)) await flipWord(db, key, word);
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
