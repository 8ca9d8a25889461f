import { count, desc, eq } from "drizzle-orm";
import { quarantine } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";

const MAX_LISTED = 100;

export type Quarantine = {
  poolId: `0x${string}`;
  block: { number: number; timestamp: number };
  reason: string;
};

export async function countQuarantines(snapshot: Snapshot, chainId: number): Promise<number> {
  const [counted] = await snapshot
    .select({ all: count() })
    .from(quarantine)
    .where(eq(quarantine.chainId, chainId));
  return counted?.all ?? 0;
}

/** The newest first, at most 100. */
export async function listQuarantines(snapshot: Snapshot, chainId: number): Promise<Quarantine[]> {
  const rows = await snapshot
    .select()
    .from(quarantine)
    .where(eq(quarantine.chainId, chainId))
    .orderBy(desc(quarantine.blockNumber), desc(quarantine.logIndex))
    .limit(MAX_LISTED);
  return rows.map(({ poolId, blockNumber, timestamp, reason }) => ({
    poolId,
    block: { number: blockNumber, timestamp },
    reason,
  }));
}
