import schema from "ponder:schema";
import { type CorePosition, emptyCorePosition } from "../state/corePosition.ts";
import type { EventScope } from "./eventScope.ts";

/** What the pool keeps for a position manager in a range; empty before its first Mint. */
export async function loadCorePosition(
  { db, chainId }: EventScope,
  corePositionId: string,
): Promise<CorePosition & { settledBlock: number | null }> {
  const row = await db.find(schema.corePosition, { chainId, corePositionId });
  return row ?? { ...emptyCorePosition, settledBlock: null };
}

/** Writes a core position, and it as it is after this block so far. */
export async function saveCorePosition(
  { db, chainId, blockNumber }: EventScope,
  corePositionId: string,
  core: CorePosition & { settledBlock: number },
): Promise<void> {
  const state: CorePosition = {
    liquidity: core.liquidity,
    feeGrowthInside0LastX128: core.feeGrowthInside0LastX128,
    feeGrowthInside1LastX128: core.feeGrowthInside1LastX128,
    tokensOwed0: core.tokensOwed0,
    tokensOwed1: core.tokensOwed1,
    secondsInsideLast: core.secondsInsideLast,
    lvrInsideLastX128: core.lvrInsideLastX128,
  };
  const { settledBlock } = core;
  await db
    .insert(schema.corePosition)
    .values({ ...state, chainId, corePositionId, settledBlock })
    .onConflictDoUpdate({ ...state, settledBlock });
  await db
    .insert(schema.corePositionSnapshot)
    .values({ ...state, chainId, corePositionId, blockNumber })
    .onConflictDoUpdate(state);
}
