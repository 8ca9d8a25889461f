import { and, eq, type SQL, sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { block } from "../../../ponder.schema.ts";
import type { Snapshot } from "../snapshot.ts";

type BlockRef = { number: number; timestamp: number };

/** How far Ponder has come on a chain, by its own book. */
export type Progress = { indexed: BlockRef; finalized: BlockRef };

/** By chain id; a chain that Ponder has not begun is left out. */
export async function findProgress(snapshot: Snapshot): Promise<ReadonlyMap<number, Progress>> {
  const rows = await snapshot
    .select({
      chainId: sql<string>`chain_id::text`,
      latest: sql<string>`latest_checkpoint`,
      finalized: sql<string>`finalized_checkpoint`,
    })
    .from(ponderTable("_ponder_checkpoint"));
  return new Map(
    rows.map(({ chainId, latest, finalized }) => [
      Number(chainId),
      { indexed: decodeCheckpoint(latest), finalized: decodeCheckpoint(finalized) },
    ]),
  );
}

/** Whether the history of every chain has been indexed. */
export async function isReady(snapshot: Snapshot): Promise<boolean> {
  const [app] = await snapshot
    .select({ ready: sql<boolean>`(value->>'is_ready') = '1'` })
    .from(ponderTable("_ponder_meta"));
  return app?.ready ?? false;
}

/** Of our own row of a block; null where it has none, as a block without an event of ours. */
export async function findBlockHash(
  snapshot: Snapshot,
  chainId: number,
  number: number,
): Promise<`0x${string}` | null> {
  const [row] = await snapshot
    .select({ hash: block.hash })
    .from(block)
    .where(and(eq(block.chainId, chainId), eq(block.number, number)));
  return row?.hash ?? null;
}

/** Ponder keeps its tables beside ours. */
function ponderTable(name: string): SQL {
  const { schema } = getTableConfig(block);
  return schema === undefined
    ? sql`${sql.identifier(name)}`
    : sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
}

/**
 * Ponder's checkpoint is decimal digits: 10 of the block's timestamp, 16 of the chain id, 16 of the block
 * number, then what orders events within a block.
 */
function decodeCheckpoint(checkpoint: string): BlockRef {
  return { timestamp: Number(checkpoint.slice(0, 10)), number: Number(checkpoint.slice(26, 42)) };
}
