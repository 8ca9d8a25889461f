import { desc, eq } from "drizzle-orm";
import { block } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";

/** The newest indexed block of a chain that has a row. */
export type Tip = { chainId: number; number: number; hash: `0x${string}`; timestamp: number };

/** The newest block row of each chain; a chain that has none yet is left out. */
export async function findTips(
  snapshot: Snapshot,
  chainIds: readonly number[],
): Promise<ReadonlyMap<number, Tip>> {
  const tips = new Map<number, Tip>();
  for (const chainId of chainIds) {
    const [tip] = await snapshot
      .select({ chainId: block.chainId, number: block.number, hash: block.hash, timestamp: block.timestamp })
      .from(block)
      .where(eq(block.chainId, chainId))
      .orderBy(desc(block.number))
      .limit(1);
    if (tip !== undefined) tips.set(chainId, tip);
  }
  return tips;
}
