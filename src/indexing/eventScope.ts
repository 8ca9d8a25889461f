import type { Context } from "ponder:registry";
import schema from "ponder:schema";
import type { ChainSettings, Protocol } from "./chainSettings.ts";

/** Where a handler stands: the database, the chain, and the place of its log. */
export type EventScope = {
  db: Context["db"];
  client: Context["client"];
  chainId: number;
  chainName: string;
  protocol: Protocol;
  settings: ChainSettings;
  blockNumber: number;
  timestamp: number;
  hash: `0x${string}`;
  parentHash: `0x${string}`;
  logIndex: number;
  transactionHash: `0x${string}`;
};

type PonderEvent = {
  block: { number: bigint; hash: `0x${string}`; parentHash: `0x${string}`; timestamp: bigint };
  log: { logIndex: number };
  transaction: { hash: `0x${string}` };
};

/** Where the handler of an event stands. Writes nothing. */
export function scopeOf(
  { event, context }: { event: PonderEvent; context: Context },
  protocol: Protocol,
  settingsOf: (chainId: number) => ChainSettings,
): EventScope {
  return {
    protocol,
    db: context.db,
    client: context.client,
    chainId: context.chain.id,
    chainName: context.chain.name,
    settings: settingsOf(context.chain.id),
    blockNumber: Number(event.block.number),
    timestamp: Number(event.block.timestamp),
    hash: event.block.hash,
    parentHash: event.block.parentHash,
    logIndex: event.log.logIndex,
    transactionHash: event.transaction.hash,
  };
}

/** Makes sure that the block has its row: before anything that an event writes. */
export async function saveBlock(scope: EventScope): Promise<void> {
  const { db, chainId, blockNumber: number, hash, parentHash, timestamp } = scope;
  await db
    .insert(schema.block)
    .values({ chainId, number, hash, parentHash, timestamp })
    .onConflictDoNothing();
}
